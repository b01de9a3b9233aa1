/*
 * gather.c -- a deck for each folder and file, named as the notes name them.
 */
#include "book/gather.h"

#include "base/hash.h"
#include "base/utf8.h"

enum { LONGEST_NAME = 60 };

static const char section_mark[] = " › ";

/* In characters.  What stands on every card of a file may not be long. */
enum { LONGEST_LEVEL = 100, LONGEST_SECTION = 500, LONGEST_TAG = 100, MOST_TAGS = 100 };

/* The heading over the whole file, if there is one. */
static const Entry *title_entry(const Source *s)
{
    for (size_t i = 0; i < s->entries.n; i++) {
        const Entry *e = &s->entries.at[i];
        if (e->kind == ENTRY_OTHER && e->depth == 0 && !e->title.n)
            continue; /* text before the first heading */
        if (e->kind != ENTRY_SECTION)
            return NULL;
        for (size_t k = i + 1; k < s->entries.n; k++)
            if (s->entries.at[k].depth == 0)
                return NULL;
        return e;
    }
    return NULL;
}

static Str file_stem(Str name)
{
    for (size_t i = name.n; i-- > 0;)
        if (name.at[i] == '/') {
            name = str_drop(name, i + 1);
            break;
        }
    for (size_t i = name.n; i-- > 1;)
        if (name.at[i] == '.')
            return str_take(name, i);
    return name;
}

static Str source_title(Source *s)
{
    if (s->meta.title.n)
        return str_copy(&s->kept, s->meta.title);
    const Entry *e = title_entry(s);
    Str title = e ? str_trim(e->plain_title) : STR("");
    return title.n ? title : str_copy(&s->kept, file_stem(s->name));
}

/* A name as one level of a deck: two colons would make two of it. */
static void put_deck_level(Buf *b, Str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!(name.at[i] == ':' && i && name.at[i - 1] == ':'))
            buf_put_char(b, name.at[i]);
}

static Str source_deck(Source *s, Str top)
{
    Buf b = {.arena = &s->kept};
    buf_put(&b, s->meta.deck.n ? s->meta.deck : top);
    Str rest = s->meta.deck.n ? STR("") : s->name;
    while (str_find_char(rest, '/') != STR_NONE) {
        buf_puts(&b, "::");
        put_deck_level(&b, str_cut(&rest, '/'));
    }
    if (!s->meta.deck.n && !str_eq(s->title, top)) {
        buf_puts(&b, "::");
        put_deck_level(&b, s->title);
    }
    return buf_str(&b);
}

static Place source_whole(const Source *s)
{
    return (Place){.file = s->path};
}

static void add_tag(Source *s, Str tag)
{
    Str cut = utf8_take(tag, LONGEST_TAG);
    if (cut.n < tag.n)
        diag(&s->diags, D_TAGS_CUT, source_whole(s), "%.*s…", STR_ARG(cut));
    *vec_push(&s->tags, &s->kept) = str_copy(&s->kept, cut);
}

static void source_tags(Source *s)
{
    size_t n = s->meta.tags.n < MOST_TAGS ? s->meta.tags.n : MOST_TAGS;
    if (n < s->meta.tags.n)
        diag(&s->diags, D_TAGS_CUT, source_whole(s), "%zu of %zu are kept", n, s->meta.tags.n);
    for (size_t i = 0; i < n; i++)
        add_tag(s, s->meta.tags.at[i]);
    Str rest = s->name;
    while (str_find_char(rest, '/') != STR_NONE)
        add_tag(s, str_cut(&rest, '/'));
}

static bool has_han(Str s)
{
    for (size_t i = 0, n; i < s.n; i += n)
        if (utf8_is_han(utf8_at(s, i, &n)))
            return true;
    return false;
}

/* Chinese where at least half of the titles have a Chinese character. */
static Str language_of(const Book *b)
{
    size_t han = 0, all = 0;
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t k = 0; k < b->sources[i].entries.n; k++) {
            const Entry *e = &b->sources[i].entries.at[k];
            all += e->title.n > 0;
            han += has_han(e->title);
        }
    return han * 2 >= all ? STR("zh-CN") : STR("en");
}

/*
 * ASCII letters, digits and hyphens only, since some readers take no more; never a name
 * that Anki takes for a backup.  What was lost of the name is made up for by a number.
 */
static Str safe_name(Str name, Str identifier, Arena *a)
{
    Buf b = {.arena = a};
    bool lost = name.n > LONGEST_NAME;
    for (size_t i = 0; i < name.n && b.n < LONGEST_NAME; i++) {
        lost = lost || (unsigned char)name.at[i] >= 0x80;
        if (is_alnum(name.at[i]))
            buf_put_char(&b, to_lower(name.at[i]));
        else if (b.n && b.at[b.n - 1] != '-')
            buf_put_char(&b, '-');
    }
    Str safe = buf_str(&b);
    if (str_ends(safe, STR("-")))
        safe.n--;
    if (!safe.n || str_eq(safe, STR("collection")) || str_starts(safe, STR("backup-")))
        safe = STR("notes");
    Buf whole = {.arena = a};
    buf_put(&whole, safe);
    if (lost)
        buf_printf(&whole, "-%06x", (unsigned)(hash64(identifier) >> 40));
    return buf_str(&whole);
}

static void fill(Str *value, Str otherwise)
{
    if (!value->n)
        *value = otherwise;
}

static void fill_config(Book *b)
{
    Config *c = &b->config;
    bool single = b->one_file && b->source_count;
    Str name = single ? file_stem(b->sources[0].name) : b->folder_name;
    fill(&c->title, single ? b->sources[0].title : name);
    Buf deck = {.arena = &b->arena};
    put_deck_level(&deck, c->title);
    fill(&c->deck, buf_str(&deck));
    fill(&c->identifier, name);
    fill(&c->language, language_of(b));
    fill(&c->file_name, safe_name(name, c->identifier, &b->arena));
}

void book_gather(Book *b)
{
    for (size_t i = 0; i < b->source_count; i++)
        b->sources[i].title = source_title(&b->sources[i]);
    fill_config(b);
    for (size_t i = 0; i < b->source_count; i++) {
        Source *s = &b->sources[i];
        s->deck = source_deck(s, b->config.deck);
        source_tags(s);
    }
}

/* Append a level of a path; false where some of it is cut. */
static bool put_level(Buf *path, Str title)
{
    Str level = utf8_take(title, LONGEST_LEVEL);
    buf_puts(path, path->n ? section_mark : "");
    buf_put(path, level);
    buf_puts(path, level.n < title.n ? "…" : "");
    Str whole = buf_str(path), cut = utf8_take(whole, LONGEST_SECTION);
    bool fits = cut.n == whole.n;
    path->n = cut.n;
    buf_puts(path, fits ? "" : "…");
    return fits && level.n == title.n;
}

/* The path of what lies in `parent`. */
static Str path_below(Source *s, const Entry *parent)
{
    Buf b = {.arena = &s->kept};
    buf_put(&b, parent->section);
    if (!put_level(&b, parent->plain_title))
        diag(&s->diags, D_SECTION_CUT, source_place(s, parent->line, NULL), NULL);
    return buf_str(&b);
}

static Str path_of_title(Source *s)
{
    Buf b = {.arena = &s->kept};
    if (!put_level(&b, s->title))
        diag(&s->diags, D_SECTION_CUT, source_whole(s), NULL);
    return buf_str(&b);
}

/* A child's path is its parent's and the parent's title; children share theirs. */
void source_sections(Source *s)
{
    const Entry *title = title_entry(s);
    Str top = path_of_title(s), *below = arena_new(&s->arena, Str, s->entries.n + 1);
    for (size_t i = 0; i < s->entries.n; i++) {
        Entry *e = &s->entries.at[i];
        const Entry *parent = e->parent ? &s->entries.at[e->parent - 1] : NULL;
        Str *shared = &below[e->parent];
        if (!shared->at)
            *shared = !parent || parent == title ? top : path_below(s, parent);
        e->section = *shared;
    }
    for (size_t i = 0; i < s->pages.n; i++) {
        Page *p = &s->pages.at[i];
        const Entry *e = &s->entries.at[p->first];
        if (p->piece)
            p->title = p[-1].title;
        else if (p->title.at == e->title.at)
            p->title = e->plain_title;
    }
}
