"""Results as TAP: a line for each test, and what was wrong below it."""


class Tap:
    """Numbered results, and whether all were good; `title` says what they are about."""

    def __init__(self, title=""):
        self.title = title
        self.count = 0
        self.good = True

    def result(self, name, problems):
        self.count += 1
        problems = list(problems)
        self.good = self.good and not problems
        print(f"{'not ok' if problems else 'ok'} {self.count} - {self.title and self.title + ': '}{name}")
        for problem in problems[:5]:
            print(f"# {problem}")
        if len(problems) > 5:
            print(f"# and {len(problems) - 5} more")

    def end(self):
        print(f"1..{self.count}")
        return 0 if self.good else 1


def differences(name, got, want):
    """One line for each key whose value differs between two dicts."""
    for key in sorted(set(got) | set(want), key=str):
        if got.get(key) != want.get(key):
            yield f"{name} {key}: {got.get(key)!r} instead of {want.get(key)!r}"
