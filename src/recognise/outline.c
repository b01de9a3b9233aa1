/*
 * outline.c -- who lies in whom, and whose each line is.
 */
#include "recognise/outline.h"

#include "recognise/ids.h"
#include "recognise/lines.h"
#include "recognise/parts.h"

enum { DEEPEST = 16 };

typedef struct Outline {
    Source *source;
    const uint8_t *states;
    Cutter cutter;
    struct {
        uint32_t entry, rank; /* entry: 1 + index */
    } open[DEEPEST];
    uint32_t depth;
} Outline;

/* Entries that `m` closes are closed; what is left open holds it. */
static void find_parent(Outline *o, const Mark *m, Entry *e)
{
    bool section = m->level && m->role == ROLE_SECTION;
    uint32_t closed = section ? m->level * 10u - 1 : m->rank; /* a section over entries of its level, too */
    while (o->depth && o->open[o->depth - 1].rank >= closed)
        o->depth--;
    /* only a heading, a nested number or a card with an end is part of a question */
    bool nests = m->level || mark_is_nested(m) || (m->extent.end && m->class != MARK_BETWEEN);
    while (o->depth && !nests
           && o->source->entries.at[o->open[o->depth - 1].entry - 1].kind == ENTRY_QUESTION)
        o->depth--;
    e->parent = o->depth ? o->open[o->depth - 1].entry : 0;
    e->depth = o->depth;
    if (o->depth == DEEPEST)
        o->depth--;
    o->open[o->depth].entry = (uint32_t)o->source->entries.n;
    o->open[o->depth++].rank = m->rank;
}

static Entry *entry_new(Outline *o, EntryKind kind, uint32_t line)
{
    Entry *e = vec_push(&o->source->entries, &o->source->kept);
    e->kind = kind;
    e->line = e->end_line = line;
    return e;
}

/* What other tools wrote right below an entry goes with it. */
static uint32_t skip_tools(const Outline *o, uint32_t last, uint32_t next)
{
    while (last + 1 < next && o->states[last] == LINE_TOOL)
        last++;
    return last;
}

static void add_ids(const Outline *o, const Mark *m, Entry *e, uint32_t next)
{
    Arena *kept = &o->source->kept;
    Str id = m->id.n ? m->id : ids_find(o->source, o->states, m->line, next);
    e->id = str_copy(kept, id);
    Str more = ids_tags(o->source, o->states, m->line, next, kept);
    Buf tags = {.arena = kept};
    if (m->tags.n || more.n)
        buf_printf(&tags, "%.*s%s%.*s", STR_ARG(m->tags), m->tags.n && more.n ? " " : "", STR_ARG(more));
    e->tags = buf_str(&tags);
}

/* Lines after the end of an entry that says where it ends. */
static void add_rest(Outline *o, uint32_t from, uint32_t next)
{
    while (from < next && (!line_speaks(o->states[from - 1]) || o->states[from - 1] == LINE_RULE))
        from++;
    if (from == next)
        return;
    Entry *e = entry_new(o, ENTRY_OTHER, from);
    e->rule = "text after a card";
    e->parent = o->depth > 1 ? o->open[o->depth - 2].entry : 0;
    e->depth = o->depth ? o->depth - 1 : 0;
    parts_text(&o->cutter, e, from, next - 1);
}

static void add_entry(Outline *o, const Mark *m, uint32_t next)
{
    static const EntryKind kinds[] = {
        [ROLE_QUESTION] = ENTRY_QUESTION, [ROLE_SECTION] = ENTRY_SECTION, [ROLE_OTHER] = ENTRY_OTHER,
    };
    Entry *e = entry_new(o, kinds[m->role], m->line);
    e->rule = mark_name(m->class);
    o->cutter.dialogue = m->labelled;
    e->title = m->title;
    e->number = str_copy(&o->source->kept, m->number.text);
    e->reversed = m->reversed;
    e->typed = m->typed;
    e->cloze = m->cloze;
    find_parent(o, m, e);
    uint32_t last = m->extent.end ? skip_tools(o, m->extent.end, next) : next - 1;
    add_ids(o, m, e, last + 1);
    parts_cut(&o->cutter, m, e, last);
    e->title = str_copy(&o->source->kept, e->title);
    if (m->extent.end)
        add_rest(o, last + 1, next);
}

static void add_preface(Outline *o, uint32_t next)
{
    if (next == 1)
        return;
    Entry *e = entry_new(o, ENTRY_OTHER, 1);
    e->rule = "text before the first entry";
    parts_text(&o->cutter, e, 1, next - 1);
}

static size_t count_openings(const MarkVec *marks)
{
    size_t n = 0;
    for (size_t i = 0; i < marks->n; i++)
        n += (size_t)mark_opens(&marks->at[i]) + (marks->at[i].extent.end > 0);
    return n;
}

static size_t next_opening(const MarkVec *marks, size_t i)
{
    while (i < marks->n && !mark_opens(&marks->at[i]))
        i++;
    return i;
}

void outline(Source *s, const MarkVec *marks, const uint8_t *states)
{
    Outline o = {.source = s, .states = states};
    o.cutter = (Cutter){.source = s, .states = states, .wording = wording_open()};
    uint32_t end = (uint32_t)s->line_count + 1;
    vec_reserve(&s->entries, &s->kept, count_openings(marks) + 1);
    size_t i = next_opening(marks, 0);
    add_preface(&o, i < marks->n ? marks->at[i].line : end);
    while (i < marks->n) {
        size_t next = next_opening(marks, i + 1);
        add_entry(&o, &marks->at[i], next < marks->n ? marks->at[next].line : end);
        i = next;
    }
}
