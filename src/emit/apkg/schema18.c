/*
 * schema18.c -- note types and decks from tables of their own.
 *
 * What is seldom asked for is a message in a column: of Anki's notetypes.proto the
 * numbers below are wanted.  Levels of a deck's name are parted by U+001F.
 */
#include "emit/apkg/reading.h"

#include "base/protobuf.h"

enum { TYPE_KIND = 1, TYPE_SORT = 2, TYPE_STYLE = 3, TEMPLATE_FRONT = 1, TEMPLATE_BACK = 2 };

/* The last field of that number, as messages are to be read. */
static ProtobufField find(Str message, uint32_t number)
{
    ProtobufField f, found = {0};
    while (protobuf_next(&message, &f))
        if (f.number == number)
            found = f;
    return found;
}

static void take_type(Reading *r, Statement *s)
{
    ReadType *t = vec_push(&r->package->types, &r->package->arena);
    Str config = database_bytes(&r->db, s, 3);
    t->id = database_number(s, 0);
    t->name = reading_text(r, s, 1);
    t->time = database_number(s, 2);
    t->cloze = find(config, TYPE_KIND).value == 1;
    t->sort = (uint32_t)find(config, TYPE_SORT).value;
    t->style = reading_keep(r, find(config, TYPE_STYLE).bytes);
}

/* The type that a row of `fields` or `templates` belongs to.  NULL: it is not there. */
static ReadType *type_of(Reading *r, Statement *s)
{
    size_t i;
    return reading_type(r, database_number(s, 0), &i) ? &r->package->types.at[i] : NULL;
}

static void take_field(Reading *r, Statement *s)
{
    ReadType *t = type_of(r, s);
    if (t)
        *vec_push(&t->fields, &r->package->arena) = reading_text(r, s, 1);
}

static void take_template(Reading *r, Statement *s)
{
    ReadType *t = type_of(r, s);
    if (!t)
        return;
    Str config = database_bytes(&r->db, s, 2);
    *vec_push(&t->templates, &r->package->arena) = (ReadTemplate){
        reading_text(r, s, 1), reading_keep(r, find(config, TEMPLATE_FRONT).bytes),
        reading_keep(r, find(config, TEMPLATE_BACK).bytes)};
}

static void take_deck(Reading *r, Statement *s)
{
    Buf name = {.arena = &r->package->arena};
    Str rest = reading_text(r, s, 1);
    while (rest.n) {
        buf_put(&name, str_cut(&rest, 0x1F));
        buf_puts(&name, rest.n ? "::" : "");
    }
    *vec_push(&r->decks, &r->package->arena) = (ReadDeck){database_number(s, 0), buf_str(&name)};
}

static const struct {
    const char *table, *rows;
    void (*take)(Reading *, Statement *);
} parts[] = {
    {"notetypes", "SELECT id, name, mtime_secs, config FROM notetypes ORDER BY id", take_type},
    {"fields", "SELECT ntid, name FROM fields ORDER BY ntid, ord", take_field},
    {"templates", "SELECT ntid, name, config FROM templates ORDER BY ntid, ord", take_template},
    {"decks", "SELECT id, name FROM decks", take_deck},
};

bool schema18_read(Reading *r)
{
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (!database_has(&r->db, parts[i].table))
            return reading_refuse(r, r->member, "it has no table %s", parts[i].table);
        Statement *s = database_prepare(&r->db, parts[i].rows);
        while (database_step(&r->db, s))
            parts[i].take(r, s);
        database_end(s);
    }
    for (size_t i = 0; i < r->package->types.n; i++) {
        ReadType *t = &r->package->types.at[i];
        t->sort = t->sort < t->fields.n ? t->sort : 0;
    }
    return !database_why(&r->db);
}
