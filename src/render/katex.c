/*
 * katex.c -- engines for KaTeX, each with the program of katex.js, and what they answered.
 *
 * Idle engines lie in as many places as there are threads; taking and giving one is an
 * atomic exchange, so nobody waits.
 */
#include "render/katex.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/pool.h"
#include "base/xml.h"

#include <stdatomic.h>
#include <stdlib.h>

extern const char script_katex[];
extern const size_t script_katex_size;

#define KATEX_PATH "/usr/share/javascript/katex/katex.js"
#define MATHML     "http://www.w3.org/1998/Math/MathML"

/* What of MathML a book may hold, for katex.js too. */
#define ELEMENTS \
    "mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle mpadded mphantom menclose msub msup" \
    " msubsup munder mover munderover mtable mtr mtd"
#define ATTRIBUTES \
    "mathvariant stretchy fence separator accent accentunder lspace rspace minsize maxsize" \
    " linethickness columnalign columnspacing rowspacing columnlines rowlines scriptlevel" \
    " displaystyle mathcolor mathbackground mathsize width height depth voffset notation largeop"

/* What KaTeX expects of a browser, and Duktape has not; and what katex.js is to know. */
static const char shims[] =
    "var self = this, console = {log: function () {}, warn: function () {}, error: function () {}};\n"
    "if (!Array.prototype.fill)\n"
    "  Array.prototype.fill = function (v) { for (var i = 0; i < this.length; i++) this[i] = v; return this; };\n"
    "var mathml_elements = '" ELEMENTS "', mathml_attributes = '" ATTRIBUTES "';\n";

struct Katexes {
    const char *path;
    _Atomic uint64_t version; /* a hash of all programs; 0: not looked at yet */
    _Atomic(Js *) idle[MOST_THREADS];
};

enum {
    NO_KATEX = 1, /* in place of its version */
    LONGEST = 128 * 1024, LONGEST_REASON = 4096 + 200 /* bytes of an answer: katex.js makes none that is longer */
};

Katexes *katexes_new(const char *path)
{
    Katexes *all = calloc(1, sizeof *all);
    if (!all)
        out_of_memory();
    all->path = path ? path : KATEX_PATH;
    return all;
}

void katexes_free(Katexes *all)
{
    for (size_t i = 0; all && i < MOST_THREADS; i++)
        js_free(all->idle[i]);
    free(all);
}

static bool load(Js *js, Str library)
{
    return js_run(js, str_of(shims), "shims") && js_run(js, library, "KaTeX")
        && js_run(js, (Str){script_katex, script_katex_size}, "katex.js");
}

static Js *start(const Katexes *all)
{
    Arena scratch = {0};
    Str library;
    Js *js = file_read_silently(all->path, &scratch, &library) ? js_new() : NULL;
    if (js && !load(js, library)) {
        js_free(js);
        js = NULL;
    }
    arena_free(&scratch);
    return js;
}

/* So that no answer outlasts the program that gave it. */
static uint64_t version_of(Katexes *all)
{
    uint64_t version = atomic_load(&all->version);
    if (version)
        return version;
    Arena scratch = {0};
    Buf programs = {.arena = &scratch};
    Str library = file_state(all->path, &scratch);
    buf_puts(&programs, shims);
    buf_put(&programs, (Str){script_katex, script_katex_size});
    buf_put(&programs, library);
    version = library.n ? hash_quick(buf_str(&programs)) | 2 : NO_KATEX;
    arena_free(&scratch);
    atomic_store(&all->version, version); /* the same, whoever comes first */
    return version;
}

static Js *take(Katexes *all)
{
    for (size_t i = 0; i < MOST_THREADS; i++) {
        Js *idle = atomic_exchange(&all->idle[i], NULL);
        if (idle)
            return idle;
    }
    return start(all);
}

void katex_give(Katex *k)
{
    for (size_t i = 0; i < MOST_THREADS && k->js; i++) {
        Js *none = NULL;
        if (atomic_compare_exchange_strong(&k->all->idle[i], &none, k->js))
            k->js = NULL;
    }
    js_free(k->js);
    k->js = NULL;
}

static bool lists(const char *words, Str word)
{
    for (Str all = str_of(words); all.n;)
        if (str_eq(str_cut(&all, ' '), word))
            return true;
    return false;
}

static bool is_element(const XmlReader *r)
{
    return r->space.n ? str_eq(r->space, STR(MATHML)) && lists("math " ELEMENTS, r->name)
                      : lists("span i sub sup", r->name);
}

/*
 * Whether it can be ours.  What was remembered comes from a file that anybody may have written; what
 * the reader passes over, comments and the like, is never ours.
 */
static bool is_markup(Str s)
{
    XmlReader r;
    XmlEvent event;
    bool good = true;
    if (str_find(s, STR("<!")) != STR_NONE || str_find(s, STR("<?")) != STR_NONE)
        return false;
    xml_read_open(&r, s);
    while (good && (event = xml_read(&r)) != XML_NO_MORE) {
        good = event != XML_BROKEN && (event != XML_START || is_element(&r));
        while (good && event == XML_START && xml_read_attribute(&r))
            good = lists(ATTRIBUTES " xmlns class display alttext", r.name);
    }
    xml_read_close(&r);
    return good;
}

/* `=markup`, or `!byte words` */
static bool read_answer(Str answer, Str *markup, KatexError *e)
{
    char *end;
    *markup = str_drop(answer, 1);
    if (!str_starts(answer, STR("!")))
        return str_starts(answer, STR("=")) && markup->n;
    *e = (KatexError){.at = strtoul(markup->at, &end, 10)};
    e->words = str_trim(str_drop(*markup, (size_t)(end - markup->at)));
    *markup = (Str){0};
    return e->words.n;
}

/* `at` is NULL where the engine failed: it is gone then. */
static Str ask(Katex *k, const Str args[3], KatexError *e, Arena *a)
{
    Str answer = js_call(k->js, "deckbind_formula", args, 3, a);
    if (!answer.at) {
        e->words = str_copy(a, str_of(js_error(k->js)));
        js_free(k->js);
        k->js = NULL;
    }
    return answer;
}

/* One that failed gives way to a fresh one, once. */
static Str ask_twice(Katex *k, const Str args[3], KatexError *e, Arena *a)
{
    Str answer = {0};
    k->js = k->js ? k->js : take(k->all);
    if (k->js)
        answer = ask(k, args, e, a);
    if (!answer.at && e->words.n && (k->js = start(k->all)))
        answer = ask(k, args, e, a);
    return answer;
}

static uint64_t question_of(uint64_t version, const Str args[3], Arena *a)
{
    Buf key = {.arena = a};
    buf_printf(&key, "formula %016llx", (unsigned long long)version);
    for (int i = 0; i < 3; i++) {
        buf_put_char(&key, '\n');
        buf_put(&key, args[i]);
    }
    return hash64(buf_str(&key));
}

/* Whether it says where in the formula, and shortly why. */
static bool is_reason(const KatexError *e, Str tex)
{
    return e->at <= tex.n && e->words.n <= LONGEST_REASON;
}

Str katex_set(Katex *k, Str tex, Str plain, bool display, KatexError *e, Arena *a)
{
    const Str args[3] = {display ? STR("display") : STR("inline"), plain, tex};
    uint64_t version = k->all ? version_of(k->all) : NO_KATEX;
    Str markup = {0};
    *e = (KatexError){0};
    if (version == NO_KATEX)
        return markup;
    uint64_t question = question_of(version, args, a);
    Str known = memo_find(k->memo, question);
    if (known.at && known.n <= LONGEST && read_answer(known, &markup, e)
        && (markup.n ? is_markup(markup) : is_reason(e, tex)))
        return markup;
    markup = (Str){0};
    *e = (KatexError){0};
    Str answer = ask_twice(k, args, e, a);
    if (answer.at && read_answer(answer, &markup, e) && str_find_char(answer, '\n') == STR_NONE)
        memo_add(k->memo, question, answer);
    return markup;
}
