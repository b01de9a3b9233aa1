/*
 * changes_json.c -- the report for programs: one object, on one line.
 *
 * {"before":…, "after":…, "summary":{"before":notes, "after":notes, KIND:notes…,
 * "unchanged":notes}, "remark":…, "cards":{"added":…, "changed":…, "unchanged":…}, "stop":…,
 * "changes":[{"kinds":[…], "id":…, "question":{"before":…, "after":…}, …}], "parts":[…]}.
 * What is not known is null.
 */
#include "base/json.h"
#include "base/print.h"
#include "base/utf8.h"
#include "compare/changes_parts.h"

static void put_text(Buf *b, Str text)
{
    if (text.at)
        json_put(b, "s%", JSON_STR(utf8_clean(text, b->arena)));
    else
        buf_puts(b, "null");
}

static void put_member(Buf *b, const char *name, Str text)
{
    buf_printf(b, ",\"%s\":", name);
    put_text(b, text);
}

static void put_pair(Buf *b, const char *name, Str before, Str after)
{
    buf_printf(b, ",\"%s\":{\"before\":", name);
    put_text(b, before);
    put_member(b, "after", after);
    buf_puts(b, "}");
}

static void put_kinds(Buf *b, unsigned kinds)
{
    const char *comma = "";
    buf_puts(b, "{\"kinds\":[");
    for (size_t i = 0; i < CHANGE_KINDS; i++) {
        if (!(kinds & change_kinds[i].bit))
            continue;
        buf_printf(b, "%s\"%s\"", comma, change_kinds[i].name);
        comma = ",";
    }
    buf_puts(b, "]");
}

static void put_change(Buf *b, const Change *change)
{
    put_kinds(b, change->kinds);
    put_member(b, "id", change->id);
    put_member(b, "source", change->source);
    put_pair(b, "question", change->question_before, change->question_after);
    put_pair(b, "answer", change->answer_before, change->answer_after);
    for (size_t i = 0; i < PROPERTIES; i++)
        put_pair(b, properties[i].name, property_before(change, &properties[i]),
                 property_after(change, &properties[i]));
    buf_puts(b, "}");
}

static void put_part(Buf *b, const PartChange *part)
{
    buf_printf(b, "{\"kind\":\"%s\",\"what\":\"%s\"", part_verb(part), part->what);
    put_member(b, "name", part->name);
    put_member(b, "detail", part->detail);
    buf_puts(b, "}");
}

static void put_outcome(Buf *b, const Outcome *o)
{
    if (o->known)
        buf_printf(b, ",\"cards\":{\"added\":%zu,\"changed\":%zu,\"unchanged\":%zu}", o->added,
                   o->changed, o->same);
    else
        buf_puts(b, ",\"cards\":null");
    put_member(b, "stop", o->stop);
}

static void put_head(Buf *b, const Changes *c)
{
    buf_puts(b, "{\"before\":");
    put_text(b, c->before);
    put_member(b, "after", c->after);
    buf_printf(b, ",\"summary\":{\"before\":%zu,\"after\":%zu", c->notes_before, c->notes_after);
    for (size_t i = 0; i < CHANGE_KINDS; i++)
        buf_printf(b, ",\"%s\":%zu", change_kinds[i].name, count_kind(c, change_kinds[i].bit));
    buf_printf(b, ",\"unchanged\":%zu}", count_same(c));
    put_member(b, "remark", c->remark ? str_of(c->remark) : (Str){0});
    put_outcome(b, &c->outcome);
    buf_puts(b, ",\"changes\":[");
}

/* One piece after the other, so that a large report is never held as a whole. */
static void flush(Buf *b, FILE *out)
{
    print_json(buf_str(b), out);
    arena_free(b->arena);
    *b = (Buf){.arena = b->arena};
}

void changes_json(const Changes *c, FILE *out)
{
    Arena scratch = {0};
    Buf b = {.arena = &scratch};
    put_head(&b, c);
    for (size_t i = 0; i < c->list.n; i++) {
        buf_puts(&b, i ? "," : "");
        put_change(&b, &c->list.at[i]);
        flush(&b, out);
    }
    buf_puts(&b, "],\"parts\":[");
    for (size_t i = 0; i < c->parts.n; i++) {
        buf_puts(&b, i ? "," : "");
        put_part(&b, &c->parts.at[i]);
    }
    buf_puts(&b, "]}");
    flush(&b, out);
    fputc('\n', out);
}
