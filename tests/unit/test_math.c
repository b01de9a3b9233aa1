/*
 * test_math.c -- what becomes of formulas in cards and in books.
 *
 * KaTeX is the real one.
 */
#include "base/pool.h"
#include "book/check.h"
#include "base/xml.h"
#include "inline/inline.h"
#include "render/formula_line.h"
#include "render/html.h"
#include "render/katex.h"
#include "render/math.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct Case {
    const char *note, *want;
} Case;

static void free_source(Source *s)
{
    arena_free(&s->arena);
    arena_free(&s->fields);
    arena_free(&s->kept);
}

/* An entry whose title is `text`, which is the first line of the file. */
static Entry *rendered(Source *s, const char *text, bool cloze, const char *katex)
{
    Book book = {.katexes = katexes_new(katex)};
    s->diags.arena = &s->kept;
    s->text = str_of(text);
    s->line_count = 1;
    s->starts = arena_new(&s->arena, uint32_t, 2);
    s->starts[1] = (uint32_t)s->text.n + 1;
    Entry *e = vec_push(&s->entries, &s->arena);
    e->line = 1;
    e->cloze = cloze;
    e->made = arena_new(&s->arena, Made, 1);
    e->made->title_tree = node_new(&s->arena, NODE_DOCUMENT, NULL);
    Node *p = node_new(&s->arena, NODE_PARAGRAPH, e->made->title_tree);
    p->line = 1;
    p->text = s->text;
    source_inline(s);
    source_math(s, &book);
    source_render(s, &book);
    katexes_free(book.katexes);
    return e;
}

static void a_self_test_hides_all_of_a_formula_with_gaps(void **state)
{
    (void)state;
    static const Case cases[] = {
        {"式 $E={{c1::mc^2::能}}$ 由 $a$ {{c2::x::人}}", "式 <span class=\"gap\">[…]</span> 由 "
         "<span class=\"math\"><i>a</i></span> <span class=\"gap\">[人]</span>"},
        {"式 $E={{c1::mc^2}}$", "式 <span class=\"gap\">[…]</span>"},
        {"{{c1::$E$ 与 ${{c2::m}}$}}", "<span class=\"gap\">[…]</span>"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Source s = {0};
        Entry *e = rendered(&s, cases[i].note, true, NULL);
        assert_string_equal(e->made->gapped_title.at, cases[i].want);
        free_source(&s);
    }
}

static void check_cards(const Case *cases, size_t n, bool cloze)
{
    for (size_t i = 0; i < n; i++) {
        Source s = {0};
        assert_string_equal(rendered(&s, cases[i].note, cloze, NULL)->card_title.at, cases[i].want);
        free_source(&s);
    }
}

static void a_card_holds_what_mathjax_reads(void **state)
{
    static const Case cases[] = {
        {"$a < b$ 和 $\\text{\"x\" \\& y}$", "\\(a &lt; b\\) 和 \\(\\text{&quot;x&quot; \\&amp; y}\\)"},
        {"$$\\frac{a}{b}$$", "\\[\\frac{a}{b}\\]"},
        {"$$\na % 甲\n\n+ 50\\% \\\\ b\n$$", "\\[a + 50\\% \\\\ b\\]"},
        {"$$a \\\\[2pt] b$$", "\\[a \\\\[2pt] b\\]"},
        {"$\\text{[sound:a.mp3] [latex] [[type:A]]}$ $$\\text{[$]x}$$",
         "\\(\\text{[{}sound:a.mp3] [{}latex] [{}[type:A]]}\\) \\[\\text{[{}$]x}\\]"},
        {"\\\\(x\\\\) $x$ \\\\(y\\\\)", "<span>\\</span>(x<span>\\</span>) \\(x\\) <span>\\</span>(y<span>\\</span>)"},
        {"$a_{b_{c}}$ a::b $f::g \\to h$", "\\(a_{b_{c}}\\) a::b \\(f::g \\to h\\)"},
        {"$\\text{<script>}$", "\\(\\text{&lt;script&gt;}\\)"},
    };
    (void)state;
    check_cards(cases, COUNT(cases), false);
}

static void a_gap_and_a_formula_bear_each_other(void **state)
{
    static const Case cases[] = {
        {"{{c1::$\\frac{a}{b_{c}}$}} 完", "{{c1::\\(\\frac{a}{b_{c} }\\)}} 完"},
        {"{{c1::$\\mathtt{a::b}$::提示}}", "{{c1::\\(\\mathtt{a:{}:b}\\)::提示}}"},
        {"$x + {{c1::\\frac{1}{2}}} + y$", "\\(x + {{c1::\\frac{1}{2} }} + y\\)"},
        {"$\\sqrt{{{c1::x^2::平方}}}$", "\\(\\sqrt{{{c1::x^2::平方}} }\\)"},
        {"$\\{{{c2::\\{a\\}}}\\}$", "\\(\\{{{c2::\\{a\\} }}\\}\\)"},
    };
    (void)state;
    check_cards(cases, COUNT(cases), true);
}

static void what_could_do_harm_is_shown_as_source(void **state)
{
    static const Case cases[] = {
        {"$\\href{javascript:alert(1)}{x}$", "<code class=\"math\">\\href{javascript:alert(1)}{x}</code>"},
        {"$$\\require{x}$$", "<code class=\"math\">\\require{x}</code>"},
        {"$\\includegraphics{a}$", "<code class=\"math\">\\includegraphics{a}</code>"},
        {"$\\style{background:url(a)}{x}$", "<code class=\"math\">\\style{background:url(a)}{x}</code>"},
        {"$\\class{a}{x}$ $\\cssId{a}{x}$", "<code class=\"math\">\\class{a}{x}</code> <code class=\"math\">\\cssId{a}{x}</code>"},
        {"$\\unicode[a]{65}$ $\\def\\x{a}$", "<code class=\"math\">\\unicode[a]{65}</code> <code class=\"math\">\\def\\x{a}</code>"},
        {"$\\frac{a$ b $x}{\\to$", "<code class=\"math\">\\frac{a</code> b <code class=\"math\">x}{\\to</code>"},
        {"$a \\) \\to b$", "<code class=\"math\">a <span>\\</span>) \\to b</code>"},
        {"$\\hrefs$ $\\to \\\\href$", "\\(\\hrefs\\) \\(\\to \\\\href\\)"},
    };
    (void)state;
    check_cards(cases, COUNT(cases), false);
}

static void the_place_of_a_fault_is_told(void **state)
{
    static const struct {
        const char *note;
        uint32_t column;
        const char *words;
    } cases[] = {
        {"甲 $a \\foo b$", 8, "Undefined control sequence: \\foo"},
        {"$\\text{😀} \\foo$", 14, "Undefined control sequence: \\foo"},
        {"$\\frac{1}$", 10, "Unexpected end of input in a macro argument, expected '}'"},
        {"$a^{2}^{3}$", 7, "Double superscript"},
        {"$a\\to$ $a\\to \\foo$ `$a\\to \\foo$`", 14, "Undefined control sequence: \\foo"},
        {"`$\\foo$` $\\foo$", 11, "Undefined control sequence: \\foo"},
        {"$x$ 与 $\\href{a}{b}$", 10, "\\href must not stand in a formula"},
        {"$\\alpha }$", 9, "} has no partner"},
        {"$a$ $\\to$", 0, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Source s = {0};
        rendered(&s, cases[i].note, false, NULL);
        assert_int_equal(s.diags.list.n, cases[i].words != NULL);
        if (cases[i].words) {
            assert_int_equal(s.diags.list.at[0].code, D_MATH_INVALID);
            assert_int_equal(s.diags.list.at[0].place.line, 1);
            assert_int_equal(s.diags.list.at[0].place.column, cases[i].column);
            assert_string_equal(s.diags.list.at[0].detail.at, cases[i].words);
        }
        free_source(&s);
    }
}

static void check_pages(const Case *cases, size_t n, bool cloze, const char *katex)
{
    for (size_t i = 0; i < n; i++) {
        Source s = {0};
        assert_string_equal(rendered(&s, cases[i].note, cloze, katex)->made->page_title.at, cases[i].want);
        free_source(&s);
    }
}

#define MATH "<math xmlns=\"http://www.w3.org/1998/Math/MathML\""

static void a_simple_formula_is_text_of_a_book(void **state)
{
    static const Case cases[] = {
        {"$n$", "<span class=\"math\"><i>n</i></span>"},
        {"$O(n\\log n)$", "<span class=\"math\"><i>O</i>(<i>n</i> log <i>n</i>)</span>"},
        {"$\\log(n)+1$", "<span class=\"math\">log(<i>n</i>) + 1</span>"},
        {"$2^{10}=1024$", "<span class=\"math\">2<sup>10</sup> = 1024</span>"},
        {"$a_i < -1$", "<span class=\"math\"><i>a</i><sub><i>i</i></sub> &lt; −1</span>"},
        {"$x \\in \\mathbb{R}$ $|x|$", "<span class=\"math\"><i>x</i> ∈ ℝ</span> <span class=\"math\">|<i>x</i>|</span>"},
        {"$f(x,y)$ $\\text{甲😀}$", "<span class=\"math\"><i>f</i>(<i>x</i>, <i>y</i>)</span> <span class=\"math\">甲😀</span>"},
        {"$$x$$", "<span class=\"display\"><span class=\"math\"><i>x</i></span></span>"},
    };
    (void)state;
    check_pages(cases, COUNT(cases), false, NULL);
}

static void other_formulas_are_mathml(void **state)
{
    static const Case cases[] = {
        {"$\\frac{a}{\"b\"}$", MATH " alttext=\"\\frac{a}{&quot;b&quot;}\"><mrow><mfrac><mi>a</mi><mrow>"
         "<mi mathvariant=\"normal\">&quot;</mi><mi>b</mi><mi mathvariant=\"normal\">&quot;</mi></mrow></mfrac></mrow></math>"},
        {"$$\\sqrt x$$", "<span class=\"display\">" MATH " display=\"block\" alttext=\"\\sqrt x\"><mrow><msqrt><mi>x</mi>"
         "</msqrt></mrow></math></span>"},
        {"$\\sqrt{\\mathbb{N}\\log n}$", MATH " alttext=\"\\sqrt{\\mathbb{N}\\log n}\"><mrow><msqrt><mrow><mi>ℕ</mi>"
         "<mspace width=\"0.1667em\"/><mrow><mi>log</mi><mo>\u2061</mo></mrow><mspace width=\"0.1667em\"/><mi>n</mi></mrow></msqrt></mrow></math>"},
        {"$\\frac{1}$", "<code class=\"math\">\\frac{1}</code>"},
    };
    static const Case gaps[] = {
        {"{{c1::$\\sqrt{x_{i}}$}}", MATH " alttext=\"\\sqrt{x_{i}}\"><mrow><msqrt><msub><mi>x</mi><mi>i</mi></msub></msqrt>"
         "</mrow></math>"},
        {"$x + {{c1::y^{2}::提示}}$", "<span class=\"math\"><i>x</i> + <i>y</i><sup>2</sup></span>"},
    };
    (void)state;
    check_pages(cases, COUNT(cases), false, NULL);
    check_pages(gaps, COUNT(gaps), true, NULL);
}

/* What is longer than a telephone is wide. */
#define LONG_SUM "\\sum_{i=1}^{n} \\frac{\\partial^2 f}{\\partial x_i^2} (x_1, \\ldots, x_n) = \\Delta f"

static void a_long_formula_is_turned(void **state)
{
    static const Case cases[] = {
        {LONG_SUM, "\\sum_{i=1}^{n} \\frac{\\partial^2 f}{\\partial x_i^2} (x_1, \\ldots, x_n)|= \\Delta f|"},
        {"\\left( " LONG_SUM " \\right)^2 + 1", "\\left( " LONG_SUM " \\right)^2|+ 1|"},
        {"\\text{" LONG_SUM "}, \\qquad x", "\\text{" LONG_SUM "},|x|"},
        {"x^{2} -" LONG_SUM, "x^{2}|-\\sum_{i=1}^{n} \\frac{\\partial^2 f}{\\partial x_i^2} (x_1, \\ldots, x_n)|= \\Delta f|"},
        {"\\frac{" LONG_SUM "}{2}", "\\frac{" LONG_SUM "}{2}|"},
        {"x = 1", "x = 1|"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        Buf lines = {.arena = &a};
        for (Str tex = str_of(cases[i].note); tex.n;) {
            buf_put(&lines, formula_cut_line(&tex));
            buf_put_char(&lines, '|');
        }
        assert_string_equal(buf_str(&lines).at, cases[i].want);
        arena_free(&a);
    }
    assert_true(formula_turns(STR(LONG_SUM)));
    assert_false(formula_turns(STR("x = 1")));
    assert_false(formula_turns(STR("\\begin{matrix} a & b \\end{matrix} = " LONG_SUM)));
    Source s = {0};
    Str set = rendered(&s, "$$" LONG_SUM "$$", false, NULL)->made->page_title;
    assert_true(str_find(set, STR("</math>\n<span class=\"display\"><span class=\"math\">=Δ<i>f</i></span></span></span>")) != STR_NONE);
    free_source(&s);
}

static void without_katex_a_book_shows_the_source(void **state)
{
    (void)state;
    Source s = {0};
    const Entry *e = rendered(&s, "$\\frac{a}{b}$", false, "no/katex.js");
    assert_string_equal(e->made->page_title.at, "<code class=\"math\">\\frac{a}{b}</code>");
    assert_string_equal(e->card_title.at, "\\(\\frac{a}{b}\\)");
    assert_true(s.plain_math);
    assert_int_equal(s.diags.list.n, 0);
    free_source(&s);
}

static void that_is_told_once(void **state)
{
    (void)state;
    Source sources[3] = {[1].plain_math = true, [2].plain_math = true};
    for (size_t n = 1; n <= COUNT(sources); n++) {
        Book book = {.sources = sources, .source_count = n};
        book.diags.arena = &book.arena;
        book_check(&book);
        size_t told = 0;
        for (size_t i = 0; i < book.diags.list.n; i++)
            told += book.diags.list.at[i].code == D_MATH_PLAIN;
        assert_int_equal(told, n > 1);
        arena_free(&book.arena);
    }
}

/* Of another kind than the one that is ours. */
static bool has_class(const char *markup)
{
    static const char class[] = " class=\"", ours[] = " class=\"math\"";
    while ((markup = strstr(markup, class)) && !strncmp(markup, ours, strlen(ours)))
        markup++;
    return markup != NULL;
}

/* All that KaTeX makes of these is well-formed, and nothing in it leads anywhere. */
static void no_formula_breaks_a_book(void **state)
{
    static const char *const formulas[] = {
        "\\begin{align}a&=b\\tag{1}\\\\c&=d\\end{align}", "\\begin{cases}a&b\\\\c&d\\end{cases}", "\\left(\\frac ab\\right)",
        "\\href{http://x.y}{a}", "\\url{http://x.y}", "\\includegraphics[height=1em]{http://x.y/a.png}", "\\htmlClass{a}{b}",
        "\\htmlStyle{color:red}{b}", "\\color{red}x", "\\colorbox{#ff0}{a<b}", "\\not\\to", "\\text{<&>\"'}", "\\sum_{i=1}^n i",
        "\\overbrace{a}^{b}", "\\xrightarrow[a]{b}", "\\boxed{a}", "\\cancel{a}", "\\verb|<b>|", "\\rule{1em}{1em}",
        "\\char\"10FFFF", "\\begin{matrix}a\\end{matrix}", "a\\phantom{b}c", "\\ddot{x}", "\\kern9999em x", "\\\\", "\\mathbb{R}",
        "\\bigl( x \\bigr)", "\\operatorname*{argmax}_x", "\\textcolor{#abc}{x}", "\\bar\\bar x", "\\stackrel{a}{=}", "\\int\\!\\!\\!\\int",
    };
    (void)state;
    Arena a = {0};
    Diags diags = {.arena = &a};
    Memo memo = {.arena = &a};
    Katex k = {.all = katexes_new(NULL), .memo = &memo};
    size_t set = 0;
    for (size_t i = 0; i < COUNT(formulas); i++) {
        KatexError error;
        Str tex = str_of(formulas[i]), made = katex_set(&k, tex, tex, i % 2, &error, &a);
        if (!made.n)
            continue;
        set++;
        assert_true(xml_check(made, tex, &diags));
        const char *alt = strstr(made.at, "alttext="), *inner = alt ? strchr(alt, '>') : made.at;
        if (strstr(inner, "http") || strstr(inner, "href=") || strstr(inner, "src=") || has_class(inner)
            || strstr(inner, " style=") || strstr(inner, "annotation"))
            fail_msg("%s: %s", formulas[i], made.at);
    }
    assert_int_equal(set, 28); /* the others fetch, link, or are none */
    katex_give(&k);
    katexes_free(k.all);
    arena_free(&a);
}

static Str repeated(const char *part, size_t n, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < n; i++)
        buf_puts(&b, part);
    return buf_str(&b);
}

/* Deep and long ones are refused or set; none breaks the engine, which sets the next. */
static void the_engine_survives_hostile_formulas(void **state)
{
    static const char *const parts[] = {
        "{", "\\sqrt", "\\frac", "x^", "\\left(", "\\begin{matrix}", "\\text{", "_", "}", "\\overline", "a&", "\\\\", "\\binom",
    };
    (void)state;
    Arena a = {0};
    Memo memo = {.arena = &a};
    Katex k = {.all = katexes_new(NULL), .memo = &memo};
    KatexError error;
    for (size_t i = 0; i < COUNT(parts); i++) {
        Str tex = repeated(parts[i], 4000 / strlen(parts[i]), &a);
        Str made = katex_set(&k, tex, tex, true, &error, &a);
        assert_true(made.n <= 128 * 1024);
        assert_true(made.n || error.words.n);
    }
    assert_string_equal(katex_set(&k, STR("n"), STR("n"), false, &error, &a).at, "<span class=\"math\"><i>n</i></span>");
    katex_give(&k);
    katexes_free(k.all);
    arena_free(&a);
}

/* Use up the memory of an engine, but for so many pieces of 64 KB. */
static void fill(Js *katex, size_t spared, Arena *a)
{
    Buf hog = {.arena = a};
    buf_printf(&hog, "var hog = []; for (var size = 65536; size; size >>= 1)"
               " try { for (;;) hog.push(new Uint8Array(size)); } catch (e) {}"
               " for (var i = 0; i < %zu; i++) hog[i] = null;", spared);
    assert_true(js_run(katex, buf_str(&hog), "hog"));
}

/* Wherever its memory ends while it sets a formula, an engine gives way to a fresh one. */
static void a_full_engine_is_replaced(void **state)
{
    (void)state;
    Arena a = {0};
    Memo memo = {.arena = &a};
    Katex k = {.all = katexes_new(NULL), .memo = &memo};
    Str plain = repeated("x", 60000, &a);
    for (size_t spared = 0; spared < 8; spared++) {
        KatexError error;
        Buf tex = {.arena = &a};
        buf_printf(&tex, "\\frac{1}{%zu}", spared);
        assert_true(katex_set(&k, buf_str(&tex), STR("warm"), false, &error, &a).n);
        fill(k.js, spared, &a);
        Str made = katex_set(&k, buf_str(&tex), plain, false, &error, &a);
        if (!str_starts(made, STR(MATH)))
            fail_msg("%zu: %.*s", spared, STR_ARG(error.words));
    }
    katex_give(&k);
    katexes_free(k.all);
    arena_free(&a);
}

/* What becomes of $n$ where `memo` is what is known; then the engine is given back. */
static Str set_n(Katexes *all, Memo *memo)
{
    KatexError error;
    Katex k = {.all = all, .memo = memo};
    Str made = katex_set(&k, STR("n"), STR("n"), false, &error, memo->arena);
    katex_give(&k);
    return made;
}

/* The same after a file of answers in which `from` became `to`. */
static Str set_after(Katexes *all, Str file, const char *from, const char *to, Arena *a)
{
    AnswerVec earlier = {0};
    size_t at = str_find(file, str_of(from));
    assert_true(at != STR_NONE);
    Buf changed = {.arena = a};
    buf_put(&changed, str_take(file, at));
    buf_puts(&changed, to);
    buf_put(&changed, str_drop(file, at + strlen(from)));
    memo_read(buf_str(&changed), &earlier, a);
    assert_int_equal(earlier.n, 1);
    return set_n(all, &(Memo){.arena = a, .earlier = &earlier});
}

static void an_answer_is_remembered_and_looked_at(void **state)
{
    static const char *const forged[] = {
        "<script>n</script>", "<i onclick=\"n\">n</i>", "<i>n", "n</i>", "<a href=\"http://x\">n</a>", "&n;", "</span><i>n</i>",
        "<i style=\"n\">n</i>", "<mi>n</mi>", "<mi xmlns=\"http://www.w3.org/1999/xhtml\">n</mi>", "\x01", "\xFF",
        "<span xmlns=\"http://www.w3.org/1998/Math/MathML\">n</span>", "<!DOCTYPE n>", "<!-->n-->", "<?n >n?>", "<![CDATA[n]]>",
    };
    (void)state;
    Arena a = {0};
    AnswerVec none = {0};
    Memo memo = {.arena = &a, .earlier = &none};
    Katexes *all = katexes_new(NULL), *missing = katexes_new("no such file");
    Str real = set_n(all, &memo), file = memo_write(&none, (const Memo *const[]){&memo}, 1, &a);
    assert_true(str_eq(real, STR("<span class=\"math\"><i>n</i></span>")));
    assert_true(str_eq(set_after(all, file, "<i>n", "<i>m", &a), STR("<span class=\"math\"><i>m</i></span>")));
    assert_int_equal(set_after(missing, file, "<i>n", "<i>m", &a).n, 0);
    for (size_t i = 0; i < COUNT(forged); i++)
        if (!str_eq(set_after(all, file, "<i>n</i>", forged[i], &a), real))
            fail_msg("%s", forged[i]);
    assert_true(str_eq(set_after(all, file, "=<span class=\"math\"><i>n</i></span>", "!2", &a), real));
    katexes_free(all);
    katexes_free(missing);
    arena_free(&a);
}

static void a_formula_has_a_size(void **state)
{
    (void)state;
    for (size_t n = 4090; n <= 4100; n += 10) {
        Source s = {0};
        Buf text = {.arena = &s.arena};
        buf_puts(&text, "$$\\to ");
        buf_put(&text, repeated("x", n - strlen("\\to "), &s.arena));
        buf_puts(&text, "$$");
        rendered(&s, buf_str(&text).at, false, NULL);
        assert_int_equal(s.diags.list.n, n > 4096);
        free_source(&s);
    }
}

typedef struct Work {
    Katexes *all;
    Str made[8];
    Arena arena[8];
} Work;

static void set_one(void *context, size_t i, unsigned thread)
{
    (void)thread;
    Work *w = context;
    KatexError error;
    Memo memo = {.arena = &w->arena[i]};
    Katex k = {.all = w->all, .memo = &memo};
    w->made[i] = katex_set(&k, STR("\\frac{1}{2}"), STR("half"), false, &error, &w->arena[i]);
    katex_give(&k);
}

static void threads_share_the_engines(void **state)
{
    (void)state;
    Work w = {.all = katexes_new(NULL)};
    pool_each(COUNT(w.made), 3, set_one, &w);
    for (size_t i = 0; i < COUNT(w.made); i++) {
        assert_true(w.made[i].n && str_eq(w.made[i], w.made[0]));
        if (i)
            arena_free(&w.arena[i]);
    }
    arena_free(&w.arena[0]);
    katexes_free(w.all);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_self_test_hides_all_of_a_formula_with_gaps),
        cmocka_unit_test(a_card_holds_what_mathjax_reads),
        cmocka_unit_test(a_gap_and_a_formula_bear_each_other),
        cmocka_unit_test(what_could_do_harm_is_shown_as_source),
        cmocka_unit_test(the_place_of_a_fault_is_told),
        cmocka_unit_test(a_simple_formula_is_text_of_a_book),
        cmocka_unit_test(other_formulas_are_mathml),
        cmocka_unit_test(a_long_formula_is_turned),
        cmocka_unit_test(without_katex_a_book_shows_the_source),
        cmocka_unit_test(that_is_told_once),
        cmocka_unit_test(no_formula_breaks_a_book),
        cmocka_unit_test(the_engine_survives_hostile_formulas),
        cmocka_unit_test(an_answer_is_remembered_and_looked_at),
        cmocka_unit_test(a_full_engine_is_replaced),
        cmocka_unit_test(a_formula_has_a_size),
        cmocka_unit_test(threads_share_the_engines),
    };
    xml_prepare();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
