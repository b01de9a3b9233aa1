"""The whole net, for a browser that reads a book: the pages beside this file, the programs, the book."""
import os
import posixpath
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = "http://localhost/"
TYPES = {".html": "text/html", ".js": "text/javascript"}


class Shelf(ThreadingHTTPServer):
    """A proxy, which knows one host."""

    def __init__(self, modules):
        super().__init__(("127.0.0.1", 0), Handler)
        self.modules = modules
        self.book = None
        self.port = self.server_address[1]
        Thread(target=self.serve_forever, daemon=True).start()

    def file(self, url):
        """Where what is asked for lies."""
        address = urlsplit(url)
        path = posixpath.normpath(unquote(address.path)).lstrip("/")
        if address.netloc != "localhost":
            return None
        if path == "book.epub":
            return self.book
        for folder in (HERE, self.modules):
            if os.path.isfile(os.path.join(folder, path)):
                return os.path.join(folder, path)
        return None

    def close(self):
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.server.file(self.path)
        if not path:
            self.send_error(404)
            return
        with open(path, "rb") as file:
            data = file.read()
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(os.path.splitext(path)[1], "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_CONNECT(self):
        self.send_error(403)

    def log_message(self, *_):
        pass
