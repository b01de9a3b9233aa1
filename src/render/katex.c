/*
 * katex.c -- engines for KaTeX, each with the program of katex.js.
 *
 * Idle engines lie in as many places as there are threads; taking and giving one is an
 * atomic exchange, so nobody waits.
 */
#include "render/katex.h"

#include "base/file.h"
#include "base/pool.h"

#include <stdatomic.h>
#include <stdlib.h>

extern const char script_katex[];
extern const size_t script_katex_size;

#define KATEX_PATH "/usr/share/javascript/katex/katex.js"

/* What KaTeX expects of a browser, and Duktape has not. */
static const char shims[] =
    "var self = this, console = {log: function () {}, warn: function () {}, error: function () {}};\n"
    "if (!Array.prototype.fill)\n"
    "  Array.prototype.fill = function (v) { for (var i = 0; i < this.length; i++) this[i] = v; return this; };\n";

struct Katexes {
    const char *path;
    _Atomic(Js *) idle[MOST_THREADS];
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

Js *katex_take(Katexes *all)
{
    for (size_t i = 0; i < MOST_THREADS; i++) {
        Js *idle = atomic_exchange(&all->idle[i], NULL);
        if (idle)
            return idle;
    }
    return start(all);
}

void katex_give(Katexes *all, Js *katex)
{
    for (size_t i = 0; i < MOST_THREADS && katex; i++) {
        Js *none = NULL;
        if (atomic_compare_exchange_strong(&all->idle[i], &none, katex))
            return;
    }
    js_free(katex);
}

/* `!byte words` */
static void read_error(Str answer, KatexError *e)
{
    char *end;
    e->at = strtoul(answer.at + 1, &end, 10);
    e->words = str_trim(str_drop(answer, (size_t)(end - answer.at)));
}

/* What the engine says; `at` is NULL where it failed: it is gone then. */
static Str ask(const Katexes *all, Js **katex, const Str args[3], KatexError *e, Arena *a)
{
    if (!*katex)
        *katex = start(all);
    Str answer = *katex ? js_call(*katex, "deckbind_formula", args, 3, a) : (Str){0};
    if (*katex && !answer.at) {
        e->words = str_copy(a, str_of(js_error(*katex)));
        js_free(*katex);
        *katex = NULL;
    }
    return answer;
}

Str katex_set(const Katexes *all, Js **katex, Str tex, Str plain, bool display, KatexError *e, Arena *a)
{
    const Str args[3] = {tex, plain, display ? STR("display") : STR("inline")};
    *e = (KatexError){.words = STR("KaTeX does not answer")};
    Str answer = ask(all, katex, args, e, a);
    if (!answer.at)
        answer = ask(all, katex, args, e, a);
    if (str_starts(answer, STR("=")))
        return str_drop(answer, 1);
    if (answer.at)
        read_error(answer, e);
    return (Str){0};
}
