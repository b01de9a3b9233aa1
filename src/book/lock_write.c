/*
 * lock_write.c -- the same lock is the same bytes.
 */
#include "book/lock.h"

#include <inttypes.h>

const char *const locked_state_names[LOCKED_WORDS] = {"live", "unanswered", "retired", "tagged"};
const char *const locked_kind_names[LOCKED_KINDS] = {"question", "cloze"};

/* `blank` is written as it is where the rest of the line is one text. */
static void put_escaped(Buf *b, Str s, bool blank)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool kept = c == ' ' ? blank && i + 1 < s.n : c > ' ' && c != 0x7F && c != '\\';
        if (kept)
            continue;
        buf_put(b, (Str){s.at + from, i - from});
        buf_printf(b, "\\%02x", c);
        from = i + 1;
    }
    buf_put(b, str_drop(s, from));
}

/* A line of one text. */
static void put_line(Buf *b, const char *word, Str text)
{
    buf_puts(b, word);
    put_escaped(b, text, true);
    buf_put_char(b, '\n');
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

static void put_kept(Buf *b, const Locked *e)
{
    for (size_t i = 0; i < e->cards.n; i++)
        buf_printf(b, "%s %u", i ? "" : "cards", e->cards.at[i]);
    buf_puts(b, e->cards.n ? "\n" : "");
    if (e->tags.n)
        put_line(b, "tags ", e->tags);
    for (size_t i = 0; i < e->fields.n; i++)
        put_line(b, "kept ", e->fields.at[i]);
}

static void put_entry(Buf *b, const Lock *l, const Locked *e)
{
    buf_puts(b, "\nentry");
    put_word(b, e->guid);
    buf_puts(b, "\nstate");
    put_word(b, e->guid);
    buf_printf(b, " %" PRId64 " %s ", e->id, locked_state_names[e->tagged ? LOCKED_TAGGED : (int)e->state]);
    if (e->adopted)
        buf_printf(b, "%" PRId64, l->adopted.at[e->adopted - 1].type.id);
    else
        buf_puts(b, locked_kind_names[e->cloze]);
    buf_printf(b, " %" PRId64, e->time);
    put_print(b, e->question);
    put_print(b, e->answer);
    put_print(b, e->source);
    put_print(b, e->shown);
    put_bytes(b, e->sketch.of, SKETCH_BYTES);
    put_word(b, e->gaps);
    put_word(b, e->number);
    put_line(b, " ", e->text);
    put_kept(b, e);
}

static void put_type(Buf *b, const LockedType *t)
{
    buf_printf(b, "type %" PRId64, t->time);
    put_print(b, t->shown);
    put_line(b, " ", t->name);
}

static void put_adopted(Buf *b, const AdoptedType *t)
{
    buf_printf(b, "\nadopted %s %" PRId64 " %u %u %u", locked_kind_names[t->type.cloze], t->type.id, t->question,
               t->answer, t->type.sort);
    put_line(b, " ", t->type.name);
    for (size_t i = 0; i < t->type.fields.n; i++)
        put_line(b, "field ", t->type.fields.at[i]);
    for (size_t i = 0; i < t->type.templates.n; i++) {
        const ReadTemplate *template = &t->type.templates.at[i];
        buf_puts(b, "template");
        put_word(b, template->name);
        put_word(b, template->front);
        put_word(b, template->back);
        buf_put_char(b, '\n');
    }
    put_line(b, "style ", t->type.style);
}

Str lock_write(const Lock *l, Arena *a)
{
    Buf b = {.arena = a};
    buf_reserve(&b, l->bytes.n + l->bytes.n / 8); /* it seldom grows by more */
    buf_puts(&b, LOCK_HEAD);
    buf_printf(&b, "\nrender %u\n", l->revision);
    for (size_t i = 0; i < l->types.n; i++)
        put_type(&b, &l->types.at[i]);
    for (size_t i = 0; i < l->adopted.n; i++)
        put_adopted(&b, &l->adopted.at[i]);
    for (size_t i = 0; i < l->entries.n; i++) {
        const Locked *e = &l->entries.at[i];
        if (!i || e->file != e[-1].file) {
            put_line(&b, "\nfile ", l->files.at[e->file]);
            if (l->decks.at[e->file].n)
                put_line(&b, "deck ", l->decks.at[e->file]);
        }
        put_entry(&b, l, e);
    }
    return buf_str(&b);
}
