/*
 * decks.c -- names as Anki normalises them, ids from their hash.
 */
#include "emit/apkg/decks.h"

#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { FIRST_ID = 1 };
const Deck first_deck = {STR_INIT("Default"), STR_INIT("default"), FIRST_ID};

enum { DEEPEST = 10 }; /* levels; what lies deeper joins the deck above */

static const Str level_mark = STR_INIT("::");

/* Anki trims blanks and colons off each level. */
static bool is_trimmed(uint32_t code)
{
    return code == ':' || utf8_is_space(code);
}

/* Without control characters, and without quotes, which old clients delete. */
static void put_level(Buf *b, Str level)
{
    size_t n;
    for (size_t i = 0; i < level.n; i += n) {
        uint32_t code = utf8_at(level, i, &n);
        if (code >= 0x20 && code != '"' && (code < 0x7F || code > 0x9F))
            buf_put(b, (Str){level.at + i, n});
    }
}

static Str cut_level(Str *name)
{
    size_t n = str_find(*name, level_mark);
    Str level = str_take(*name, n);
    *name = n == STR_NONE ? (Str){0} : str_drop(*name, n + level_mark.n);
    return level;
}

Str deck_name(Str name, Arena *a)
{
    Buf clean = {.arena = a}, levels = {.arena = a};
    put_level(&clean, name);
    Str rest = buf_str(&clean);
    for (int depth = 0; rest.n && depth < DEEPEST;) {
        Str level = utf8_trim(cut_level(&rest), is_trimmed);
        if (level.n && depth++)
            buf_put(&levels, level_mark);
        buf_put(&levels, level);
    }
    return levels.n ? utf8_nfc(buf_str(&levels), a) : STR("Deckbind");
}

static void add(Decks *d, Str name)
{
    Str key = utf8_fold(name, d->arena);
    if (str_eq(key, first_deck.key))
        return;
    *vec_push(&d->list, d->arena) = (Deck){.name = name, .key = key};
}

void decks_add(Decks *d, Str name)
{
    name = deck_name(name, d->arena);
    for (Str rest = name; rest.n;) {
        Str level = cut_level(&rest);
        add(d, str_take(name, (size_t)(level.at + level.n - name.at)));
    }
}

static int by_key(const void *a, const void *b)
{
    const Deck *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    return order ? order : str_cmp(x->name, y->name);
}

static int by_id(const void *a, const void *b)
{
    const Deck *x = a, *y = b;
    return x->id != y->id ? (x->id < y->id ? -1 : 1) : by_key(a, b);
}

static void sort(Decks *d, int (*order)(const void *, const void *))
{
    if (d->list.n)
        qsort(d->list.at, d->list.n, sizeof *d->list.at, order);
}

static void drop_doubles(Decks *d)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->list.n; i++)
        if (!kept || !str_eq(d->list.at[kept - 1].key, d->list.at[i].key))
            d->list.at[kept++] = d->list.at[i];
    d->list.n = kept;
}

void decks_settle(Decks *d)
{
    sort(d, by_key);
    drop_doubles(d);
    for (size_t i = 0; i < d->list.n; i++)
        d->list.at[i].id = 1000000000000 + (int64_t)(hash64(d->list.at[i].name) % (1ull << 40));
    sort(d, by_id);
    for (size_t i = 1; i < d->list.n; i++)
        if (d->list.at[i].id <= d->list.at[i - 1].id)
            d->list.at[i].id = d->list.at[i - 1].id + 1;
    sort(d, by_key);
}

static int key_order(const void *key, const void *deck)
{
    return str_cmp(*(const Str *)key, ((const Deck *)deck)->key);
}

int64_t decks_id(const Decks *d, Str name)
{
    Arena scratch = {0};
    Str key = utf8_fold(deck_name(name, &scratch), &scratch);
    const Deck *found = d->list.n ? bsearch(&key, d->list.at, d->list.n, sizeof *d->list.at,
                                            key_order) : NULL;
    arena_free(&scratch);
    return found ? found->id : FIRST_ID;
}

static void put_deck(Buf *b, const Deck *deck, int64_t time)
{
    buf_printf(b, "\"%lld\":", (long long)deck->id);
    json_put(b, "{s:I, s:I, s:s%, s:i, s:[i,i], s:[i,i], s:[i,i], s:[i,i], s:b, s:b, s:s, s:i, s:i,"
                " s:i, s:i}",
             "id", (long long)deck->id, "mod", (long long)time, "name", JSON_STR(deck->name),
             "usn", -1, "lrnToday", 0, 0, "revToday", 0, 0, "newToday", 0, 0, "timeToday", 0, 0,
             "collapsed", 0, "browserCollapsed", 0, "desc", "", "dyn", 0, "conf", 1, "extendNew", 0,
             "extendRev", 0);
}

void decks_put(Buf *b, const Decks *d, int64_t time)
{
    buf_puts(b, "{");
    put_deck(b, &first_deck, time);
    for (size_t i = 0; i < d->list.n; i++) {
        buf_puts(b, ",");
        put_deck(b, &d->list.at[i], time);
    }
    buf_puts(b, "}");
}
