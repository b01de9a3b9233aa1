/*
 * test_inline.c -- spans, entities and footnote marks.
 *
 * Trees are written in a small notation: <em> <b> <del> <a URL "title"> <img URL>,
 * each closed by </>, {code}, ⟨formula⟩, ⟪displayed one⟫, «html», | for a soft and || for a hard break, [^label N].
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "inline/inline.h"

#include "base/entities.h"

#include <string.h>
#include <time.h>

typedef struct Case {
    const char *text, *want;
} Case;

static const char *const openings[NODE_KINDS] = {
    [NODE_EMPHASIS] = "<em>", [NODE_STRONG] = "<b>", [NODE_DELETED] = "<del>",
    [NODE_MARKED] = "<mark>",
    [NODE_LINK] = "<a ", [NODE_IMAGE] = "<img ", [NODE_SOFT_BREAK] = "|", [NODE_HARD_BREAK] = "||",
};

static void put_node(Buf *b, const Node *n)
{
    if (openings[n->kind])
        buf_puts(b, openings[n->kind]);
    if (n->kind == NODE_TEXT)
        buf_put(b, n->text);
    else if (n->kind == NODE_CODE)
        buf_printf(b, "{%.*s}", STR_ARG(n->text));
    else if (n->kind == NODE_MATH)
        buf_printf(b, n->display ? "⟪%.*s⟫" : "⟨%.*s⟩", STR_ARG(n->text));
    else if (n->kind == NODE_HTML)
        buf_printf(b, "«%.*s»", STR_ARG(n->text));
    else if (n->kind == NODE_NOTE_MARK)
        buf_printf(b, "[^%.*s %u]", STR_ARG(n->label), n->number);
    if (n->kind != NODE_LINK && n->kind != NODE_IMAGE)
        return;
    buf_put(b, n->target);
    if (n->title.n)
        buf_printf(b, " \"%.*s\"", STR_ARG(n->title));
    buf_puts(b, ">");
}

static Str shown(const Node *root, Arena *a)
{
    Buf b = {.arena = a};
    for (const Node *top = root->first; top; top = top->next) {
        NodeStep step = {(Node *)(uintptr_t)top, true};
        do {
            if (step.entering)
                put_node(&b, step.node);
            else if (step.node->first)
                buf_puts(&b, "</>");
        } while (node_next(&step, top));
    }
    return buf_str(&b);
}

static void define(References *refs, Arena *a)
{
    *vec_push(&refs->links, a) = (Reference){STR("foo"), STR("/url"), STR("a &amp; b")};
    *vec_push(&refs->links, a) = (Reference){STR("中文 标签"), STR("/c\\*"), STR("")};
    for (int i = 0; i < 2; i++) {
        Node *note = node_new(a, NODE_FOOTNOTE, NULL);
        note->label = i ? STR("note") : STR("1");
        *vec_push(&refs->footnotes, a) = note;
    }
    references_sort(refs, a);
}

static Node *parsed(Str text, bool tolerant, Arena *a)
{
    References refs = {0};
    define(&refs, a);
    Node *n = node_new(a, NODE_PARAGRAPH, NULL);
    n->line = 1;
    n->text = text;
    inline_parse(n, &refs, tolerant, a);
    return n;
}

static void check_cases(const Case *cases, size_t count, bool tolerant)
{
    for (size_t i = 0; i < count; i++) {
        Arena a = {0};
        const Node *n = parsed(str_of(cases[i].text), tolerant, &a);
        assert_string_equal(shown(n, &a).at, cases[i].want);
        arena_free(&a);
    }
}

static void commonmark(void **state)
{
    static const Case cases[] = {
        {"a *b* **c** ***d***", "a <em>b</> <b>c</> <em><b>d</></>"},
        {"*foo**bar**baz*", "<em>foo<b>bar</>baz</>"},
        {"*foo**bar*", "<em>foo**bar</>"},
        {"foo***bar***baz", "foo<em><b>bar</></>baz"},
        {"snake_case_name _x_", "snake_case_name <em>x</>"},
        {"**中文。**后", "**中文。**后"},
        {"~~x~~ https://x.y", "~~x~~ https://x.y"},
        {"a  \nb\\\nc\n  d  ", "a||b||c|d"},
        {"`a` ``b ` c`` ` d ` `e", "{a} {b ` c} {d} `e"},
        {"`` ` ` ``", "{` `}"},
        {"`a\nb`", "{a b}"},
        {"\\*a\\* &amp; &#35; &#x4e2d; &no; &copy", "*a* & # 中 &no; &copy"},
        {"&#0; &#1; &#xD800; &#x110000;", "\uFFFD \uFFFD \uFFFD \uFFFD"},
        {"[a](/b \"c\") ![d *e*](f)", "<a /b \"c\">a</> <img f>d <em>e</></>"},
        {"[a](<b c> 'd\\'')", "<a b c \"d'\">a</>"},
        {"[a](b(c)d) [a](b(c)", "<a b(c)d>a</> [a](b(c)"},
        {"[a]() [a](b c)", "<a >a</> [a](b c)"},
        {"[foo] [x][foo] [FOO][] [bar]", "<a /url \"a & b\">foo</> <a /url \"a & b\">x</> "
                                         "<a /url \"a & b\">FOO</> [bar]"},
        {"[中文\n  标签]", "<a /c*>中文|标签</>"},
        {"[a [b](c) d](e)", "[a <a c>b</> d](e)"},
        {"![a [b](c)](d)", "<img d>a <a c>b</></>"},
        {"[![a](b)](c)", "<a c><img b>a</></>"},
        {"*a [b*](c)", "*a <a c>b*</>"},
        {"<https://a.b/?c=\\*> <a@b.c> <xy:z>", "<a https://a.b/?c=\\*>https://a.b/?c=\\*</> "
                                               "<a mailto:a@b.c>a@b.c</> <a xy:z>xy:z</>"},
        {"<x-y:?a&amp;\\*&copy>", "<a x-y:?a&\\*&copy>x-y:?a&\\*&copy</>"},
        {"<T> </T> <a b='c' d> <!-- e --> <!--> <?f?> <![CDATA[g]]> <!H> < i>",
         "«<T>» «</T>» «<a b='c' d>» «<!-- e -->» «<!-->» «<?f?>» «<![CDATA[g]]>» «<!H>» < i>"},
        {"[^1]", "[^1]"},
    };
    (void)state;
    check_cases(cases, COUNT(cases), false);
}

static void notes(void **state)
{
    static const Case cases[] = {
        {"**中文。**后", "<b>中文。</>后"},
        {"前**“引用”**后", "前<b>“引用”</>后"},
        {"**注意：**后面 前**（括号）**后", "<b>注意：</>后面 前<b>（括号）</>后"},
        {"**注意：**abc", "<b>注意：</>abc"},
        {"的**`code`**后", "的<b>{code}</>后"},
        {"***粗斜。***后", "<em><b>粗斜。</></>后"},
        {"__中文。__后 a_b_c", "__中文。__后 a_b_c"},
        {"运行~~旧的~~新的 ~x~ ~~~y~~~", "运行<del>旧的</>新的 <del>x</> ~~~y~~~"},
        {"10~20，30~40", "10~20，30~40"},
        {"List<T> Map<K,V> chan<- int <std::string>", "List<T> Map<K,V> chan<- int <std::string>"},
        {"list<object> a<b>c 说说<div>和<span>", "list<object> a<b>c 说说<div>和<span>"},
        {"<b>粗</B >，a<b>c</body>", "«<b>»粗«</B >»，a<b>c«</body>»"},
        {"<div>\n<u title='x'>甲 <p>乙<br>", "«<div>»|«<u title='x'>»甲 «<p>»乙«<br>»"},
        {"a<br/>b <SUB>c</SUB>", "a«<br/>»b «<SUB>»c«</SUB>»"},
        {"<https://x.y> <a@b.c>", "<a https://x.y>https://x.y</> <a mailto:a@b.c>a@b.c</>"},
        {"见https://x.y/a(b)（说明）", "见<a https://x.y/a(b)>https://x.y/a(b)</>（说明）"},
        {"(https://x.y/c). http://a_b_c/d?e=1&amp;f。",
         "(<a https://x.y/c>https://x.y/c</>). <a http://a_b_c/d?e=1&f>http://a_b_c/d?e=1&f</>。"},
        {"www.x.y, xwww.x.y /www.x.y http:// https://", "<a https://www.x.y>www.x.y</>, xwww.x.y /www.x.y http:// https://"},
        {"mailto:a@b.c, a@b.c xhttp://y", "<a mailto:a@b.c>mailto:a@b.c</>, a@b.c xhttp://y"},
        {"**https://x.y/**", "<b><a https://x.y/>https://x.y/</></>"},
        {"[https://x.y **https://z**](u)", "<a u>https://x.y <b>https://z</></>"},
        {"![a [b *c* https://z](u)](v)", "<img v>a <a u>b <em>c</> https://z</></>"},
        {"[a]([a](https://x))", "<a https://x>a</>"},
        {"a[^note] b[^1] c[^NOTE] [^no]", "a[^note 1] b[^1 2] c[^note 1] [^no]"},
        {"[a[^1]b[^note] c](u) d", "<a u>ab c</>[^1 1][^note 2] d"},
    };
    (void)state;
    check_cases(cases, COUNT(cases), true);
}

static Str repeated(const char *part, size_t n, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < n; i++)
        buf_puts(&b, part);
    return buf_str(&b);
}

/* Between digits two marks are bold where bold is open in the line, and a power elsewhere. */
static void digits(void **state)
{
    static const Case cases[] = {
        {"**TCP3**3次 是**5**6", "<b>TCP3</>3次 是<b>5</>6"},
        {"**第1**2章", "<b>第1</>2章"},
        {"2**3 4**5 2*3 *甲* 2*3*4", "2**3 4**5 2*3 <em>甲</> 2*3*4"},
        {"**2*3*4** *2**3*", "<b>2*3*4</> <em>2**3</>"},
        {"int *p = 2*3", "int *p = 2*3"},
        {"***甲 2**3", "***甲 2**3"},
        {"x**甲\n2**3", "x**甲|2**3"},
        {"x**甲\n2**3**", "x<b>甲|2**3</>"},
    };
    (void)state;
    check_cases(cases, COUNT(cases), true);
}

/* However far the end of an element is, and whatever lies in it, also its like. */
static void elements(void **state)
{
    static const Case cases[] = {
        {"2<sup>2<sup>3</sup></sup>", "2«<sup>»2«<sup>»3«</sup>»«</sup>»"},
        {"x<div><div>甲</div><div>乙</div></div>", "x«<div>»«<div>»甲«</div>»«<div>»乙«</div>»«</div>»"},
        {"说<b>，<b>粗</b>", "说<b>，«<b>»粗«</b>»"},
        {"说<div>，<div>甲</div>", "说<div>，«<div>»甲«</div>»"},
        {"<u>甲<ul></U>", "«<u>»甲<ul>«</U>»"},
    };
    static const char *const names[] = {"b", "u", "kbd", "div"};
    (void)state;
    check_cases(cases, COUNT(cases), true);
    Arena a = {0};
    Str far = repeated("长", 2000, &a);
    for (size_t i = 0; i < COUNT(names); i++) {
        Buf text = {.arena = &a}, want = {.arena = &a};
        buf_printf(&text, "x<%s>%.*s</%s>", names[i], STR_ARG(far), names[i]);
        buf_printf(&want, "x«<%s>»%.*s«</%s>»", names[i], STR_ARG(far), names[i]);
        assert_string_equal(shown(parsed(buf_str(&text), true, &a), &a).at, buf_str(&want).at);
    }
    arena_free(&a);
}

static void highlights(void **state)
{
    static const Case cases[] = {
        {"这是==重点==，==b==。", "这是<mark>重点</>，<mark>b</>。"},
        {"==a **b** `==`==", "<mark>a <b>b</> {==}</>"},
        {"a==b && c==d", "a==b && c==d"},
        {"若a==空，则b==空", "若a==空，则b==空"},
        {"f(x)==甲 乙==y", "f(x)==甲 乙==y"},
        {"a == b，c == d ===x=== =y=", "a == b，c == d ===x=== =y="},
    };
    (void)state;
    check_cases(cases, COUNT(cases), true);
}

static void mended_links(void **state)
{
    static const Case cases[] = {
        {"[a](https://x.y", "<a https://x.y>a</>"},
        {"[a](https://x.y 后 [b](/c)", "<a https://x.y>a</> 后 <a /c>b</>"},
        {"[*a*] (https://x.y/b(c))。", "<a https://x.y/b(c)><em>a</></>。"},
        {"[a]（https://x.y)（b）", "<a https://x.y>a</>（b）"},
        {"【a*】(https://x.y）c*", "<a https://x.y>a*</>c*"},
        {"[a]  (https://x.y) [b](x [c](mailto: [d] (https://x.y",
         "[a]  (<a https://x.y>https://x.y</>) [b](x [c](mailto: [d] (<a https://x.y>https://x.y</>"},
        {"[2] (https://x.y) `[a](https://x.y`", "[2] (<a https://x.y>https://x.y</>) {[a](https://x.y}"},
        {"【a】【b】(https://x.y)", "【a】<a https://x.y>b</>"},
        {"【a【b】(https://x.y)】", "【a<a https://x.y>b</>】"},
        {"【】（） 【a】（b）", "【】（） 【a】（b）"},
    };
    (void)state;
    check_cases(cases, COUNT(cases), true);
}

static void unclosed(void **state)
{
    static const Case cases[] = {
        {"**重点：后", "<b>重点</>：后"},
        {"前 **重点 `a`，后", "前 <b>重点 {a}</>，后"},
        {"**甲 **乙。", "<b>甲 </><b>乙</>。"},
        {"**TCP 握手: 三次", "<b>TCP 握手</>: 三次"},
        {"**整行都是", "<b>整行都是</>"},
        {"**甲，\n乙**后", "<b>甲，|乙</>后"},
        {"**甲，乙\n前**丙**后", "<b>甲</>，乙|前<b>丙</>后"},
        {"**kwargs：字典", "**kwargs：字典"},
        {"2*3*4 2**3 前**后 ** ***甲：", "2*3*4 2**3 前**后 ** ***甲："},
        {"*甲：乙 __丙：丁", "*甲：乙 __丙：丁"},
        {"用 `go build 编译", "用 {go build} 编译"},
        {"用 `make.", "用 {make}."},
        {"`a中\n`b`", "{a}中|{b}"},
        {"`a\nb` c", "{a b} c"},
        {"`a中一二三四五六七八九十一二三四五六七八九十` `b`", "{a中一二三四五六七八九十一二三四五六七八九十} {b}"},
        {"it`s", "it`s"},
        {"a `long story", "a `long story"},
        {"用 ` 中", "用 ` 中"},
        {"用 `.（甲）", "用 `.（甲）"},
        {"`::", "`::"},
        {"``a 中", "``a 中"},
    };
    (void)state;
    check_cases(cases, COUNT(cases), true);
}

static void wide_marks(void **state)
{
    static const Case cases[] = {
        {"＊＊甲＊＊乙｀a｀", "<b>甲</>乙{a}"},
        {"甲\n乙 ＊＊丙**", "甲|乙 <b>丙</>"},
        {"＊＊甲\n乙｀", "＊＊甲|乙｀"},
        {"＊甲＊", "＊甲＊"},
        {"`＊＊` 与 `＊＊甲`", "{＊＊} 与 {＊＊甲}"},
        {"[a](https://x.y/＊＊/＊＊)", "<a https://x.y/＊＊/＊＊>a</>"},
        {"按｀键，用 `a`", "按｀键，用 {a}"},
        {"｀＊＊｀与｀a", "{＊＊}与｀a"},
        {"`a｀b` ｀a `b` c｀ ｀d`", "{a｀b} {a `b` c} ｀d`"},
        {"**甲＊＊乙＊＊丙", "<b>甲</>乙＊＊丙"},
        {"＊＊甲 *乙＊＊ 丙*", "<b>甲 *乙</> 丙*"},
        {"＊＊甲\n乙＊＊丙＊＊", "＊＊甲|乙<b>丙</>"},
        {"2＊＊3＊＊4 甲＊＊＊乙＊＊＊ ＊＊**", "2＊＊3＊＊4 甲＊＊＊乙＊＊＊ ＊＊**"},
        {"*＊＊甲＊＊*乙", "<em>＊＊甲＊＊</>乙"},
        {"＊＊重点：后，｀｀", "＊＊重点：后，｀｀"},
    };
    (void)state;
    check_cases(cases, COUNT(cases), true);
}

static void formulas(void **state)
{
    static const Case cases[] = {
        {"$n$ 个，时间$O(n)$的，$x$轴", "⟨n⟩ 个，时间⟨O(n)⟩的，⟨x⟩轴"},
        {"$O(n\\log n)$ $O(n log n)$ $a_i$ $n!$ $1 + 1$", "⟨O(n\\log n)⟩ ⟨O(n log n)⟩ ⟨a_i⟩ ⟨n!⟩ ⟨1 + 1⟩"},
        {"$a_1 * b_2$ 和 $c_1 * d_2$", "⟨a_1 * b_2⟩ 和 ⟨c_1 * d_2⟩"},
        {"$\\{1, 2\\}$ $a \\\\ b$ $50\\%$ $f'(x)$", "⟨\\{1, 2\\}⟩ ⟨a \\\\ b⟩ ⟨50\\%⟩ ⟨f'(x)⟩"},
        {"$dp[i][j] = dp[i-1][j]$ $x^2$ $^{14}C$", "⟨dp[i][j] = dp[i-1][j]⟩ ⟨x^2⟩ ⟨^{14}C⟩"},
        {"**$O(n)$**的 是**$O(1)$**，*$x$*", "<b>⟨O(n)⟩</>的 是<b>⟨O(1)⟩</>，<em>⟨x⟩</>"},
        {"[$x$](u) $[a](b)$ ($n$)", "<a u>⟨x⟩</> ⟨[a](b)⟩ (⟨n⟩)"},
        {"$`a_b`$ $\\text{如果 $}", "⟨a_b⟩ $\\text{如果 $}"},
        {"$\\frac{甲}{乙}$ $α + β ≤ 3$", "⟨\\frac{甲}{乙}⟩ ⟨α + β ≤ 3⟩"},
        {"$\\frac{1}\n{2}$", "⟨\\frac{1}\n{2}⟩"},
        {"\\(n\\) \\( E = mc^2 \\) \\(a_i\\)", "⟨n⟩ ⟨E = mc^2⟩ ⟨a_i⟩"},
        {"$$E = mc^2$$ 与 \\[ x^2 \\] 与 $$\\text{$x$}$$", "⟪E = mc^2⟫ 与 ⟪x^2⟫ 与 ⟪\\text{$x$}⟫"},
        {"$$\nx\n$$", "⟪x⟫"},
        {"\\[\na \\\\[2pt] b = c\n\\]", "⟪a \\\\[2pt] b = c⟫"},
        {"$x + {{c1::y::提示}}$ {{c1::元$}} {{c2::元$}}", "⟨x + {{c1::y::提示}}⟩ {{c1::元$}} {{c2::元$}}"},
        {"{{c1::a$\\alpha}} {{c2::\\beta$}} {{c1:: $\\alpha}} {{c2::\\beta$}}",
         "{{c1::a$\\alpha}} {{c2::\\beta$}} {{c1:: $\\alpha}} {{c2::\\beta$}}"},
        {"{{c1::$x$}} {{c2::$a_{b_{c}}$::提示}}", "{{c1::⟨x⟩}} {{c2::⟨a_{b_{c}}⟩::提示}}"},
    };
    (void)state;
    check_cases(cases, COUNT(cases), true);
}

/* Dollars and escaped brackets that mean something else stay as CommonMark has them. */
static void no_formulas(void **state)
{
    static const char *const texts[] = {
        "$5 到 $6", "$5到$6", "从 $5 涨到 10$", "US$5 US$6", "price $ 5 $", "5$ 6$", "每月$5，每年$50",
        "用 $HOME 和 $PATH", "$HOME/bin:$PATH", "$PATH:$HOME", "$name和$age", "$1 $2", "$1$2", "$?和$!", "$#，$@",
        "$(cmd) $(pwd)", "$(cmd)和$(pwd)", "${a}${b}", "${a}/${b}", "$$", "$$ 和 $$", "$$$x$$$", "$x$$y$",
        "a$b$c", "$('#x')和$('#y')", "$('#x').html($('#y').text())", "$.ajax/$.get", "$name = $first . $last;",
        "$_和$_", "$h{a} = $b{c};", "$user->name$", "$file_name$", "$HOME$", "$projectname$", "$ x $", "$x $",
        "$a \"b\"$", "$1,000 to 2,000$", "costs $5 or so for 2$", "^abc$|^def$", "$", "$$x", "$A$1", "$a\nb$",
    };
    static const Case cases[] = {
        {"\\$x\\$ \\$5", "$x$ $5"},
        {"`$x$` <a b=\"$x$\"> https://x.y/$a$", "{$x$} «<a b=\"$x$\">» <a https://x.y/$a$>https://x.y/$a$</>"},
        {"\\(x", "(x"},
        {"\\[x \\[y", "[x [y"},
        {"\\[可选\\] \\(可选\\) \\[x\\] \\[1\\] \\(1\\)", "[可选] (可选) [x] [1] (1)"},
        {"\\[a-z\\] f\\(x\\) \\[a_b\\](u) \\[ \\]", "[a-z] f(x) [a_b](u) [ ]"},
        {"\\\\(x\\\\) \\\\[x^2\\\\]", "\\(x\\) \\[x^2\\]"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        Arena a = {0};
        const Node *n = parsed(str_of(texts[i]), true, &a);
        for (const Node *span = n->first; span; span = span->next)
            if (span->kind == NODE_MATH)
                fail_msg("a formula in %s: %.*s", texts[i], STR_ARG(span->text));
        arena_free(&a);
    }
    check_cases(cases, COUNT(cases), true);
    check_cases(&(Case){"$x^2$ $$x^2$$", "$x^2$ $$x^2$$"}, 1, false);
    check_cases(&(Case){"\\(x^2\\)", "(x^2)"}, 1, false);
}

static void formula_lines(void **state)
{
    (void)state;
    Arena a = {0};
    const Node *n = parsed(STR("a\n$$\n\nx +\ny^2\n$$ b"), true, &a);
    const Node *formula = n->first->next->next;
    assert_int_equal(formula->kind, NODE_MATH);
    assert_int_equal(formula->line, 4);
    assert_string_equal(shown(n, &a).at, "a|⟪x +\ny^2⟫ b");
    arena_free(&a);
}

/* What is a document, or says nothing of mathematics, stays code. */
static void fences(void **state)
{
    static const struct {
        const char *info, *text;
        bool formula;
    } cases[] = {
        {"math", "x\n", true}, {"math", "\n", false}, {"latex", "\\frac{1}{2}\n", true},
        {"tex", "\\begin{align*}\na &= b\n\\end{align*}\n", true}, {"go", "\\frac{1}{2}\n", false},
        {"latex", "\\documentclass{article}\n", false}, {"latex", "\\begin{itemize}\n\\end{itemize}\n", false},
        {"latex", "Let $x$ be \\frac{1}{2}\n", false}, {"latex", "\\newcommand{\\x}{y}\n", false},
        {"latex", "apt install texlive\n", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        const References none = {0};
        Node *root = node_new(&a, NODE_DOCUMENT, NULL), *n = node_new(&a, NODE_CODE_BLOCK, root);
        n->fenced = true;
        n->title = str_of(cases[i].info);
        n->text = str_of(cases[i].text);
        inline_parse(root, &none, true, &a);
        if ((n->first && n->first->kind == NODE_MATH && n->first->display) != cases[i].formula)
            fail_msg("%s: %s", cases[i].info, cases[i].text);
        arena_free(&a);
    }
}

static void cell(void **state)
{
    (void)state;
    Arena a = {0};
    const References none = {0};
    Node *n = node_new(&a, NODE_CELL, NULL);
    n->text = STR("`a\\|b` \\| c $\\|x\\|$");
    inline_parse(n, &none, true, &a);
    assert_string_equal(shown(n, &a).at, "{a|b} | c ⟨|x|⟩");
    arena_free(&a);
}

static void lines(void **state)
{
    (void)state;
    Arena a = {0};
    Str text = STR("a *b\nc* `d\ne` [f\n\\\ng](h \"\n\") **i**");
    const Node *n = parsed(text, true, &a);
    const Node *code = n->first->next->next->next;
    assert_int_equal(n->first->line, 1);
    assert_ptr_equal(n->first->text.at, text.at);
    assert_int_equal(n->first->next->line, 1);
    assert_int_equal(n->first->next->last->line, 2);
    assert_int_equal(code->kind, NODE_CODE);
    assert_int_equal(code->line, 2);
    assert_int_equal(code->next->next->kind, NODE_LINK);
    assert_int_equal(code->next->next->line, 3);
    assert_int_equal(code->next->next->last->line, 5);
    assert_int_equal(n->last->kind, NODE_STRONG);
    assert_int_equal(n->last->line, 6);
    arena_free(&a);
}

static void entities(void **state)
{
    (void)state;
    assert_string_equal(entity_find(STR("AElig")).at, "Æ");
    assert_string_equal(entity_find(STR("zwnj")).at, "\u200C");
    assert_string_equal(entity_find(STR("NotEqualTilde")).at, "≂̸");
    assert_int_equal(entity_find(STR("aelig ")).n, 0);
    assert_int_equal(entity_find(STR("")).n, 0);
    Arena a = {0};
    Str plain = STR("plain");
    assert_ptr_equal(inline_unescape(plain, &a).at, plain.at);
    assert_string_equal(inline_unescape(STR("\\a\\* &lt;\\&lt; \\"), &a).at, "\\a* <&lt; \\");
    arena_free(&a);
}

static unsigned depth_of(const Node *root)
{
    unsigned depth = 0, most = 0;
    NodeStep step = {(Node *)(uintptr_t)root, true};
    do {
        depth = step.entering ? depth + 1 : depth - 1;
        most = depth > most ? depth : most;
    } while (node_next(&step, root));
    return most;
}

static void nesting(void **state)
{
    static const Case shapes[] = {{"**a ", " b**"}, {"*a ", " b*"}, {"![", "](u)"}, {"![*", "*](u)"}};
    static const unsigned want[] = {42, 42, 41, 81}; /* with the root and the text */
    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++)
        for (size_t n = 40; n <= 4000; n *= 10) {
            Arena a = {0};
            Buf text = {.arena = &a};
            buf_put(&text, repeated(shapes[i].text, n, &a));
            buf_put(&text, repeated(shapes[i].want, n, &a));
            unsigned depth = depth_of(parsed(buf_str(&text), true, &a));
            if (n == 40)
                assert_int_equal(depth, want[i]);
            else
                assert_in_range(depth, NODE_DEEPEST, NODE_DEEPEST + 2);
            arena_free(&a);
        }
}

static void expansion(void **state)
{
    (void)state;
    Arena a = {0};
    References refs = {0};
    *vec_push(&refs.links, &a) = (Reference){STR("a"), repeated("u", 10000, &a), STR("")};
    references_sort(&refs, &a);
    Node *n = node_new(&a, NODE_PARAGRAPH, NULL);
    n->text = repeated("[a] ", 50, &a);
    inline_parse(n, &refs, true, &a);
    size_t links = 0;
    for (const Node *child = n->first; child; child = child->next)
        links += child->kind == NODE_LINK;
    assert_int_equal(links, 10);
    assert_int_equal(n->last->kind, NODE_TEXT);
    assert_int_equal(n->last->text.n, 40 * 4);
    arena_free(&a);
}

/* Repeated a hundred thousand times these take a minute where anything is searched twice. */
static void hostile(void **state)
{
    static const Case shapes[] = {
        {"[", "]"}, {"", "]"}, {"]([\n", ""}, {"[a](", ""}, {"[a](<b", ""}, {"![[]()", ""}, {"*a ", ""},
        {"a**b", "c* "}, {"*a_ ", ""}, {"**a ", " a**"}, {"~~a ", ""}, {"**甲1", ""}, {"**甲1\n", "2**3"}, {"`a``b", ""}, {"a <x ", ""},
        {"a <!-- ", ""}, {"a <![CDATA[", ""}, {"a <?", ""}, {"a <!A ", ""}, {"&amp", ""}, {"www.", ""},
        {"http://a", ""}, {"http://a.b/)", ")"}, {"http://a.b/;", "&amp;"}, {"a@", ""}, {"a.b:c ", ""},
        {"[^1", ""}, {"[a](b \"", ""}, {"[a](b '\" ", ""}, {"<a b=\"", ""}, {"<a b='\" ", ""}, {"![", "](u)"},
        {"[a](u) ![", ""}, {"![a ", "[b](c)"}, {"[^1] ", "[^note]"}, {"\\*", ""}, {"a  \n", ""}, {"中**。", "**"},
        {"*_", "_*"}, {"[foo][", "]"}, {"mailto:a", "@b"}, {"&#x4e2d;", ""}, {"[a](", ")"},
        {"mailto:a@b(", ""}, {"http://(", ""},
        {"[a](http://a ", ""}, {"[a]（http://a", ""}, {"【a】", ""}, {"【", ""}, {"**中 ", ""}, {"**中，\n", ""},
        {"`中 ", ""}, {"`a中\n", ""}, {"＊＊甲", ""}, {"＊＊甲\n", ""}, {"甲＊＊*乙*", ""}, {"｀a", ""},
        {"｀\n", ""}, {"｀`", ""}, {"==中", ""}, {"<b><i><u>", ""}, {"x<b>y ", ""}, {"x<b>", "</b>"},
        {"$x", ""}, {"$", "x"}, {"$$x ", ""}, {"$x$$", "y$"}, {"\\(x", ""}, {"\\[x", "\\)"}, {"\\(\\[", "\\]"},
        {"$$ $", "$x$"}, {"$\\a", ""}, {"$a{", "}$"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        Arena a = {0};
        Buf text = {.arena = &a};
        buf_put(&text, repeated(shapes[i].text, 100000, &a));
        buf_put(&text, repeated(shapes[i].want, 100000, &a));
        clock_t start = clock();
        parsed(buf_str(&text), true, &a);
        if ((clock() - start) / CLOCKS_PER_SEC >= 5)
            fail_msg("slow: %s %s", shapes[i].text, shapes[i].want);
        arena_free(&a);
    }
}

static void backticks(void **state)
{
    (void)state;
    Arena a = {0};
    Buf text = {.arena = &a};
    for (size_t n = 1; n < 1000; n++) {
        buf_put_char(&text, 'e');
        buf_put(&text, repeated("`", n, &a));
    }
    const Node *n = parsed(buf_str(&text), true, &a);
    assert_ptr_equal(n->first, n->last);
    assert_int_equal(n->first->text.n, text.n);
    arena_free(&a);
}

/* Footnotes in order of use, those used by footnotes last, and none that is unused. */
static void footnotes(void **state)
{
    static const char *const texts[] = {"a[^b]", "b", "c[^a]", "unused"};
    (void)state;
    Source s = {0};
    Arena *a = &s.arena;
    for (int i = 0; i < 4; i++) {
        Node *note = node_new(a, NODE_FOOTNOTE, NULL);
        note->label = str_take(str_of(texts[i]), 1);
        node_new(a, NODE_PARAGRAPH, note)->text = str_of(texts[i]);
        *vec_push(&s.references.footnotes, a) = note;
    }
    references_sort(&s.references, a);
    Entry *e = vec_push(&s.entries, a);
    e->made = arena_new(a, Made, 1);
    e->made->title_tree = node_new(a, NODE_PARAGRAPH, NULL);
    e->made->title_tree->text = STR("x[^c]");
    source_inline(&s);
    const Node *first = s.footnotes->first;
    assert_int_equal(e->made->title_tree->last->number, 1);
    assert_string_equal(shown(first, a).at, "c[^a 2]</>");
    assert_string_equal(shown(first->next, a).at, "a[^b 3]</>");
    assert_string_equal(shown(first->next->next, a).at, "b</>");
    assert_null(first->next->next->next);
    arena_free(&s.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commonmark), cmocka_unit_test(notes),     cmocka_unit_test(cell),
        cmocka_unit_test(digits),     cmocka_unit_test(elements),  cmocka_unit_test(highlights),
        cmocka_unit_test(mended_links), cmocka_unit_test(unclosed), cmocka_unit_test(wide_marks),
        cmocka_unit_test(formulas), cmocka_unit_test(no_formulas), cmocka_unit_test(formula_lines), cmocka_unit_test(fences),
        cmocka_unit_test(lines),      cmocka_unit_test(entities),  cmocka_unit_test(nesting),
        cmocka_unit_test(expansion),  cmocka_unit_test(hostile),   cmocka_unit_test(backticks),
        cmocka_unit_test(footnotes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
