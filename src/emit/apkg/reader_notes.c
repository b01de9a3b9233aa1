/*
 * reader_notes.c -- notes, and which cards they have.
 *
 * Both tables are read once, in any order, and sorted here: no index of a package that
 * is not trusted is asked for anything.
 */
#include "emit/apkg/reading.h"

#include "base/utf8.h"

#include <stdlib.h>

/*
 * An empty field is one byte in a package, and many in memory.  The largest decks that are
 * shared have some hundred thousand notes of some ten fields.
 */
enum { NOTE_CELLS = 8, MOST_CELLS = 20 * 1000 * 1000 };

enum { MOST_ORDINAL = 65535, SHOWN = 40 /* characters of a name in a message */ };

/* Parted by blanks, of which the ideographic one is one to Anki. */
static Str read_tags(Reading *r, Str tags)
{
    static const Str wide = STR_INIT("\u3000");
    Buf b = {.arena = &r->package->arena};
    for (size_t i = 0; i < tags.n; i++) {
        bool is_wide = str_starts(str_drop(tags, i), wide);
        if (!is_wide && !is_space(tags.at[i]))
            buf_put_char(&b, tags.at[i]);
        else if (b.n && b.at[b.n - 1] != ' ')
            buf_put_char(&b, ' ');
        i += is_wide ? wide.n - 1 : 0;
    }
    return str_trim_end(buf_str(&b));
}

static bool split_fields(Reading *r, ReadNote *note, Str fields)
{
    const ReadType *type = &r->package->types.at[note->type];
    size_t count = 1;
    for (size_t i = 0; i < fields.n; i++)
        count += fields.at[i] == 0x1F;
    if (count != type->fields.n) {
        Str guid = utf8_take(note->guid, SHOWN), name = utf8_take(type->name, SHOWN);
        return reading_refuse(r, r->member, "note %.*s has %zu fields, its note type %.*s has %zu",
                              STR_ARG(guid), count, STR_ARG(name), type->fields.n);
    }
    r->cells += count + NOTE_CELLS;
    if (r->cells > MOST_CELLS)
        return reading_refuse(r, r->member, "it has more notes and fields than a deck can have");
    vec_reserve(&note->fields, &r->package->arena, count);
    while (count--)
        *vec_push(&note->fields, &r->package->arena) = str_cut(&fields, 0x1F);
    return true;
}

static bool take_note(Reading *r, Statement *s)
{
    ReadNote *n = vec_push(&r->package->notes, &r->package->arena);
    n->id = database_number(s, 0);
    n->guid = reading_text(r, s, 1);
    n->time = database_number(s, 3);
    n->tags = read_tags(r, reading_text(r, s, 4));
    if (!reading_type(r, database_number(s, 2), &n->type)) {
        Str guid = utf8_take(n->guid, SHOWN);
        return reading_refuse(r, r->member, "the note type of note %.*s is not there", STR_ARG(guid));
    }
    return split_fields(r, n, reading_text(r, s, 5));
}

static int by_guid(const void *a, const void *b)
{
    const ReadNote *x = a, *y = b;
    int order = str_cmp(x->guid, y->guid);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

bool reading_notes(Reading *r)
{
    ReadPackage *p = r->package;
    Statement *s = database_prepare(&r->db, "SELECT id, guid, mid, mod, tags, flds FROM notes");
    bool ok = true;
    while (ok && database_step(&r->db, s))
        ok = take_note(r, s);
    database_end(s);
    if (p->notes.n)
        qsort(p->notes.at, p->notes.n, sizeof *p->notes.at, by_guid);
    size_t kept = 0;
    for (size_t i = 0; i < p->notes.n; i++)
        if (!kept || !str_eq(p->notes.at[i].guid, p->notes.at[kept - 1].guid))
            p->notes.at[kept++] = p->notes.at[i];
    p->notes.n = kept;
    return ok;
}

/* --- cards */

/* A number and what it stands for. */
typedef struct Key {
    int64_t id;
    size_t index;
} Key;

typedef struct Card {
    size_t note; /* index */
    uint32_t ordinal;
    int64_t deck;
} Card;

typedef struct Cards {
    Arena arena;
    Key *notes, *decks; /* in order of id */
    Vec(Card) list;
} Cards;

static int by_key(const void *a, const void *b)
{
    const Key *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static int by_note(const void *a, const void *b)
{
    const Card *x = a, *y = b;
    if (x->note != y->note)
        return x->note > y->note ? 1 : -1;
    int order = (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
    return order ? order : (x->deck > y->deck) - (x->deck < y->deck);
}

/* Keys of `n` things of `size` bytes that begin with their id. */
static Key *keys_of(const void *things, size_t n, size_t size, Arena *a)
{
    Key *keys = arena_new(a, Key, n + 1);
    for (size_t i = 0; i < n; i++) {
        memcpy(&keys[i].id, (const char *)things + i * size, sizeof keys[i].id);
        keys[i].index = i;
    }
    qsort(keys, n, sizeof *keys, by_key);
    return keys;
}

static const Key *find_key(const Key *keys, size_t n, int64_t id)
{
    return bsearch(&(Key){.id = id}, keys, n, sizeof *keys, by_key);
}

/* A card in a filtered deck belongs to the one that it came from, `odid`. */
static bool take_card(Reading *r, Cards *c, Statement *s)
{
    const Key *note = find_key(c->notes, r->package->notes.n, database_number(s, 0));
    int64_t ordinal = database_number(s, 1), home = database_number(s, 3);
    if (ordinal < 0 || ordinal > MOST_ORDINAL)
        return reading_refuse(r, r->member, "a card has the number %lld", (long long)ordinal);
    if (note)
        *vec_push(&c->list, &c->arena) = (Card){note->index, (uint32_t)ordinal,
                                                home ? home : database_number(s, 2)};
    return true;
}

static void give_card(Reading *r, const Cards *c, const Card *card)
{
    ReadNote *n = &r->package->notes.at[card->note];
    if (n->cards.n && n->cards.at[n->cards.n - 1] == card->ordinal)
        return;
    const Key *deck = n->cards.n ? NULL : find_key(c->decks, r->decks.n, card->deck);
    if (deck)
        n->deck = r->decks.at[deck->index].name;
    *vec_push(&n->cards, &r->package->arena) = card->ordinal;
}

bool reading_cards(Reading *r)
{
    const ReadPackage *p = r->package;
    Cards c = {0};
    c.notes = keys_of(p->notes.at, p->notes.n, sizeof *p->notes.at, &c.arena);
    c.decks = keys_of(r->decks.at, r->decks.n, sizeof *r->decks.at, &c.arena);
    Statement *s = database_prepare(&r->db, "SELECT nid, ord, did, odid FROM cards");
    bool ok = true;
    while (ok && database_step(&r->db, s))
        ok = take_card(r, &c, s);
    database_end(s);
    if (c.list.n)
        qsort(c.list.at, c.list.n, sizeof *c.list.at, by_note);
    for (size_t i = 0; i < c.list.n; i++)
        give_card(r, &c, &c.list.at[i]);
    arena_free(&c.arena);
    return ok;
}
