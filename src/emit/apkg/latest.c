/*
 * latest.c -- the tables of schema 18.
 *
 * What Anki does not search for is a message in a column; the numbers of the fields are
 * those of its notetypes.proto and decks.proto.  models.c and decks.c say the same as
 * JSON for schema 11.
 */
#include "emit/apkg/latest.h"

#include "base/protobuf.h"
#include "emit/apkg/models.h"
#include "emit/apkg/settings.h"

enum { TYPE_KIND = 1, TYPE_SORT = 2, TYPE_STYLE = 3, TYPE_LATEX_HEAD = 5, TYPE_LATEX_FOOT = 6, TYPE_NEEDS = 8 };
enum { NEEDS_TEMPLATE = 1, NEEDS_KIND = 2, NEEDS_FIELDS = 3, NEEDS_ANY = 1, NEEDS_ALL = 2 };
enum { FIELD_FONT = 3, FIELD_SIZE = 4, FIELD_COLLAPSED = 7, FIELD_NOT_SEARCHED = 8, FIELD_ID = 9 };
enum { TEMPLATE_FRONT = 1, TEMPLATE_BACK = 2, TEMPLATE_BROWSER_FRONT = 3, TEMPLATE_BROWSER_BACK = 4,
       TEMPLATE_ID = 8 };
enum { DECK_NORMAL = 1, NORMAL_PRESET = 1 };

typedef struct Writer {
    Collection *collection;
    Arena scratch;
    Buf message, inner; /* of the row that is being made */
    int64_t time;
} Writer;

/* Run an INSERT with the values that were bound; every row has a statement of its own, as there are few. */
static void insert(Writer *w, Statement *s)
{
    database_step(&w->collection->db, s);
    database_end(s);
}

static Statement *prepare(Writer *w, const char *sql, int64_t first)
{
    w->message.n = 0;
    Statement *s = database_prepare(&w->collection->db, sql);
    database_bind(&w->collection->db, s, 1, first);
    return s;
}

static void bind_message(Writer *w, Statement *s, int at)
{
    database_bind_blob(&w->collection->db, s, at, buf_str(&w->message));
}

static void put_needs(Writer *w, const Template *t, size_t number)
{
    Buf fields = {.arena = &w->scratch};
    size_t n = 0;
    for (; t->needs[n] >= 0; n++)
        buf_put_char(&fields, (char)t->needs[n]); /* below 128 a number is one byte */
    w->inner.n = 0;
    protobuf_put(&w->inner, NEEDS_TEMPLATE, (int64_t)number);
    protobuf_put(&w->inner, NEEDS_KIND, n == 1 ? NEEDS_ANY : NEEDS_ALL);
    protobuf_put_bytes(&w->inner, NEEDS_FIELDS, buf_str(&fields));
    protobuf_put_item(&w->message, TYPE_NEEDS, buf_str(&w->inner));
}

static void put_type(Writer *w, const DatedType *dated)
{
    const NoteType *type = dated->type;
    Statement *s = prepare(w, "INSERT INTO notetypes VALUES (?1, ?2, ?3, -1, ?4)", type->id);
    protobuf_put(&w->message, TYPE_KIND, type->cloze);
    protobuf_put(&w->message, TYPE_SORT, type->sort);
    protobuf_put_bytes(&w->message, TYPE_STYLE, dated->style);
    protobuf_put_bytes(&w->message, TYPE_LATEX_HEAD, str_of(latex_head));
    protobuf_put_bytes(&w->message, TYPE_LATEX_FOOT, str_of(latex_foot));
    for (size_t i = 0; i < type->template_count; i++)
        put_needs(w, &type->templates[i], i);
    database_bind_text(&w->collection->db, s, 2, str_of(type->name));
    database_bind(&w->collection->db, s, 3, dated->time);
    bind_message(w, s, 4);
    insert(w, s);
}

static void put_field(Writer *w, const NoteType *type, size_t i)
{
    const FieldType *f = &type->fields[i];
    Statement *s = prepare(w, "INSERT INTO fields VALUES (?1, ?2, ?3, ?4)", type->id);
    protobuf_put_bytes(&w->message, FIELD_FONT, STR(FIELD_FONT_NAME));
    protobuf_put(&w->message, FIELD_SIZE, FIELD_FONT_SIZE);
    protobuf_put(&w->message, FIELD_COLLAPSED, f->aside);
    protobuf_put(&w->message, FIELD_NOT_SEARCHED, f->aside);
    protobuf_put(&w->message, FIELD_ID, f->id);
    database_bind(&w->collection->db, s, 2, (int64_t)i);
    database_bind_text(&w->collection->db, s, 3, str_of(f->name));
    bind_message(w, s, 4);
    insert(w, s);
}

static void put_template(Writer *w, const NoteType *type, size_t i)
{
    const Template *t = &type->templates[i];
    Statement *s = prepare(w, "INSERT INTO templates VALUES (?1, ?2, ?3, 0, 0, ?4)", type->id);
    protobuf_put_bytes(&w->message, TEMPLATE_FRONT, str_of(t->front));
    protobuf_put_bytes(&w->message, TEMPLATE_BACK, str_of(t->back));
    protobuf_put_bytes(&w->message, TEMPLATE_BROWSER_FRONT, str_of(t->browser_front));
    protobuf_put_bytes(&w->message, TEMPLATE_BROWSER_BACK, str_of(t->browser_back));
    protobuf_put(&w->message, TEMPLATE_ID, t->id);
    database_bind(&w->collection->db, s, 2, (int64_t)i);
    database_bind_text(&w->collection->db, s, 3, str_of(t->name));
    bind_message(w, s, 4);
    insert(w, s);
}

/* Levels are parted by U+001F; how a deck is unfolded is left to its reader. */
static void put_deck(Writer *w, const Deck *deck)
{
    Buf name = {.arena = &w->scratch};
    Statement *s = prepare(w, "INSERT INTO decks VALUES (?1, ?2, ?3, -1, x'', ?4)", deck->id);
    for (Str rest = deck->name; rest.n;) {
        size_t n = str_find(rest, STR("::"));
        buf_put(&name, str_take(rest, n));
        rest = n == STR_NONE ? (Str){0} : str_drop(rest, n + 2);
        buf_puts(&name, rest.n ? "\x1F" : "");
    }
    w->inner.n = 0;
    protobuf_put(&w->inner, NORMAL_PRESET, 1);
    protobuf_put_item(&w->message, DECK_NORMAL, buf_str(&w->inner));
    database_bind_text(&w->collection->db, s, 2, buf_str(&name));
    database_bind(&w->collection->db, s, 3, w->time);
    bind_message(w, s, 4);
    insert(w, s);
}

static void put_settings(Writer *w, size_t notes)
{
    Database *db = &w->collection->db;
    SettingVec settings = settings_make(notes, &w->scratch);
    for (size_t i = 0; i < settings.n; i++) {
        Statement *s = database_prepare(db, "INSERT INTO config VALUES (?1, 0, 0, ?2)");
        database_bind_text(db, s, 1, settings.at[i].key);
        database_bind_blob(db, s, 2, settings.at[i].value);
        insert(w, s);
    }
    Statement *s = database_prepare(db, "INSERT INTO deck_config VALUES (1, 'Default', 0, 0, ?1)");
    database_bind_blob(db, s, 1, preset_message);
    insert(w, s);
}

void latest_put(Collection *c, const Decks *decks, const DatedType *types, size_t count,
                size_t notes, int64_t time)
{
    Writer w = {.collection = c, .time = time};
    w.message.arena = w.inner.arena = &w.scratch;
    put_settings(&w, notes);
    for (size_t i = 0; i < count; i++) {
        const NoteType *type = types[i].type;
        put_type(&w, &types[i]);
        for (size_t k = 0; k < type->field_count; k++)
            put_field(&w, type, k);
        for (size_t k = 0; k < type->template_count; k++)
            put_template(&w, type, k);
    }
    put_deck(&w, &first_deck);
    for (size_t i = 0; i < decks->list.n; i++)
        put_deck(&w, &decks->list.at[i]);
    arena_free(&w.scratch);
}
