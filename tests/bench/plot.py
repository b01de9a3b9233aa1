"""The CPU seconds of a build beside those of others, as bars: an SVG that is legible by day and by night."""
from html import escape

WIDTH, BAR, STEP, HEAD, LEFT, RIGHT = 760, 14, 24, 46, 290, 100
STYLE = """text{font:13px system-ui,sans-serif;fill:#24292f}.title{font-weight:600}.small{fill:#57606a;font-size:12px}
rect{fill:#afb8c1}.ours{fill:#0969da}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9198a1}rect{fill:#57606a}.ours{fill:#4493f8}}"""
TITLES = {"deck": "a deck", "book": "a book"}


def groups(results):
    """Of each product the largest corpus for which a peer had the time, and its bars: (name, seconds, whether ours)."""
    for product, what in TITLES.items():
        for corpus, _, pairs in reversed(results):
            sides = [(side, p) for side, p in reversed(pairs) if side.ours.startswith(product)]
            if any(side.peer for side, _ in sides):
                ours = {side.ours: p.a.cpu for side, p in sides}  # of several pairs the first counts
                theirs = {side.name: p.b.cpu for side, p in sides}
                bars = [("deckbind" + name[len(product):], seconds, True) for name, seconds in ours.items()]
                bars += [(name, seconds, False) for name, seconds in theirs.items()]
                title = "Seconds of CPU to make %s of %s entries (%.1f MB of notes)" % (
                    what, "{:,}".format(corpus.entries), corpus.bytes / 1e6)
                yield title, sorted(bars, key=lambda bar: bar[1])
                break


def draw_bars(title, bars, top):
    yield '<text class="title" x="0" y="%d">%s</text>' % (top + 22, escape(title))
    longest = max(seconds for _, seconds, _ in bars)
    for row, (name, seconds, ours) in enumerate(bars):
        y, width = top + HEAD + row * STEP, max(1.5, (WIDTH - LEFT - RIGHT) * seconds / longest)
        yield '<text x="%d" y="%d" text-anchor="end">%s</text>' % (LEFT - 10, y + BAR - 3, escape(name))
        yield '<rect%s x="%d" y="%d" width="%.1f" height="%d" rx="2"/>' % (' class="ours"' if ours else "", LEFT, y, width, BAR)
        yield '<text class="small" x="%.1f" y="%d">%.2f s</text>' % (LEFT + width + 7, y + BAR - 3, seconds)


def draw(results):
    lines, top = [], 0
    for title, bars in groups(results):
        lines += draw_bars(title, bars, top)
        top += HEAD + STEP * len(bars) + 12
    return ('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">'
            "<title>Speed</title><style>%s</style>\n%s\n</svg>\n" % (WIDTH, top, WIDTH, top, STYLE, "\n".join(lines)))
