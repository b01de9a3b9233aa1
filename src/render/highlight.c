/*
 * highlight.c -- Prism is asked, once for each text.
 *
 * A language has an engine of its own, for Prism's languages change each other where they
 * are loaded together, and what a text becomes must not depend on what came before it.
 */
#include "render/highlight.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "render/html_parts.h"

extern const char script_highlight[];
extern const size_t script_highlight_size;

enum {
    /* Bytes.  Prism's expressions try again at each place: for 8 KB of brackets, or one word
       of 4 KB, it takes 5 s and more, and four times as long for twice as much. */
    LONGEST_CODE = 8 * 1024,
    LONGEST_LINE = 1024,
    LEAST_REPEATED = 512,
    LONGEST_NAME = 40 /* of a language */
};

/* The language that an info string names, in small letters: "go {1,3}", "{.python}", "Go:main.go". */
static Str language_of(Str info, Arena *a)
{
    Buf b = {.arena = a};
    while (info.n && (info.at[0] == '{' || info.at[0] == '.' || is_blank(info.at[0])))
        info = str_drop(info, 1);
    for (size_t i = 0; i < info.n && i < LONGEST_NAME; i++) {
        char c = to_lower(info.at[i]);
        if (!is_alnum(c) && str_find_char(STR("+#-_"), c) == STR_NONE)
            break;
        buf_put_char(&b, c);
    }
    return buf_str(&b);
}

static bool run_file(Js *js, const ScriptSet *set, Str id)
{
    Arena scratch = {0};
    Buf path = {.arena = &scratch};
    Str text;
    buf_printf(&path, "%s/components/prism-%.*s.js", set->prism, STR_ARG(id));
    bool ok = file_read_silently(buf_str(&path).at, &scratch, &text) && js_run(js, text, "language");
    arena_free(&scratch);
    return ok;
}

static Js *new_engine(void)
{
    Js *js = js_new();
    js_run(js, (Str){script_highlight, script_highlight_size}, "highlight");
    return js;
}

/* The ids to load for `name`, each on a line, its own in front; empty where there is none. */
static Str needs(Scripts *s, Str name, Arena *a)
{
    if (!s->catalogue) {
        s->catalogue = new_engine();
        js_call(s->catalogue, "describe", &s->set->languages, 1, a);
    }
    return js_call(s->catalogue, "needs", &name, 1, a);
}

static Js *load(const ScriptSet *set, Str ids)
{
    Js *js = new_engine();
    bool ok = js_run(js, set->core, "prism");
    while (ok && ids.n)
        ok = run_file(js, set, str_cut(&ids, '\n'));
    if (ok)
        return js;
    js_free(js);
    return NULL;
}

/* The engine of the first of `ids`; NULL where it cannot be loaded. */
static Js *engine_of(Scripts *s, Str ids)
{
    Str id = str_cut(&ids, '\n');
    Engine *oldest = &s->engines[0];
    for (size_t i = 0; i < MOST_ENGINES; i++) {
        Engine *e = &s->engines[i];
        if (e->used && str_eq(e->language, id)) {
            e->used = ++s->clock;
            return e->js;
        }
        oldest = e->used < oldest->used ? e : oldest;
    }
    js_free(oldest->js);
    *oldest = (Engine){str_copy(&s->arena, id), load(s->set, ids), ++s->clock};
    return oldest->js;
}

/* Lengths in UTF-16 become lengths in bytes; empty where they are not those of `code`. */
static Str in_bytes(Str tokens, Str code, Arena *a)
{
    Buf b = {.arena = a};
    size_t at = 0, units, n;
    char letter;
    while (code_eat_token(&tokens, &letter, &units)) {
        size_t from = at;
        while (units && at < code.n) {
            size_t wide = utf8_at(code, at, &n) >= 0x10000;
            if (units < 1 + wide)
                break;
            units -= 1 + wide;
            at += n;
        }
        if (units)
            return STR("");
        buf_printf(&b, "%c%zu", letter, at - from);
    }
    return at == code.n ? buf_str(&b) : STR("");
}

/* Whether these can be the tokens of so many bytes. */
static bool fits(Str tokens, size_t bytes)
{
    size_t n;
    char letter;
    while (code_eat_token(&tokens, &letter, &n) && n <= bytes && (is_alpha(letter) || letter == '.'))
        bytes -= n;
    return !tokens.n && !bytes;
}

static Str ask(Scripts *s, Str name, Str code, Arena *a)
{
    Str ids = needs(s, name, a);
    Js *js = ids.n ? engine_of(s, ids) : NULL;
    const Str arguments[] = {str_cut(&ids, '\n'), code};
    return js ? in_bytes(js_call(js, "tokens", arguments, COUNT(arguments), a), code, a) : STR("");
}

static Str tokens_of(Scripts *s, Str name, Str code, Arena *a)
{
    Buf key = {.arena = a};
    s->version = s->version ? s->version : scripts_version(s->set);
    buf_printf(&key, "%016llx %.*s\n", (unsigned long long)s->version, STR_ARG(name));
    buf_put(&key, code);
    uint64_t question = hash64(buf_str(&key));
    Str known = memo_find(&s->memo, question);
    if (known.at && (!known.n || fits(known, code.n)))
        return known;
    Str tokens = ask(s, name, code, a);
    memo_add(&s->memo, question, tokens);
    return tokens;
}

static bool has_long_line(Str code)
{
    while (code.n)
        if (str_cut(&code, '\n').n > LONGEST_LINE)
            return true;
    return false;
}

/* Code says something new at least in one of so many places; what never does is no code. */
static bool repeats_itself(Str code)
{
    enum { BITS = 8192, PLACES = 32, GRAM = 4 };
    uint64_t seen[BITS / 64] = {0};
    size_t fresh = 0;
    for (size_t i = 0; i + GRAM <= code.n; i++) {
        uint32_t gram;
        memcpy(&gram, code.at + i, GRAM);
        size_t bit = (size_t)(hash_mix(gram) % BITS);
        fresh += !(seen[bit / 64] >> bit % 64 & 1);
        seen[bit / 64] |= 1ull << bit % 64;
    }
    return code.n > LEAST_REPEATED && fresh * PLACES < code.n;
}

/* Why Prism is not asked; NULL: it may be. */
static const char *refuse(Str code)
{
    return code.n > LONGEST_CODE    ? "more than 8 KB"
           : has_long_line(code)    ? "more than 1 KB in a line"
           : repeats_itself(code)   ? "the same over and over"
                                    : NULL;
}

static void highlight(Source *s, Node *n)
{
    Scripts *scripts = s->scripts;
    Str name = language_of(n->title, &s->arena);
    const char *why;
    n->tokens = STR("");
    if (!name.n || !n->text.n)
        return;
    if (!scripts->set->prism) {
        scripts->missed = true;
    } else if ((why = refuse(n->text))) {
        diag(&s->diags, D_CODE_REFUSED, source_place(s, n->line, NULL), "%s", why);
    } else {
        Arena scratch = {0};
        n->tokens = str_copy(&s->arena, tokens_of(scripts, name, n->text, &scratch));
        arena_free(&scratch);
    }
}

/* Tokens must not cross the gaps of a cloze. */
static void highlight_tree(Source *s, Node *root, bool cloze)
{
    NodeStep step = {root, true};
    if (!root)
        return;
    do {
        Node *n = step.node;
        bool gaps = cloze && n->kind == NODE_CODE_BLOCK && str_find(n->text, STR("{{")) != STR_NONE;
        if (step.entering && n->kind == NODE_CODE_BLOCK && !gaps)
            highlight(s, n);
    } while (node_next(&step, root));
}

void source_highlight(Source *s, const Book *b)
{
    (void)b;
    if (!s->scripts || s->scripts->set->plain)
        return;
    for (size_t i = 0; i < s->entries.n; i++)
        for (Part part = 0; part < PARTS; part++)
            highlight_tree(s, s->entries.at[i].made->part_tree[part], s->entries.at[i].cloze);
    highlight_tree(s, s->footnotes, false);
}
