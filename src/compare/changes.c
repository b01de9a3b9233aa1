/*
 * changes.c -- kinds of changes as a table, and what all forms of a report say of them.
 */
#include "compare/changes.h"

#include "compare/changes_parts.h"
#include "compare/linediff.h"

#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

const ChangeKind change_kinds[CHANGE_KINDS] = {
    {ADDED, '+', "added", "Added", "added", NULL, false},
    {REVIVED, '+', "revived", "Back in the notes", "back in the notes",
     "their cards go on where they were", false},
    {REMOVED, '-', "removed", "Removed", "removed",
     "an import deletes nothing; delete them in Anki", false},
    {LEFT_OUT, '-', "left_out", "Left out of the deck", "left out of the deck",
     "they have no answer any more; Anki keeps the cards", false},
    {REWORDED, '~', "reworded", "Reworded", "reworded", NULL, false},
    {ANSWER, '~', "answer", "Answer changed", "with another answer", NULL, false},
    {NEW_ID, '~', "id", "New id", "with a new id",
     "Anki adds them as new cards beside the old ones", false},
    {TYPE, '~', "type", "Note type changed", "of another note type",
     "Anki leaves such notes as they are", false},
    {CARDS, '~', "cards", "Cards changed", "with other cards", NULL, false},
    {MOVED, '~', "moved", "Moved", "moved", "Anki leaves a card in the deck that it is in", false},
    {TAGS, '~', "tags", "Tags changed", "with other tags", NULL, false},
    {MARKUP, '~', "markup", "Markup changed", "with the same words in other markup", NULL, false},
    {LOOK, '~', "look", "Look changed", "with the same words that look different",
     "a picture, a tag, a heading above, or markup", false},
    {LINE, '~', "line", "Line changed", "only on another line of their file", NULL, true},
    {UNANSWERED, '+', "unanswered", "Not answered yet", "new without an answer, so not in the deck yet",
     NULL, true},
};

const Property properties[PROPERTIES] = {
    {TYPE, "type", offsetof(Change, type_before), offsetof(Change, type_after)},
    {CARDS, "cards", offsetof(Change, cards_before), offsetof(Change, cards_after)},
    {MOVED, "place", offsetof(Change, place_before), offsetof(Change, place_after)},
    {TAGS, "tags", offsetof(Change, tags_before), offsetof(Change, tags_after)},
};

enum { MOST_TAGS = 4096, /* bytes to compare tag by tag */
       TITLE_COLUMNS = 100 };

/* Whether `out` is a terminal, and its user does not refuse colour. */
static bool wants_color(FILE *out)
{
    const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool dumb = !terminal || str_eq(str_of(terminal), STR("dumb"));
    return isatty(fileno(out)) && !dumb && !(refused && *refused);
}

void changes_print(const Changes *c, const Options *o)
{
    if (o->json)
        changes_json(c, stdout);
    else if (o->markdown)
        changes_markdown(c, stdout);
    else
        changes_text(c, o->color || wants_color(stdout), stdout);
    fflush(stdout);
}

size_t count_kind(const Changes *c, unsigned bit)
{
    size_t n = 0;
    for (size_t i = 0; i < c->list.n; i++)
        n += (c->list.at[i].kinds & bit) != 0;
    return n;
}

/* The lowest bit is the first kind. */
bool is_first(const Change *change, unsigned bit)
{
    return (change->kinds & bit) && !(change->kinds & (bit - 1));
}

size_t count_first(const Changes *c, unsigned bit)
{
    size_t n = 0;
    for (size_t i = 0; i < c->list.n; i++)
        n += is_first(&c->list.at[i], bit);
    return n;
}

size_t count_same(const Changes *c)
{
    return c->notes_after - (c->list.n - count_kind(c, ABSENT));
}

Str change_title(const Change *change, Arena *a)
{
    Str rest = change->kinds & REMOVED ? change->question_before : change->question_after;
    Str line = cut_columns(str_trim(str_cut(&rest, '\n')), TITLE_COLUMNS, a);
    if (!rest.n)
        return line.n ? line : STR("(no text)");
    Buf b = {.arena = a};
    buf_put(&b, line);
    buf_puts(&b, " …");
    return buf_str(&b);
}

Str change_place(const Change *change)
{
    return change->kinds & REMOVED ? change->place_before : change->place_after;
}

Str change_where(const Changes *c, const Change *change)
{
    return change->source.n || !c->by_file ? change->source : change_place(change);
}

bool is_rewording(const Change *change)
{
    return (change->kinds & REWORDED) && change->question_before.at && change->question_after.at;
}

bool hides_answer(const Change *change)
{
    return (change->kinds & ANSWER) && !(change->answer_before.at && change->answer_after.at);
}

static Str str_at(const Change *change, size_t offset)
{
    Str s;
    memcpy(&s, (const char *)change + offset, sizeof s);
    return s;
}

Str property_before(const Change *change, const Property *p)
{
    return str_at(change, p->before);
}

Str property_after(const Change *change, const Property *p)
{
    return str_at(change, p->after);
}

static bool has_word(Str words, Str word)
{
    while (words.n)
        if (str_eq(str_cut(&words, ' '), word))
            return true;
    return false;
}

/* The words of `some` that are not in `others`, each after `sign`. */
static void put_missing(Buf *b, char sign, Str some, Str others)
{
    while (some.n) {
        Str word = str_cut(&some, ' ');
        if (!word.n || has_word(others, word))
            continue;
        buf_put(b, b->n ? STR(" ") : STR(""));
        buf_put_char(b, sign);
        buf_put(b, word);
    }
}

Str property_diff(const Change *change, const Property *p, Arena *a)
{
    Str before = property_before(change, p), after = property_after(change, p);
    Buf b = {.arena = a};
    if (!(change->kinds & p->bit) || !before.at || !after.at)
        return STR("");
    if (p->bit == TAGS && before.n + after.n <= MOST_TAGS) {
        put_missing(&b, '+', after, before);
        put_missing(&b, '-', before, after);
        return buf_str(&b);
    }
    buf_put(&b, before.n ? before : STR("none"));
    buf_puts(&b, " → ");
    buf_put(&b, after.n ? after : STR("none"));
    return buf_str(&b);
}

Str change_group(const Changes *c, const Change *change, unsigned bit, Arena *a)
{
    for (size_t i = 0; i < PROPERTIES; i++)
        if (properties[i].bit == bit)
            return property_diff(change, &properties[i], a);
    return c->by_file ? STR("") : change_place(change);
}

Str outcome_text(const Outcome *o, Arena *a)
{
    Buf b = {.arena = a};
    if (o->known && !o->added && !o->changed)
        buf_puts(&b, "An import would change nothing.\n");
    else if (o->known)
        buf_printf(&b, "An import would add %zu card%s, change %zu and leave %zu as %s.\n", o->added,
                   o->added == 1 ? "" : "s", o->changed, o->same, o->same == 1 ? "it is" : "they are");
    if (o->stop.n)
        buf_printf(&b, "The build would stop: %.*s.\n", STR_ARG(o->stop));
    return buf_str(&b);
}

const char *part_verb(const PartChange *part)
{
    return part->kind == ADDED ? "added" : part->kind == REMOVED ? "removed" : "changed";
}
