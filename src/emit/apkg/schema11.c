/*
 * schema11.c -- note types and decks from the JSON of the table `col`.
 *
 * Both are objects whose keys repeat the ids inside.
 */
#include "emit/apkg/reading.h"

#include "base/json.h"

enum { MOST_ITEMS = 100 * 1000 };

static Str text_of(Reading *r, Json *object, const char *key)
{
    return reading_keep(r, json_text(json_member(object, key)));
}

static void take_lists(Reading *r, ReadType *t, Json *type)
{
    Arena scratch = {0}, *a = &r->package->arena;
    JsonItems fields = json_items(json_member(type, "flds"), &scratch);
    JsonItems templates = json_items(json_member(type, "tmpls"), &scratch);
    for (size_t i = 0; i < fields.n; i++)
        *vec_push(&t->fields, a) = text_of(r, fields.at[i].value, "name");
    for (size_t i = 0; i < templates.n; i++) {
        Json *from = templates.at[i].value;
        *vec_push(&t->templates, a) = (ReadTemplate){
            text_of(r, from, "name"), text_of(r, from, "qfmt"), text_of(r, from, "afmt")};
    }
    arena_free(&scratch);
}

static void take_type(Reading *r, Json *type)
{
    ReadType *t = vec_push(&r->package->types, &r->package->arena);
    t->id = json_number(json_member(type, "id"));
    t->time = json_number(json_member(type, "mod"));
    t->cloze = json_number(json_member(type, "type")) == 1;
    t->name = text_of(r, type, "name");
    t->style = text_of(r, type, "css");
    take_lists(r, t, type);
    int64_t sort = json_number(json_member(type, "sortf"));
    t->sort = sort > 0 && sort < (int64_t)t->fields.n ? (uint32_t)sort : 0;
}

static void take_deck(Reading *r, Json *deck)
{
    *vec_push(&r->decks, &r->package->arena) = (ReadDeck){
        json_number(json_member(deck, "id")), text_of(r, deck, "name")};
}

static bool take_all(Reading *r, Str text, const char *what, void (*take)(Reading *, Json *))
{
    Json *all = text.n <= LARGEST_TEXT ? json_read(text) : NULL;
    if (!all)
        return reading_refuse(r, r->member, "the text of its %s is no JSON, or too long", what);
    Arena scratch = {0};
    JsonItems items = json_items(all, &scratch);
    bool few = items.n <= MOST_ITEMS;
    for (size_t i = 0; i < items.n && few; i++)
        take(r, items.at[i].value);
    arena_free(&scratch);
    json_free(all);
    return few || reading_refuse(r, r->member, "it has more %s than a deck can have", what);
}

bool schema11_read(Reading *r)
{
    Statement *s = database_prepare(&r->db, "SELECT models, decks FROM col");
    bool ok = database_step(&r->db, s)
        && take_all(r, database_bytes(&r->db, s, 0), "note types", take_type)
        && take_all(r, database_bytes(&r->db, s, 1), "decks", take_deck);
    database_end(s);
    return ok;
}
