"""Shapes of notes that made some Markdown parser take quadratic time: n repetitions as text.

The first seventeen are from advisories on cmark-gfm; the others were slow elsewhere, or might be here.
"""


def square(n):
    return max(1, int(n ** 0.5))


SHAPES = {
    "image-words": lambda n: "![l" * n,
    "comments": lambda n: "</" + "<!--" * n,
    "table-starts": lambda n: "|-\nt>|-\n" * n,
    "star-underscores": lambda n: "*t " * n + "_t*_ " * n,
    "pipes-below-table": lambda n: "|a|\n|-|\n" + "|" * n,
    "www-underscore": lambda n: "z_www." * n,
    "references-open": lambda n: '[f]:u\n"\n' * n + "[f]\n" * n,
    "www-paren": lambda n: "www." + ")" * n,
    "colons": lambda n: ":\n" * n,
    "angle-http": lambda n: "<http://s" * n,
    "comma-tildes": lambda n: ",z~~" * n,
    "quotes-dot": lambda n: ">" * n + "." * n,
    "quotes-stars": lambda n: ">" * n + "a*" * n,
    "dashes-lines": lambda n: " -" * n + "x" + "\n" * n,
    "columns": lambda n: "|" + "x|" * n + "\n|" + "-|" * n + "\n",
    "columns-rows": lambda n: "|" + "x|" * square(n) + "\n|" + "-|" * square(n) + "\n" + "|x\n" * square(n),
    "footnote-empty": lambda n: "[^1]:\n" * n,
    "declarations": lambda n: "a" + "<!A " * n,
    "instructions": lambda n: "a" + "<?" * n,
    "quotes-lazy": lambda n: ">" * n + "\n" + "a\n" * n,
    "bullets-blank": lambda n: "- " * n + "\n" * n,
    "bullets-text": lambda n: "* " * n + "a\n" * n,
    "lines-table": lambda n: "a\n" * n + "|a|\n|-|\n",
    "url-underscore": lambda n: "http://a.b/" + "_" * n,
    "footnote-uses": lambda n: "a[^1]" * n + "\n\n[^1]: b\n",
    "footnotes": lambda n: "".join("a[^%d]\n\n[^%d]: b\n\n" % (i, i) for i in range(n)),
    "stars-nested": lambda n: "*a **a " * n,
    "attributes": lambda n: "<p " + "".join("a%d=b " % i for i in range(n)) + ">x</p>",
    "tags-nested": lambda n: "<div>" * n + "x",
    "tags-crossed": lambda n: "<b><i>" * n + "</b></i>" * n,
    "tables-in-html": lambda n: "<table><tr><td>" * n,
    "details": lambda n: "<details><summary>q</summary>\n\na\n\n" * n,
    "wiki-links": lambda n: "[[a" * n,
    "wiki-closed": lambda n: "### q\n\n" + "[[q]] " * n,
    "gaps": lambda n: "### q\n\n" + "==a== " * n,
    "gaps-numbered": lambda n: "### q\n\n" + "".join("{{c%d::a}} " % (i % 400 + 1) for i in range(n)),
    "gaps-nested": lambda n: "### q\n\n" + "{{c1::" * n,
    "dollars": lambda n: "$a" * n,
    "formula-long": lambda n: "### q\n\n$$\n" + "a+" * n + "a\n$$\n",
    "formula-braces": lambda n: "### q\n\n$$\n" + "{" * n + "}" * n + "\n$$\n",
    "numbers": lambda n: "".join("%d. a\n" % i for i in range(n)),
    "question-marks": lambda n: "？" * n,
    "callouts": lambda n: "> [!note] a\n" * n,
    "bold-lines": lambda n: "**a**\n" * n,
    "code-lines": lambda n: "### q\n\n```go\n" + "a := 1\n" * n + "```\n",
    "indented": lambda n: "### q\n\n" + "    a\n" * n,
    "invalid-utf8": lambda n: "\udcff" * n,
    "combining": lambda n: "e\u0301" * n,
    "right-to-left": lambda n: "\u202e" * n,
    "front-matter": lambda n: "---\ntags: [" + "a, " * n + "]\n---\n### q\n\na\n",
    "front-matter-nested": lambda n: "---\ntags: " + "[" * n + "\n---\n### q\n\na\n",
    "rules": lambda n: "---\n" * n,
    "carriage-returns": lambda n: "\r" * n,
    "hash-tags": lambda n: "#a " * n,
    "sentences": lambda n: "# a\n\n" + "- 这是一个句子，不是题目。\n" * n + "# b\n",
    "questions-bare": lambda n: "# a\n\nb\n\n" + "什么是甲？\n\n乙是丙。\n\n" * n,
    "glossary": lambda n: "甲：乙\n" * n,
    "boxes-open": lambda n: "::: tip a\n" * n,
    "boxes-nested": lambda n: "::: tip a\n" * n + "b\n:::\n",
    "boxes-quoted": lambda n: "> ::: tip a\n> > ::: tip b\n" * n,
    "boxes-in-items": lambda n: "- ::: tip a\n  b\n  :::\n" * n,
    "boxes-folded": lambda n: "::: details 答案\nb\n\n# a\n" * n + ":::\n",
    "replies": lambda n: "- 什么是甲？\n+ 乙\n" * n,
    "numbers-indented": lambda n: "    1. a\n        2. b\n" * n,
    "forms": lambda n: "## a\n### b\n### c\nd\n" * n,
    "symbols": lambda n: "✅" * n + "1. a\n",
    "shortcodes-open": lambda n: '{{< details "a" >}}\n' * n,
    "quotes-that-name": lambda n: "> 甲\n\n乙\n\n" * n,
    "tables-bare": lambda n: "a | b\n--|--\n\n" * n,
    "tags-alone": lambda n: "### q\n\n" + '<span id="a"></span>\n' * n,
    "items-empty": lambda n: "1. a\n" + "2.\n" * n,
    "card-fences": lambda n: "# a\n" + "```anki\n" * n + "---\n```\n",
    "fences-falling": lambda n: "".join("`" * k + "\n" for k in range(min(n, 1000), 2, -1)) + "a\n" * n,
    "headings-empty": lambda n: "## 1. a\n\n### b\n\n" * n,
    "svg-inline": lambda n: "### q\n\n<svg>" + "<g>" * n,
}

# Nearly each line is an entry or a formula, which has a cost of its own.
ENTRIES = {
    "questions": lambda n: "### 什么是 a？\n\n答\n\n" * n,
    "questions-alike": lambda n: "".join("### 什么是协程 %d？\n\n协程 %d 很轻。\n\n" % (i, i) for i in range(n)),
    "terms": lambda n: "".join("### 什么是 t%dx？\n\n见 `t%dx` 与 **t%dx**。\n\n" % (i, n - i, i // 2) for i in range(n)),
    "dollar-pairs": lambda n: "### q\n\n" + "$a$ " * n,
    "labels": lambda n: "问：a\n答：b\n" * n,
    "terms-double-colon": lambda n: "a :: b\n" * n,
    "shortcodes-closed": lambda n: '{{< details "什么是甲？" >}}\n乙\n{{< /details >}}\n' * n,
    "quotes-that-ask": lambda n: "> 什么是甲？\n" * n,
    "colons-over-blanks": lambda n: "甲：\n\n\n    乙\n\n" * n,
    "bullets-answered": lambda n: "1. a\n  - b\n  答：c\n" * n,
    "rounds": lambda n: "## 一面\n\n甲\n\n乙\n\n" * n,
    "boxes": lambda n: "```\n什么是甲？\n乙\n```\n" * n,
    "contents-of-headings": lambda n: "# 目录\n" + "## [a](#a)\n" * n,
    "headings-that-count": lambda n: "".join("# 第 %d 题\n甲\n## 1\n乙\n" % (i + 1) for i in range(n)),
    "rounds-in-lines": lambda n: "## 甲\n\n一面：\n\n> 1. 乙\n\n" * n,
    "headings-deep": lambda n: "# a\n## b\n### c\n#### d\n" * n,
    "card-tags": lambda n: "q #card\n" * n,
    "formula-many": lambda n: "### q\n\n" + "".join("$x_{%d}$ " % i for i in range(n)),
    "titles-numbered": lambda n: "".join("## %d\n\n### q%d\n\na\n\n" % (i, i) for i in range(n)),
}


def encode(text):
    return text.encode("utf-8", "surrogateescape")


def repeat(make, size):
    """About `size` bytes of a shape."""
    n = max(1, 1000 * size // len(make(1000)))
    return max(1, n * size // len(make(n)))
