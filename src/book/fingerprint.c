/*
 * fingerprint.c -- digests, and a sketch by the least hash of each of 32 classes.
 *
 * A sketch keeps, of all runs of three characters of a text, the least hash in each
 * class of hashes, cut to a byte.  Two texts that share a run have the same hash for it,
 * so the share of equal bytes is about that of the runs which they share (one
 * permutation hashing; an empty class takes the byte of the next one that is not).
 */
#include "book/fingerprint.h"

#include "base/hash.h"
#include "base/utf8.h"

enum { RUN = 3, CLASS_BITS = 5, LONGEST_TEXT = 300 /* bytes */ };
_Static_assert(1 << CLASS_BITS == SKETCH_BYTES, "a byte for each class");

Str fingerprint_normal(Str text, Arena *a)
{
    Str folded = utf8_fold(text, a);
    Buf b = {.arena = a};
    for (size_t i = 0, n; i < folded.n; i += n) {
        uint32_t code = utf8_at(folded, i, &n);
        bool matters = !utf8_is_space(code) && (!utf8_is_punct(code) || code == '+' || code == '#');
        if (matters)
            buf_put(&b, (Str){folded.at + i, n});
    }
    return b.n ? buf_str(&b) : folded; /* a question may be all marks */
}

static Str slice_line(const Source *s, const Slice *slice, uint32_t line)
{
    Str text = str_drop(source_line(s, line), line == slice->from ? slice->skip : 0);
    return slice->keep && line == slice->to ? str_take(text, slice->keep) : text;
}

Str fingerprint_question(const Source *s, const Entry *e, Arena *a)
{
    Buf b = {.arena = a};
    buf_put(&b, e->title);
    for (size_t i = 0; i < e->slices.n; i++) {
        const Slice *slice = &e->slices.at[i];
        for (uint32_t line = slice->from; slice->part == PART_QUESTION && line <= slice->to; line++) {
            buf_put_char(&b, '\n');
            buf_put(&b, slice_line(s, slice, line));
        }
    }
    return buf_str(&b);
}

Str fingerprint_text(Str question, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < question.n && b.n <= LONGEST_TEXT; i++)
        if (!is_space(question.at[i]))
            buf_put_char(&b, question.at[i]);
        else if (b.n && b.at[b.n - 1] != ' ')
            buf_put_char(&b, ' ');
    size_t n = b.n < LONGEST_TEXT ? b.n : LONGEST_TEXT;
    while (n < b.n && n && ((unsigned char)b.at[n] & 0xC0) == 0x80)
        n--;
    return str_trim_end(str_take(buf_str(&b), n));
}

uint64_t fingerprint_of(Str normal)
{
    return hash_quick(normal);
}

/* What is said, in a plain way that costs little: without blanks and marks, small letters. */
static void put_said(Buf *b, Str text)
{
    buf_reserve(b, text.n);
    char *to = b->at + b->n;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.at[i];
        *to = to_lower((char)c);
        to += c >= 0x7F || is_alnum((char)c) || c == '+' || c == '#';
    }
    *to = '\0';
    b->n = (size_t)(to - b->at);
}

static void put_answer(Buf *b, const Source *s, const Entry *e)
{
    for (size_t i = 0; i < e->slices.n; i++) {
        const Slice *slice = &e->slices.at[i];
        for (uint32_t line = slice->from; slice->part != PART_QUESTION && line <= slice->to; line++)
            put_said(b, slice_line(s, slice, line));
    }
}

static Sketch sketch(Str text)
{
    uint64_t least[SKETCH_BYTES];
    memset(least, 0xFF, sizeof least);
    uint64_t run = 0;
    for (size_t i = 0, n; i < text.n; i += n) {
        run = (run << 21 | utf8_at(text, i, &n)) & ((1ull << (21 * RUN)) - 1);
        uint64_t hash = hash_mix(run + 1);
        hash ^= hash >> 33;
        size_t class = hash >> (64 - CLASS_BITS);
        if (hash < least[class])
            least[class] = hash;
    }
    Sketch made = {{0}};
    for (size_t i = 0; i < SKETCH_BYTES && text.n; i++) {
        size_t class = i;
        while (least[class] == UINT64_MAX)
            class = (class + 1) % SKETCH_BYTES;
        made.of[i] = (uint8_t)hash_mix(least[class] + i);
    }
    return made;
}

double sketch_alike(const Sketch *x, const Sketch *y)
{
    int same = 0;
    for (size_t i = 0; i < SKETCH_BYTES; i++)
        same += x->of[i] == y->of[i];
    return (double)same / SKETCH_BYTES;
}

static Said said_of(Str said)
{
    return (Said){said.n ? hash_quick(said) : 0, sketch(said), said.n};
}

Said fingerprint_said(Str answer)
{
    Arena scratch = {0};
    Buf b = {.arena = &scratch};
    put_said(&b, answer);
    Said said = said_of(buf_str(&b));
    arena_free(&scratch);
    return said;
}

/* An id that another tool gave outlives every change of the question. */
static Str normal_of(const Source *s, const Entry *e, Arena *a)
{
    if (!e->id.n)
        return fingerprint_normal(fingerprint_question(s, e, a), a);
    Buf b = {.arena = a};
    buf_printf(&b, "id:%.*s", STR_ARG(e->id));
    return buf_str(&b);
}

void source_fingerprint(Source *s)
{
    Arena scratch = {0};
    Buf answer = {.arena = &scratch};
    for (size_t i = 0; i < s->entries.n; i++) {
        Entry *e = &s->entries.at[i];
        if (e->kind == ENTRY_OTHER)
            continue;
        Arena work = {0};
        e->normal = str_copy(&s->kept, normal_of(s, e, &work));
        e->text = str_copy(&s->kept, fingerprint_text(fingerprint_question(s, e, &work), &work));
        arena_free(&work);
        if (e->kind != ENTRY_QUESTION)
            continue;
        answer.n = 0;
        put_answer(&answer, s, e);
        Said said = said_of(buf_str(&answer));
        e->prints = (Prints){.question = fingerprint_of(e->normal), .said = said.bytes,
                             .answer = said.print, .sketch = said.sketch};
    }
    arena_free(&scratch);
}

enum { MARK = 0x1F }; /* parts what is hashed; reading leaves no such character in a note */

static void put_apart(Buf *b, Str s)
{
    buf_put(b, s);
    buf_put_char(b, MARK);
}

/* What all entries of a file may draw on besides their own lines. */
static Str shared_of(const Source *s, const Book *b, Arena *a)
{
    Buf all = {.arena = a};
    put_apart(&all, s->name);
    put_apart(&all, b->config.language);
    put_apart(&all, b->config.source_url);
    for (size_t i = 0; i < s->tags.n; i++)
        put_apart(&all, s->tags.at[i]);
    for (size_t i = 0; i < s->media.n; i++)
        put_apart(&all, s->media.at[i].name);
    for (size_t i = 0; i < s->references.links.n; i++) {
        put_apart(&all, s->references.links.at[i].target);
        put_apart(&all, s->references.links.at[i].title);
    }
    for (size_t i = 0; i < s->references.footnotes.n; i++)
        put_apart(&all, node_plain(s->references.footnotes.at[i], a));
    Buf digest = {.arena = a};
    buf_printf(&digest, "%016llx", (unsigned long long)hash_quick(buf_str(&all)));
    return buf_str(&digest);
}

static void put_place(Buf *b, const Source *s, const Entry *e)
{
    put_apart(b, s->name);
    put_apart(b, e->section);
    put_apart(b, e->tags);
    put_apart(b, e->gap_numbers);
}

static void put_lines(Buf *b, const Source *s, const Entry *e)
{
    put_apart(b, e->title);
    buf_printf(b, "%d", e->reversed + 2 * e->typed); /* which may stand in a mark between the slices */
    for (size_t i = 0; i < e->slices.n; i++) {
        const Slice *slice = &e->slices.at[i];
        buf_printf(b, "%d", slice->part);
        for (uint32_t line = slice->from; line <= slice->to; line++)
            put_apart(b, slice_line(s, slice, line));
    }
}

/* How code is coloured is none of its content: only that it may be. */
static void put_code(Buf *b, Str code)
{
    static const Str marks[] = {STR_INIT("<span"), STR_INIT("</span"), STR_INIT("<!--")};
    buf_put_char(b, '\1');
    while (code.n) {
        size_t text = str_find_char(code, '<');
        buf_put(b, str_take(code, text));
        code = str_drop(code, text);
        Str tag = str_take(code, str_find_char(code, '>'));
        bool mark = false;
        for (size_t i = 0; i < COUNT(marks); i++)
            mark = mark || str_starts(tag, marks[i]);
        buf_put(b, mark ? STR("") : tag);
        code = str_drop(code, tag.n + 1);
    }
}

static void put_field(Buf *b, Str html)
{
    for (size_t pre; (pre = str_find(html, STR("<pre"))) != STR_NONE;) {
        buf_put(b, str_take(html, pre));
        html = str_drop(html, pre);
        Str code = str_take(html, str_find(html, STR("</pre>")));
        put_code(b, code);
        html = str_drop(html, code.n);
        str_eat(&html, STR("</pre>"));
    }
    put_apart(b, html);
}

static void put_shown(Buf *b, const Source *s, const Book *book, const Entry *e)
{
    put_apart(b, book->config.language);
    put_apart(b, book->config.source_url);
    for (size_t i = 0; i < s->tags.n; i++)
        put_apart(b, s->tags.at[i]);
    buf_printf(b, "%d %d", e->cloze != GAPS_NONE, e->reversed);
    put_apart(b, e->card_title);
    for (int part = 0; part < PARTS; part++)
        put_field(b, e->card_part[part]);
    buf_put(b, e->typed_text);
}

void source_seal(Source *s, const Book *book)
{
    Arena scratch = {0};
    Buf b = {.arena = &scratch};
    Str shared = shared_of(s, book, &s->arena);
    for (size_t i = 0; i < s->entries.n; i++) {
        Entry *e = &s->entries.at[i];
        if (e->kind != ENTRY_QUESTION)
            continue;
        b.n = 0;
        put_place(&b, s, e);
        size_t place = b.n;
        put_apart(&b, shared);
        put_lines(&b, s, e);
        e->prints.source = hash_quick(buf_str(&b));
        b.n = place;
        put_shown(&b, s, book, e);
        e->prints.shown = hash_quick(buf_str(&b));
    }
    arena_free(&scratch);
}
