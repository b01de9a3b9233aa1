/*
 * lock_read.c -- a reader that believes nothing.
 */
#include "book/lock.h"

#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>

static const Str head = STR_INIT(LOCK_HEAD);

enum { MOST_FIELDS = 1000 };

/* An entry whose state has not been seen. */
typedef struct Stateless {
    Str guid;
    Place place;
} Stateless;

typedef struct Reader {
    Lock *lock;
    Diags *diags;
    Str rest, line; /* what is left of the text, and of the line */
    Place place;
    Stateless entry; /* the last one; without a guid: its state has been seen */
    Vec(Stateless) stateless; /* those before it */
    bool failed;
} Reader;

static void refuse(Reader *r, const char *what)
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
static bool next_line(Reader *r)
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
static Str unescape(Reader *r, Str s)
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
            refuse(r, "a backslash without two digits");
            return s;
        }
        buf_put_char(&b, (char)(high * 16 + low));
        i += 2;
    }
    return buf_str(&b);
}

/* The rest of the line, which must be UTF-8. */
static Str read_text(Reader *r)
{
    Str text = unescape(r, r->line);
    if (utf8_valid(text) != text.n)
        refuse(r, "the text is no UTF-8");
    return text;
}

static Str read_word(Reader *r)
{
    Str word = str_cut(&r->line, ' ');
    if (!word.n)
        refuse(r, "the line is too short");
    word = str_eq(word, STR("-")) ? STR("") : unescape(r, word);
    if (utf8_valid(word) != word.n)
        refuse(r, "the text is no UTF-8");
    return word;
}

static int64_t read_number(Reader *r, int64_t most)
{
    Str word = str_cut(&r->line, ' ');
    int64_t value = 0;
    for (size_t i = 0; i < word.n && is_digit(word.at[i]) && value <= most; i++)
        value = value * 10 + (word.at[i] - '0');
    bool plain = word.n && (word.at[0] != '0' || word.n == 1);
    for (size_t i = 0; i < word.n; i++)
        plain = plain && is_digit(word.at[i]);
    if (!plain || value > most)
        refuse(r, "a number is wrong, or too large");
    return value;
}

static void read_bytes(Reader *r, uint8_t *bytes, size_t n)
{
    Str word = str_cut(&r->line, ' ');
    bool good = word.n == 2 * n;
    for (size_t i = 0; i < n && good; i++) {
        int high = hex_digit(word.at[2 * i]), low = hex_digit(word.at[2 * i + 1]);
        good = high >= 0 && low >= 0;
        bytes[i] = (uint8_t)(high * 16 + low);
    }
    if (!good)
        refuse(r, "a fingerprint is wrong");
}

static uint64_t read_print(Reader *r)
{
    uint8_t bytes[8] = {0};
    uint64_t value = 0;
    read_bytes(r, bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        value = value << 8 | bytes[i];
    return value;
}

/* The index of the word in `names`. */
static int read_name(Reader *r, const char *const *names, int n)
{
    Str word = str_cut(&r->line, ' ');
    for (int i = 0; i < n; i++)
        if (str_eq(word, str_of(names[i])))
            return i;
    refuse(r, "a word stands where it means nothing");
    return 0;
}

static void read_type(Reader *r)
{
    LockedType t = {.time = read_number(r, LATEST_TIME)};
    t.shown = read_print(r);
    t.name = read_text(r);
    LockedType *known = lock_find_type(r->lock, t.name);
    bool in_doubt = known && t.time == known->time && t.shown != known->shown;
    if (!known)
        known = vec_push(&r->lock->types, r->lock->arena);
    if (t.time >= known->time)
        *known = t;
    if (in_doubt)
        known->shown = 0; /* see drop_doubles */
}

static void read_file(Reader *r)
{
    *vec_push(&r->lock->files, r->lock->arena) = read_text(r);
    *vec_push(&r->lock->decks, r->lock->arena) = STR("");
    if (!r->lock->files.at[r->lock->files.n - 1].n)
        refuse(r, "no name of a file");
}

static void read_deck(Reader *r)
{
    if (r->lock->decks.n)
        r->lock->decks.at[r->lock->decks.n - 1] = read_text(r);
    else
        refuse(r, "a deck stands above the first file");
}

static void read_adopted(Reader *r)
{
    AdoptedType *t = vec_push(&r->lock->adopted, r->lock->arena);
    t->type.cloze = read_name(r, locked_kind_names, LOCKED_KINDS);
    t->type.id = read_number(r, LATEST_ID);
    t->question = (uint32_t)read_number(r, MOST_FIELDS);
    t->answer = (uint32_t)read_number(r, MOST_FIELDS);
    t->type.sort = (uint32_t)read_number(r, MOST_FIELDS);
    t->type.name = read_text(r);
}

/* A line of the latest adopted type. */
static AdoptedType *latest_adopted(Reader *r)
{
    if (!r->lock->adopted.n)
        refuse(r, "it belongs to no note type");
    return r->failed ? NULL : &r->lock->adopted.at[r->lock->adopted.n - 1];
}

static void read_style(Reader *r)
{
    AdoptedType *t = latest_adopted(r);
    if (t)
        t->type.style = read_text(r);
}

static void read_field(Reader *r)
{
    AdoptedType *t = latest_adopted(r);
    if (t)
        *vec_push(&t->type.fields, r->lock->arena) = read_text(r);
}

static void read_template(Reader *r)
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
static void read_kind(Reader *r, Locked *e)
{
    bool own = r->line.n && !is_digit(r->line.at[0]);
    if (own) {
        e->cloze = read_name(r, locked_kind_names, LOCKED_KINDS);
        return;
    }
    int64_t id = read_number(r, LATEST_ID);
    for (uint32_t i = 0; i < r->lock->adopted.n && !e->adopted; i++)
        e->adopted = r->lock->adopted.at[i].type.id == id ? i + 1 : 0;
    if (e->adopted)
        e->cloze = r->lock->adopted.at[e->adopted - 1].type.cloze;
    else
        refuse(r, "a note type that is not in the lock");
}

static Str read_guid(Reader *r)
{
    if (!r->lock->files.n)
        refuse(r, "an entry stands above the first file");
    Str guid = read_word(r);
    if (!guid.n || guid.n > LONGEST_GUID)
        refuse(r, "no guid");
    return guid;
}

/* A line that never changes, so that git can tell the states of neighbours apart. */
static void read_entry(Reader *r)
{
    if (r->entry.guid.n)
        *vec_push(&r->stateless, r->lock->arena) = r->entry;
    r->entry.place = r->place;
    r->entry.guid = read_guid(r);
}

/* Where git could not merge and both sides were kept, it may stand below another entry. */
static void read_state(Reader *r)
{
    Locked e = {.line = r->place.line};
    e.guid = read_guid(r);
    e.id = read_number(r, LATEST_ID);
    if (!e.id)
        refuse(r, "no id");
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
    if (r->failed)
        return;
    if (str_eq(e.guid, r->entry.guid))
        r->entry.guid = STR("");
    e.file = (uint32_t)r->lock->files.n - 1;
    *vec_push(&r->lock->entries, r->lock->arena) = e;
}

/* The entry that what an adopted note keeps belongs to. */
static Locked *latest_state(Reader *r)
{
    if (!r->lock->entries.n)
        refuse(r, "it belongs to no entry");
    return r->failed ? NULL : &r->lock->entries.at[r->lock->entries.n - 1];
}

static void read_kept(Reader *r)
{
    Locked *e = latest_state(r);
    if (e)
        *vec_push(&e->fields, r->lock->arena) = read_text(r);
}

static void read_tags(Reader *r)
{
    Locked *e = latest_state(r);
    if (e)
        e->tags = read_text(r);
}

static void read_cards(Reader *r)
{
    Locked *e = latest_state(r);
    while (r->line.n && !r->failed)
        *vec_push(&e->cards, r->lock->arena) = (uint32_t)read_number(r, MOST_FIELDS);
}

static const struct {
    Str word;
    void (*read)(Reader *);
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

static void read_row(Reader *r)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eat(&r->line, rows[i].word)) {
            rows[i].read(r);
            return;
        }
    refuse(r, "the line is no part of a lock");
}

static void read_head(Reader *r)
{
    bool known = next_line(r) && str_eq(r->line, head);
    if (!known)
        refuse(r, str_starts(r->line, STR("deckbind lock ")) ? "it is of a later version of deckbind"
                                                             : "it does not begin as a lock does");
    if (next_line(r) && str_eat(&r->line, STR("render ")))
        r->lock->revision = (uint32_t)read_number(r, 1000000);
    else
        refuse(r, "the revision of rendering is missing");
}

static int by_guid(const void *a, const void *b)
{
    const Locked *x = *(Locked *const *)a, *y = *(Locked *const *)b;
    int order = str_cmp(x->guid, y->guid);
    if (order == 0)
        order = (x->time < y->time) - (x->time > y->time);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int by_id(const void *a, const void *b)
{
    const Locked *x = *(Locked *const *)a, *y = *(Locked *const *)b;
    int order = (x->id > y->id) - (x->id < y->id);
    return order ? order : str_cmp(x->guid, y->guid);
}

static int is_state_of(const void *guid, const void *state)
{
    return str_cmp(*(const Str *)guid, (*(Locked *const *)state)->guid);
}

static void check_stateless(Reader *r, Locked **sorted)
{
    if (r->entry.guid.n)
        *vec_push(&r->stateless, r->lock->arena) = r->entry;
    for (size_t i = 0; i < r->stateless.n; i++) {
        const Stateless *e = &r->stateless.at[i];
        if (bsearch(&e->guid, sorted, r->lock->entries.n, sizeof *sorted, is_state_of))
            continue;
        r->place = e->place;
        refuse(r, "an entry without its state");
    }
}

/* What an adopted note keeps follows only one of its states where neither side changed it. */
static void drop(Locked *earlier, Locked *later)
{
    if (!later->fields.n)
        later->fields = earlier->fields;
    if (!later->tags.n)
        later->tags = earlier->tags;
    if (!later->cards.n)
        later->cards = earlier->cards;
    if (earlier->time == later->time && earlier->shown != later->shown)
        later->shown = later->source = 0;
    earlier->guid = STR("");
}

/*
 * Both sides of a merge may have changed or moved an entry: the later of equal guids stays,
 * since Anki may have that one.  Where none is later, Anki may have either, and whatever
 * the notes make of it is new to somebody: then nothing is known of what it shows.
 */
static void drop_doubles(Lock *l, Locked **sorted)
{
    for (size_t i = 1; i < l->entries.n; i++)
        if (str_eq(sorted[i]->guid, sorted[i - 1]->guid)) {
            drop(sorted[i], sorted[i - 1]);
            sorted[i] = sorted[i - 1];
        }
    size_t kept = 0;
    for (size_t i = 0; i < l->entries.n; i++)
        if (l->entries.at[i].guid.n)
            l->entries.at[kept++] = l->entries.at[i];
    l->entries.n = kept;
}

/* Two writers may have given one id at the same time; it only has to be nobody else's. */
static void part_ids(Lock *l, Locked **sorted)
{
    qsort(sorted, l->entries.n, sizeof *sorted, by_id);
    for (size_t i = 1; i < l->entries.n; i++)
        if (sorted[i]->id <= sorted[i - 1]->id)
            sorted[i]->id = sorted[i - 1]->id + 1;
}

static void settle_entries(Reader *r)
{
    Lock *l = r->lock;
    Arena scratch = {0};
    Locked **sorted = arena_new(&scratch, Locked *, l->entries.n + 1);
    for (size_t i = 0; i < l->entries.n; i++)
        sorted[i] = &l->entries.at[i];
    qsort(sorted, l->entries.n, sizeof *sorted, by_guid);
    check_stateless(r, sorted);
    drop_doubles(l, sorted);
    for (size_t i = 0; i < l->entries.n; i++)
        sorted[i] = &l->entries.at[i];
    part_ids(l, sorted);
    arena_free(&scratch);
}

bool lock_read(Lock *l, Diags *d)
{
    l->found = file_exists(l->path) || file_is_link(l->path);
    if (!l->found)
        return true;
    if (!file_read(l->path, l->arena, &l->bytes, d))
        return false;
    Reader r = {.lock = l, .diags = d, .rest = l->bytes, .place.file = str_of(l->path)};
    read_head(&r);
    while (next_line(&r))
        read_row(&r);
    if (!r.failed)
        settle_entries(&r);
    return !r.failed && lock_fits(l, d);
}
