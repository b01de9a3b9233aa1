/*
 * lock_read.c -- a reader that believes nothing.
 */
#include "book/lock_parts.h"

#include "base/file.h"
#include "base/utf8.h"

static const Str head = STR_INIT(LOCK_HEAD);

enum { MOST_FIELDS = 1000, LONGEST_TEXT = 1000 };

void lock_refuse(LockReader *r, const char *what)
{
    if (!r->failed)
        diag(r->diags, D_LOCK_INVALID, r->place, "%s", what);
    r->failed = true;
}

/* git leaves lines like these where it cannot merge. */
static bool is_conflict(Str line)
{
    return str_starts(line, STR("<<<<<<<")) || str_starts(line, STR(">>>>>>>"))
        || str_starts(line, STR("=======")) || str_starts(line, STR("|||||||"));
}

/* The next line that holds something; false at the end, or where all is over. */
static bool next_line(LockReader *r)
{
    while (r->rest.n && !r->failed) {
        Str line = str_cut(&r->rest, '\n');
        if (str_ends(line, STR("\r")))
            line.n--;
        r->place.line++;
        r->place.text = r->line = line;
        if (is_conflict(line)) {
            diag(r->diags, D_LOCK_CONFLICT, r->place, NULL);
            r->failed = true;
        } else if (line.n) {
            return !r->failed;
        }
    }
    return false;
}

static int hex_digit(char c)
{
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* `s` as it was before it was written. */
static Str unescape(LockReader *r, Str s)
{
    if (str_find_char(s, '\\') == STR_NONE)
        return s;
    Buf b = {.arena = r->lock->arena};
    for (size_t i = 0; i < s.n; i++) {
        if (s.at[i] != '\\') {
            buf_put_char(&b, s.at[i]);
            continue;
        }
        int high = i + 2 < s.n ? hex_digit(s.at[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(s.at[i + 2]) : -1;
        if (low < 0) {
            lock_refuse(r, "a backslash without two digits");
            return s;
        }
        buf_put_char(&b, (char)(high * 16 + low));
        i += 2;
    }
    return buf_str(&b);
}

/* The rest of the line, which must be UTF-8. */
static Str read_text(LockReader *r)
{
    Str text = unescape(r, r->line);
    if (utf8_valid(text) != text.n)
        lock_refuse(r, "the text is no UTF-8");
    return text;
}

static Str read_word(LockReader *r)
{
    Str word = str_cut(&r->line, ' ');
    if (!word.n)
        lock_refuse(r, "the line is too short");
    word = str_eq(word, STR("-")) ? STR("") : unescape(r, word);
    if (utf8_valid(word) != word.n)
        lock_refuse(r, "the text is no UTF-8");
    return word;
}

static int64_t read_number(LockReader *r, int64_t most)
{
    Str word = str_cut(&r->line, ' ');
    int64_t value = 0;
    for (size_t i = 0; i < word.n && is_digit(word.at[i]) && value <= most; i++)
        value = value * 10 + (word.at[i] - '0');
    bool plain = word.n && (word.at[0] != '0' || word.n == 1);
    for (size_t i = 0; i < word.n; i++)
        plain = plain && is_digit(word.at[i]);
    if (!plain || value > most)
        lock_refuse(r, "a number is wrong, or too large");
    return value;
}

static void read_bytes(LockReader *r, uint8_t *bytes, size_t n)
{
    Str word = str_cut(&r->line, ' ');
    bool good = word.n == 2 * n;
    for (size_t i = 0; i < n && good; i++) {
        int high = hex_digit(word.at[2 * i]), low = hex_digit(word.at[2 * i + 1]);
        good = high >= 0 && low >= 0;
        bytes[i] = (uint8_t)(high * 16 + low);
    }
    if (!good)
        lock_refuse(r, "a fingerprint is wrong");
}

static uint64_t read_print(LockReader *r)
{
    uint8_t bytes[8] = {0};
    uint64_t value = 0;
    read_bytes(r, bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        value = value << 8 | bytes[i];
    return value;
}

/* The index of the word in `names`. */
static int read_name(LockReader *r, const char *const *names, int n)
{
    Str word = str_cut(&r->line, ' ');
    for (int i = 0; i < n; i++)
        if (str_eq(word, str_of(names[i])))
            return i;
    lock_refuse(r, "a word stands where it means nothing");
    return 0;
}

static void read_type(LockReader *r)
{
    LockedType t = {.time = read_number(r, LATEST_TIME)};
    t.shown = read_print(r);
    t.name = read_text(r);
    if (!t.name.n)
        lock_refuse(r, "no name of a note type");
    *vec_push(&r->lock->types, r->lock->arena) = t;
}

static void read_file(LockReader *r)
{
    *vec_push(&r->lock->files, r->lock->arena) = read_text(r);
    *vec_push(&r->lock->decks, r->lock->arena) = STR("");
    if (!r->lock->files.at[r->lock->files.n - 1].n)
        lock_refuse(r, "no name of a file");
}

static void read_deck(LockReader *r)
{
    if (r->lock->decks.n)
        r->lock->decks.at[r->lock->decks.n - 1] = read_text(r);
    else
        lock_refuse(r, "a deck stands above the first file");
}

/* 1 + the index of the type of that id; 0 for none. */
static uint32_t find_adopted(const Lock *l, int64_t id)
{
    for (uint32_t i = 0; i < l->adopted.n; i++)
        if (l->adopted.at[i].type.id == id)
            return i + 1;
    return 0;
}

static void read_adopted(LockReader *r)
{
    AdoptedType t = {.line = r->place.line};
    t.type.cloze = read_name(r, locked_kind_names, LOCKED_KINDS);
    t.type.id = read_number(r, LATEST_ID);
    t.question = (uint32_t)read_number(r, MOST_FIELDS);
    t.answer = (uint32_t)read_number(r, MOST_FIELDS);
    t.type.sort = (uint32_t)read_number(r, MOST_FIELDS);
    t.type.name = read_text(r);
    r->twice = find_adopted(r->lock, t.type.id) > 0;
    if (r->twice)
        r->again = t;
    else if (r->lock->adopted.n < MOST_TYPES)
        *vec_push(&r->lock->adopted, r->lock->arena) = t;
    else
        lock_refuse(r, "it has more note types than a book can have");
}

/* A line of the latest adopted type. */
static AdoptedType *latest_adopted(LockReader *r)
{
    if (!r->lock->adopted.n)
        lock_refuse(r, "it belongs to no note type");
    if (r->failed)
        return NULL;
    return r->twice ? &r->again : &r->lock->adopted.at[r->lock->adopted.n - 1];
}

static void read_style(LockReader *r)
{
    AdoptedType *t = latest_adopted(r);
    if (t)
        t->type.style = read_text(r);
}

static void read_field(LockReader *r)
{
    AdoptedType *t = latest_adopted(r);
    if (t)
        *vec_push(&t->type.fields, r->lock->arena) = read_text(r);
}

static void read_template(LockReader *r)
{
    AdoptedType *t = latest_adopted(r);
    if (!t)
        return;
    ReadTemplate *template = vec_push(&t->type.templates, r->lock->arena);
    template->name = read_word(r);
    template->front = read_word(r);
    template->back = read_word(r);
}

/* One of our note types, or the number of one that was adopted. */
static void read_kind(LockReader *r, Locked *e)
{
    bool own = r->line.n && !is_digit(r->line.at[0]);
    if (own) {
        e->cloze = read_name(r, locked_kind_names, LOCKED_KINDS);
        return;
    }
    e->adopted = find_adopted(r->lock, read_number(r, LATEST_ID));
    if (e->adopted)
        e->cloze = r->lock->adopted.at[e->adopted - 1].type.cloze;
    else
        lock_refuse(r, "a note type that is not in the lock");
}

static Str read_guid(LockReader *r)
{
    if (!r->lock->files.n)
        lock_refuse(r, "an entry stands above the first file");
    Str guid = read_word(r);
    if (!guid.n || guid.n > LONGEST_GUID)
        lock_refuse(r, "no guid");
    return guid;
}

/* A line that never changes, so that git can tell the states of neighbours apart. */
static void read_entry(LockReader *r)
{
    if (r->entry.guid.n)
        *vec_push(&r->stateless, r->lock->arena) = r->entry;
    r->entry.place = r->place;
    r->entry.guid = read_guid(r);
}

/* Where git could not merge and both sides were kept, it may stand below another entry. */
static void read_state(LockReader *r)
{
    Locked e = {.line = r->place.line};
    e.guid = read_guid(r);
    e.id = read_number(r, LATEST_ID);
    if (!e.id)
        lock_refuse(r, "no id");
    int state = read_name(r, locked_state_names, LOCKED_WORDS);
    e.tagged = state == LOCKED_TAGGED;
    e.state = e.tagged ? LOCKED_RETIRED : (LockedState)state;
    read_kind(r, &e);
    e.time = read_number(r, LATEST_TIME);
    e.question = read_print(r);
    e.answer = read_print(r);
    e.source = read_print(r);
    e.shown = read_print(r);
    read_bytes(r, e.sketch.of, SKETCH_BYTES);
    e.gaps = read_word(r);
    e.number = read_word(r);
    e.text = read_text(r);
    if (e.text.n > LONGEST_TEXT)
        lock_refuse(r, "the question is longer than a lock has it");
    if (r->failed)
        return;
    if (str_eq(e.guid, r->entry.guid))
        r->entry.guid = STR("");
    e.file = (uint32_t)r->lock->files.n - 1;
    *vec_push(&r->lock->entries, r->lock->arena) = e;
}

/* The entry that what an adopted note keeps belongs to. */
static Locked *latest_state(LockReader *r)
{
    if (!r->lock->entries.n)
        lock_refuse(r, "it belongs to no entry");
    return r->failed ? NULL : &r->lock->entries.at[r->lock->entries.n - 1];
}

static void read_kept(LockReader *r)
{
    Locked *e = latest_state(r);
    if (e)
        *vec_push(&e->fields, r->lock->arena) = read_text(r);
}

static void read_tags(LockReader *r)
{
    Locked *e = latest_state(r);
    if (e)
        e->tags = read_text(r);
}

static void read_cards(LockReader *r)
{
    Locked *e = latest_state(r);
    while (r->line.n && !r->failed)
        *vec_push(&e->cards, r->lock->arena) = (uint32_t)read_number(r, MOST_FIELDS);
}

static const struct {
    Str word;
    void (*read)(LockReader *);
} rows[] = {
    {STR_INIT("entry "), read_entry},
    {STR_INIT("state "), read_state},
    {STR_INIT("kept "), read_kept},
    {STR_INIT("cards "), read_cards},
    {STR_INIT("tags "), read_tags},
    {STR_INIT("file "), read_file},
    {STR_INIT("deck "), read_deck},
    {STR_INIT("type "), read_type},
    {STR_INIT("adopted "), read_adopted},
    {STR_INIT("field "), read_field},
    {STR_INIT("template "), read_template},
    {STR_INIT("style "), read_style},
};

static void read_row(LockReader *r)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eat(&r->line, rows[i].word)) {
            rows[i].read(r);
            return;
        }
    lock_refuse(r, "the line is no part of a lock");
}

static void read_head(LockReader *r)
{
    bool known = next_line(r) && str_eq(r->line, head);
    if (!known)
        lock_refuse(r, str_starts(r->line, STR("deckbind lock ")) ? "it is of a later version of deckbind"
                                                             : "it does not begin as a lock does");
    if (next_line(r) && str_eat(&r->line, STR("render ")))
        r->lock->revision = (uint32_t)read_number(r, 1000000);
    else
        lock_refuse(r, "the revision of rendering is missing");
}

bool lock_read(Lock *l, Diags *d)
{
    l->found = file_exists(l->path) || file_is_link(l->path);
    if (!l->found)
        return true;
    if (!file_read(l->path, l->arena, &l->bytes, d))
        return false;
    LockReader r = {.lock = l, .diags = d, .rest = l->bytes, .place.file = str_of(l->path)};
    read_head(&r);
    while (next_line(&r))
        read_row(&r);
    if (!r.failed)
        lock_settle(&r);
    return !r.failed;
}
