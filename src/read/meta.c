/*
 * meta.c -- front matter: YAML between `---` at the very top and `---` or `...`.
 *
 * A note may also begin with a rule, and a card may be written `Q: … A: …`
 * between two rules, so YAML that knows none of our keys and has a key such as a
 * card would have is text.  Where the YAML is bad but every line looks like
 * `key: value`, the lines are taken as they stand, with a warning.
 */
#include "read/clean.h"
#include "read/source.h"
#include "read/yaml.h"

enum { MOST_BYTES = 64 * 1024, MOST_LINES = 1000 };

static bool is_fence(Str line, Str fence)
{
    return str_eq(str_trim_end(line), fence);
}

/* The number of the closing line; 0: there is none. */
static uint32_t closing_line(const Source *s)
{
    size_t bytes = 0;
    if (!s->line_count || !is_fence(source_line(s, 1), STR("---")))
        return 0;
    for (size_t i = 1; i < s->line_count && i < MOST_LINES && bytes < MOST_BYTES; i++) {
        Str line = source_line(s, i + 1);
        if (is_fence(line, STR("---")) || is_fence(line, STR("...")))
            return (uint32_t)i + 1;
        bytes += line.n + 1;
    }
    return 0;
}

/* A value on one line, in the arena that outlives the text. */
static Str value(Source *s, Str raw)
{
    Removed removed;
    Str copy = str_copy(&s->kept, raw);
    char *at = (char *)(uintptr_t)copy.at; /* the copy is ours */
    copy.n = text_clean(at, copy.n, 1, &removed);
    for (size_t i = 0; i < copy.n; i++)
        if (at[i] == '\n')
            at[i] = ' ';
    return str_trim(copy);
}

static void set_title(Source *s, Str raw)
{
    if (!s->meta.title.n)
        s->meta.title = value(s, raw);
}

static void set_deck(Source *s, Str raw)
{
    if (!s->meta.deck.n)
        s->meta.deck = value(s, raw);
}

static void add_tag(Source *s, Str tag)
{
    str_eat(&tag, STR("#"));
    if (tag.n)
        *vec_push(&s->meta.tags, &s->kept) = tag;
}

/* One text may hold several tags. */
static void add_tags(Source *s, Str raw)
{
    static const Str marks[] = {STR_INIT(" "),  STR_INIT("\t"), STR_INIT("　"), STR_INIT(","),
                                STR_INIT("，"), STR_INIT("、"), STR_INIT(";"),  STR_INIT("；"),
                                STR_INIT("["),  STR_INIT("]")};
    Str rest = value(s, raw);
    size_t n = 0;
    while (n < rest.n) {
        size_t mark = 0;
        for (size_t i = 0; i < COUNT(marks) && !mark; i++)
            if (str_starts(str_drop(rest, n), marks[i]))
                mark = marks[i].n;
        if (!mark) {
            n++;
            continue;
        }
        add_tag(s, str_take(rest, n));
        rest = str_drop(rest, n + mark);
        n = 0;
    }
    add_tag(s, rest);
}

static const struct {
    Str key;
    void (*set)(Source *s, Str raw);
} keys[] = {
    {STR_INIT("title"), set_title},     {STR_INIT("deck"), set_deck},
    {STR_INIT("cards-deck"), set_deck}, {STR_INIT("anki-deck"), set_deck},
    {STR_INIT("tags"), add_tags},
};

/* Index into `keys`, or COUNT(keys). */
static size_t find_key(Str key)
{
    size_t i = 0;
    while (i < COUNT(keys) && !str_eq(keys[i].key, key))
        i++;
    return i;
}

static bool is_card_key(Str key)
{
    static const Str words[] = {STR_INIT("question"), STR_INIT("answer"), STR_INIT("front"),
                                STR_INIT("back")};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq_nocase(key, words[i]))
            return true;
    for (size_t i = 0; i < key.n; i++)
        if (!is_alnum(key.at[i]) && key.at[i] != '-' && key.at[i] != '_')
            return true;
    return key.n < 2;
}

static bool is_meta(const Yaml *y)
{
    bool ours = false, card = false;
    for (size_t i = 0; i < y->pairs.n; i++) {
        ours |= find_key(y->pairs.at[i].key) < COUNT(keys);
        card |= is_card_key(y->pairs.at[i].key);
    }
    return y->is_mapping && (ours || !card);
}

static void take_pairs(Source *s, const Yaml *y)
{
    for (size_t i = 0; i < y->pairs.n; i++) {
        const YamlPair *p = &y->pairs.at[i];
        size_t key = find_key(p->key);
        if (key == COUNT(keys))
            continue;
        if (p->value.n)
            keys[key].set(s, p->value);
        for (size_t t = 0; t < p->items.n && keys[key].set == add_tags; t++)
            add_tag(s, value(s, p->items.at[t]));
    }
}

/* `key: value` with a key of ASCII letters, digits and dashes. */
static bool cut_pair(Str line, Str *key, Str *text)
{
    size_t n = 0;
    while (n < line.n && (is_alnum(line.at[n]) || line.at[n] == '-' || line.at[n] == '_'))
        n++;
    *key = str_take(line, n);
    *text = str_drop(line, n);
    return n > 1 && str_eat(text, STR(":")) && (!text->n || is_blank(text->at[0]));
}

static bool is_continued(Str line)
{
    Str text = str_trim(line);
    return !text.n || is_blank(line.at[0]) || str_starts(text, STR("#")) || str_starts(text, STR("- "));
}

/* Whether all of it looks like pairs, and one of the keys is ours. */
static bool has_pairs(const Source *s, uint32_t end)
{
    bool ours = false;
    for (uint32_t i = 1; i + 1 < end; i++) {
        Str key, text, line = source_line(s, i + 1);
        if (cut_pair(line, &key, &text))
            ours |= find_key(key) < COUNT(keys);
        else if (!is_continued(line))
            return false;
    }
    return ours;
}

static Str unquoted(Str text)
{
    text = str_trim(text);
    bool quoted = text.n > 1 && (text.at[0] == '"' || text.at[0] == '\'')
               && text.at[text.n - 1] == text.at[0];
    return quoted ? (Str){text.at + 1, text.n - 2} : text;
}

static void take_lines(Source *s, uint32_t end)
{
    size_t open = COUNT(keys);
    for (uint32_t i = 1; i + 1 < end; i++) {
        Str key, text, line = source_line(s, i + 1);
        if (cut_pair(line, &key, &text)) {
            open = find_key(key);
            if (open < COUNT(keys) && str_trim(text).n)
                keys[open].set(s, unquoted(text));
            continue;
        }
        Str item = str_trim(line);
        if (open < COUNT(keys) && keys[open].set == add_tags && str_eat(&item, STR("- ")))
            add_tag(s, value(s, unquoted(item)));
    }
}

static Place problem_place(const Source *s, const Yaml *y)
{
    Place p = source_place(s, y->at.line + 1, NULL); /* the fence is line 1 */
    p.column = yaml_column(p.text, y->at.column);
    return p;
}

/* Between the fences stand only blanks; a comment could be a heading. */
static bool is_blank_block(Str text)
{
    return str_trim(text).n == 0;
}

void meta_read(Source *s)
{
    uint32_t end = closing_line(s);
    if (!end)
        return;
    const char *from = source_line(s, 2).at, *to = source_line(s, end).at;
    Str text = {from, (size_t)(to - from)};
    Yaml yaml = yaml_read(text, &s->arena);
    if (!yaml.problem && (is_meta(&yaml) || is_blank_block(text))) {
        s->meta.end_line = end;
        take_pairs(s, &yaml);
    } else if (yaml.problem && has_pairs(s, end)) {
        diag(&s->diags, D_META_INVALID, problem_place(s, &yaml), "%s", yaml.problem);
        s->meta.end_line = end;
        take_lines(s, end);
    }
}
