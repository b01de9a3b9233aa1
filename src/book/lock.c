/*
 * lock.c -- a reader that believes nothing, and a writer.
 */
#include "book/lock.h"

#include "base/file.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const state_names[LOCKED_STATES] = {"live", "unanswered", "retired"};
static const char *const kind_names[] = {"question", "cloze"};

static const Str head = STR_INIT("deckbind lock 1");

/* 2100: Anki takes no change that is dated earlier than the last. */
static const int64_t LATEST = 4102444800;
static const int64_t LATEST_ID = 4102444800000;
enum { LONGEST_GUID = 200 };

typedef struct Reader {
    Lock *lock;
    Diags *diags;
    Str rest, line; /* what is left of the text, and of the line */
    Place place;
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

static Str read_rest(Reader *r)
{
    return unescape(r, r->line);
}

static Str read_word(Reader *r)
{
    Str word = str_cut(&r->line, ' ');
    if (!word.n)
        refuse(r, "the line is too short");
    return str_eq(word, STR("-")) ? STR("") : unescape(r, word);
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
    LockedType t = {.time = read_number(r, LATEST)};
    t.shown = read_print(r);
    t.name = read_rest(r);
    LockedType *known = lock_find_type(r->lock, t.name);
    if (!known)
        known = vec_push(&r->lock->types, r->lock->arena);
    if (t.time >= known->time)
        *known = t;
}

static void read_file(Reader *r)
{
    Str name = read_rest(r);
    if (!name.n || utf8_valid(name) != name.n)
        refuse(r, "no name of a file");
    *vec_push(&r->lock->files, r->lock->arena) = name;
}

static void read_state(Reader *r, Locked *e)
{
    e->state = (LockedState)read_name(r, state_names, LOCKED_STATES);
    e->cloze = read_name(r, kind_names, COUNT(kind_names));
    e->time = read_number(r, LATEST);
    e->question = read_print(r);
    e->answer = read_print(r);
    e->source = read_print(r);
    e->shown = read_print(r);
    read_bytes(r, e->sketch.of, SKETCH_BYTES);
    e->gaps = read_word(r);
    e->number = read_word(r);
    e->text = read_rest(r);
    if (utf8_valid(e->text) != e->text.n || utf8_valid(e->number) != e->number.n)
        refuse(r, "the text is no UTF-8");
}

/* Without the marks of git, entries that both sides put in have no empty line between. */
static bool more_states(Str rest)
{
    return rest.n && rest.at[0] != '\n' && rest.at[0] != '\r'
        && !str_starts(rest, STR("entry ")) && !str_starts(rest, STR("file "));
}

/*
 * Where git could not merge and both sides were kept, the states of both follow one line
 * of the entry: the later holds, since Anki may have that one.
 */
static void read_entry(Reader *r)
{
    Locked e = {.file = (uint32_t)r->lock->files.n, .line = r->place.line};
    e.guid = read_word(r);
    e.id = read_number(r, LATEST_ID);
    if (!e.file--)
        refuse(r, "an entry stands above the first file");
    if (!e.guid.n || e.guid.n > LONGEST_GUID || utf8_valid(e.guid) != e.guid.n || !e.id)
        refuse(r, "no guid, or no id");
    bool some = false;
    while (!r->failed && more_states(r->rest) && next_line(r)) {
        Locked other = e;
        read_state(r, &other);
        if (!some || other.time > e.time)
            e = other;
        some = true;
    }
    if (!some)
        refuse(r, "an entry without its second line");
    *vec_push(&r->lock->entries, r->lock->arena) = e;
}

static const struct {
    Str word;
    void (*read)(Reader *);
} rows[] = {
    {STR_INIT("entry "), read_entry},
    {STR_INIT("file "), read_file},
    {STR_INIT("type "), read_type},
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
    return order ? order : (x->time < y->time) - (x->time > y->time);
}

static int by_id(const void *a, const void *b)
{
    const Locked *x = *(Locked *const *)a, *y = *(Locked *const *)b;
    int order = (x->id > y->id) - (x->id < y->id);
    return order ? order : str_cmp(x->guid, y->guid);
}

/* Both sides of a merge may have moved an entry: the later of equal guids stays. */
static void drop_doubles(Lock *l, Locked **sorted)
{
    qsort(sorted, l->entries.n, sizeof *sorted, by_guid);
    for (size_t i = 1; i < l->entries.n; i++)
        if (str_eq(sorted[i]->guid, sorted[i - 1]->guid)) {
            sorted[i]->guid = STR("");
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

static void settle_entries(Lock *l)
{
    Arena scratch = {0};
    Locked **sorted = arena_new(&scratch, Locked *, l->entries.n + 1);
    for (size_t i = 0; i < l->entries.n; i++)
        sorted[i] = &l->entries.at[i];
    if (l->entries.n)
        drop_doubles(l, sorted);
    for (size_t i = 0; i < l->entries.n; i++)
        sorted[i] = &l->entries.at[i];
    if (l->entries.n)
        part_ids(l, sorted);
    arena_free(&scratch);
}

bool lock_read(Lock *l, Diags *d)
{
    l->found = file_exists(l->path);
    if (!l->found)
        return true;
    if (!file_read(l->path, l->arena, &l->bytes, d))
        return false;
    Reader r = {.lock = l, .diags = d, .rest = l->bytes, .place.file = str_of(l->path)};
    read_head(&r);
    while (next_line(&r))
        read_row(&r);
    if (!r.failed)
        settle_entries(l);
    return !r.failed;
}

/* `blank` is written as it is where the rest of the line is one text. */
static void put_escaped(Buf *b, Str s, bool blank)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool kept = c == ' ' ? blank && i + 1 < s.n : c > ' ' && c != 0x7F && c != '\\';
        if (kept)
            buf_put_char(b, s.at[i]);
        else
            buf_printf(b, "\\%02x", c);
    }
}

static void put_word(Buf *b, Str word)
{
    buf_put_char(b, ' ');
    if (!word.n)
        buf_put_char(b, '-');
    else if (str_eq(word, STR("-")))
        buf_puts(b, "\\2d");
    else
        put_escaped(b, word, false);
}

static void put_bytes(Buf *b, const uint8_t *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    buf_put_char(b, ' ');
    for (size_t i = 0; i < n; i++) {
        buf_put_char(b, digits[bytes[i] >> 4]);
        buf_put_char(b, digits[bytes[i] & 15]);
    }
}

static void put_print(Buf *b, uint64_t print)
{
    uint8_t bytes[8];
    for (size_t i = sizeof bytes; i-- > 0; print >>= 8)
        bytes[i] = (uint8_t)print;
    put_bytes(b, bytes, sizeof bytes);
}

static void put_entry(Buf *b, const Locked *e)
{
    buf_puts(b, "\nentry");
    put_word(b, e->guid);
    buf_printf(b, " %" PRId64 "\n%s %s %" PRId64, e->id, state_names[e->state], kind_names[e->cloze],
               e->time);
    put_print(b, e->question);
    put_print(b, e->answer);
    put_print(b, e->source);
    put_print(b, e->shown);
    put_bytes(b, e->sketch.of, SKETCH_BYTES);
    put_word(b, e->gaps);
    put_word(b, e->number);
    buf_put_char(b, ' ');
    put_escaped(b, e->text, true);
    buf_put_char(b, '\n');
}

Str lock_write(const Lock *l, Arena *a)
{
    Buf b = {.arena = a};
    buf_put(&b, head);
    buf_printf(&b, "\nrender %u\n", l->revision);
    for (size_t i = 0; i < l->types.n; i++) {
        buf_printf(&b, "type %" PRId64, l->types.at[i].time);
        put_print(&b, l->types.at[i].shown);
        buf_put_char(&b, ' ');
        put_escaped(&b, l->types.at[i].name, true);
        buf_put_char(&b, '\n');
    }
    for (size_t i = 0; i < l->entries.n; i++) {
        const Locked *e = &l->entries.at[i];
        if (!i || e->file != e[-1].file) {
            buf_puts(&b, "\nfile ");
            put_escaped(&b, l->files.at[e->file], true);
            buf_put_char(&b, '\n');
        }
        put_entry(&b, e);
    }
    return buf_str(&b);
}
