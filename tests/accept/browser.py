"""A headless Chromium, driven over a pipe by the DevTools protocol.

All that it would fetch over the net goes to a listener of ours instead, which answers
nothing and counts: also what the protocol does not tell of, as a connection made ahead.
"""
import fcntl
import json
import os
import select
import socket
import subprocess
import tempfile
import threading

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--disable-features=OptimizationHints,MediaRouter,Translate",
    "--hide-scrollbars", "--allow-file-access-from-files", "--autoplay-policy=no-user-gesture-required",
]

PATIENCE = 300  # seconds: other suites run beside


def high_pipe():
    """A pipe clear of 3 and 4, where the browser wants its own ends."""
    low = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low)
    for end in low:
        os.close(end)
    return high


class Listener:
    """A proxy that reaches nothing; `asked` holds the first line of what it was asked for."""

    def __init__(self):
        self.asked = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(2)
                try:
                    self.asked.append(connection.recv(1000).decode("latin-1").split("\r\n")[0])
                except OSError:
                    self.asked.append("(nothing)")

    def close(self):
        self.socket.close()


class Browser:
    """`events` holds what the browser told, as (method, parameters), oldest first.

    `net` stands for the whole net: a proxy with a port and close(), by default one that answers nothing.
    """

    def __init__(self, net=None):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.net = net or Listener()
        self.events = []
        self.count = 0
        self.rest = b""
        (read_theirs, self.write_end), (self.read_end, write_theirs) = high_pipe(), high_pipe()
        command = ["chromium", *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={self.folder.name}",
                   f"--proxy-server=127.0.0.1:{self.net.port}", "--proxy-bypass-list=<-loopback>", "about:blank"]
        self.process = subprocess.Popen(
            command, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=lambda: (os.dup2(read_theirs, 3), os.dup2(write_theirs, 4)))
        os.close(read_theirs)
        os.close(write_theirs)
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.session = None
            self.call("Browser.close")
        except (OSError, EOFError):
            pass
        self.process.wait(30)
        os.close(self.write_end)
        os.close(self.read_end)
        self.net.close()
        self.folder.cleanup()

    def receive(self):
        while b"\0" not in self.rest:
            if not select.select([self.read_end], [], [], PATIENCE)[0]:
                raise TimeoutError("the browser says nothing")
            data = os.read(self.read_end, 1 << 20)
            if not data:
                raise EOFError("the browser has ended")
            self.rest += data
        message, _, self.rest = self.rest.partition(b"\0")
        return json.loads(message)

    def post(self, method, **parameters):
        """Send a call, and leave its answer alone; returns the call's number."""
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.write_end, data):]
        return self.count

    def call(self, method, **parameters):
        number = self.post(method, **parameters)
        while True:
            answer = self.receive()
            if "method" in answer:
                self.notice(answer)
            elif answer["id"] == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def notice(self, message):
        self.events.append((message["method"], message["params"]))
        if message["method"] == "Page.javascriptDialogOpening":  # it would wait for ever
            self.post("Page.handleJavaScriptDialog", accept=False)

    def run(self, expression):
        """The value of a JavaScript expression, awaited; events name it as the script `judge`."""
        result = self.call("Runtime.evaluate", expression=expression + "\n//# sourceURL=judge",
                           awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"].get("exception", {}).get("description", str(result)))
        return result["result"].get("value")

    def open(self, url):
        """Load a page, and wait until it is there."""
        self.call("Page.enable")
        self.events.clear()
        self.call("Page.navigate", url=url)
        while not any(method == "Page.loadEventFired" for method, _ in self.events):
            self.notice(self.receive())
