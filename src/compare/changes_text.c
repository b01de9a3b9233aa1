/*
 * changes_text.c -- the report for people.
 *
 *     Answer changed (1)
 *       Go 面试::语言基础
 *         ~ 什么是闭包？  语言基础.md:12
 *           | 函数与它的[-环境-]{+词法环境+}。
 *
 * A mark stands before all that notes say, so no line of theirs is the front of one.
 */
#include "base/print.h"
#include "compare/changes_parts.h"
#include "compare/linediff.h"

enum { EXCERPT_COLUMNS = 72 };

typedef struct Palette {
    const char *heading, *faint, *old, *new, *changed, *struck, *off;
} Palette;

static const Palette palettes[] = {
    {"", "", "", "", "", "", ""},
    {"\033[1m", "\033[2m", "\033[31m", "\033[32m", "\033[33m", "\033[31;9m", "\033[0m"},
};

typedef struct Printer {
    const Changes *changes;
    const Palette *palette;
    bool color;
    FILE *out;
    Arena scratch; /* of one change */
    Str group;     /* the line above, if another change stands under it; in `groups` */
    Arena groups;
} Printer;

static void put_styled(Printer *p, const char *style, Str text)
{
    fputs(style, p->out);
    print_safe(text, p->out);
    fputs(p->palette->off, p->out);
}

/* Blanks have no colour to be seen by. */
static void put_marked(Printer *p, const char *style, const char *open, Str text, const char *close)
{
    bool marks = !p->color || !str_trim(text).n;
    fputs(style, p->out);
    fputs(marks ? open : "", p->out);
    print_safe(text, p->out);
    fputs(marks ? close : "", p->out);
    fputs(p->palette->off, p->out);
}

static void put_runs(Printer *p, const DiffLine *line)
{
    const Palette *q = p->palette;
    for (size_t i = 0; i < line->runs.n; i++) {
        Str text = line->runs.at[i].text;
        RunKind kind = line->runs.at[i].kind;
        if (line->kind != LINE_MIXED)
            put_styled(p, kind == RUN_OLD ? q->old : kind == RUN_NEW ? q->new : q->faint, text);
        else if (kind == RUN_OLD)
            put_marked(p, q->struck, "[-", text, "-]");
        else if (kind == RUN_NEW)
            put_marked(p, q->new, "{+", text, "+}");
        else
            print_safe(text, p->out);
    }
}

static void put_indent(Printer *p, int columns, const char *style, const char *mark)
{
    fprintf(p->out, "%*s%s%s%s", columns, "", style, mark, p->palette->off);
}

static const char *mark_style(const Palette *q, char mark)
{
    return mark == '+' ? q->new : mark == '-' ? q->old : q->changed;
}

/* The last line is not ended. */
static void put_lines(Printer *p, Str before, Str after, int columns, const char *first)
{
    const Palette *q = p->palette;
    DiffLineVec lines = line_diff(before, after, &p->scratch);
    for (size_t i = 0; i < lines.n; i++) {
        const DiffLine *line = &lines.at[i];
        fputs(i ? "\n" : "", p->out);
        if (line->kind == LINE_OLD)
            put_indent(p, columns, q->old, "- ");
        else if (line->kind == LINE_NEW)
            put_indent(p, columns, q->new, "+ ");
        else if (line->kind == LINE_CUT)
            put_indent(p, columns, q->faint, "…");
        else if (i == 0)
            put_indent(p, columns, *first == '|' ? q->faint : mark_style(q, *first), first);
        else
            put_indent(p, columns, q->faint, "| ");
        put_runs(p, line);
    }
}

static void put_title(Printer *p, const Change *change, char mark)
{
    const Palette *q = p->palette;
    const char first[] = {mark, ' ', '\0'};
    Str where = change_where(p->changes, change);
    if (is_rewording(change)) {
        put_lines(p, change->question_before, change->question_after, 4, first);
    } else {
        put_indent(p, 4, mark_style(q, mark), first);
        put_styled(p, q->heading, change_title(change, &p->scratch));
    }
    if (where.n) {
        fputs("  ", p->out);
        put_styled(p, q->faint, where);
    }
    fputc('\n', p->out);
}

/* The first line of the answer. */
static void put_excerpt(Printer *p, Str answer)
{
    Str line = str_cut(&answer, '\n');
    if (!line.n)
        return;
    put_indent(p, 6, p->palette->faint, "| ");
    put_styled(p, p->palette->faint, cut_columns(line, EXCERPT_COLUMNS, &p->scratch));
    fputc('\n', p->out);
}

static void put_answer(Printer *p, const Change *change)
{
    Str before = change->answer_before, after = change->answer_after;
    if (change->kinds & ADDED) {
        put_excerpt(p, after);
    } else if (change->kinds & REMOVED) {
        put_excerpt(p, before);
    } else if ((change->kinds & ANSWER) && before.at && after.at) {
        put_lines(p, before, after, 6, "| ");
        fputc('\n', p->out);
    }
}

/* Those that the line above the note does not tell already. */
static void put_properties(Printer *p, const Change *change, unsigned told)
{
    if ((change->kinds & NEW_ID) && told != NEW_ID) {
        put_indent(p, 6, p->palette->faint, "| ");
        fputs("a new id: Anki adds it as a new card beside the old one\n", p->out);
    }
    if (hides_answer(change) && told != ANSWER) {
        put_indent(p, 6, p->palette->faint, "| ");
        fputs("another answer\n", p->out);
    }
    for (size_t i = 0; i < PROPERTIES; i++) {
        Str diff = property_diff(change, &properties[i], &p->scratch);
        if (properties[i].bit == told || !diff.n)
            continue;
        put_indent(p, 6, p->palette->faint, "| ");
        fprintf(p->out, "%s: ", properties[i].name);
        print_safe(diff, p->out);
        fputc('\n', p->out);
    }
}

static void put_group(Printer *p, Str group)
{
    if (!group.n || str_eq(group, p->group))
        return;
    arena_free(&p->groups);
    p->group = str_copy(&p->groups, group);
    fputs("  ", p->out);
    put_styled(p, p->palette->faint, group);
    fputc('\n', p->out);
}

static void put_change(Printer *p, const Change *change, const ChangeKind *kind)
{
    put_group(p, change_group(p->changes, change, kind->bit, &p->scratch));
    put_title(p, change, kind->mark);
    put_answer(p, change);
    put_properties(p, change, kind->bit);
    arena_free(&p->scratch);
}

static void put_heading(Printer *p, const ChangeKind *kind, size_t here)
{
    size_t all = count_kind(p->changes, kind->bit);
    fprintf(p->out, "\n%s%s%s (%zu", p->palette->heading, kind->heading, p->palette->off, here);
    if (all > here)
        fprintf(p->out, ", and %zu above", all - here);
    fputs(")", p->out);
    if (kind->advice)
        fprintf(p->out, "%s: %s%s", p->palette->faint, kind->advice, p->palette->off);
    fputc('\n', p->out);
    p->group = (Str){0};
}

static void put_kind(Printer *p, const ChangeKind *kind)
{
    size_t here = count_first(p->changes, kind->bit);
    if (!here || kind->only_counted || p->changes->counted)
        return;
    put_heading(p, kind, here);
    for (size_t i = 0; i < p->changes->list.n; i++)
        if (is_first(&p->changes->list.at[i], kind->bit))
            put_change(p, &p->changes->list.at[i], kind);
}

static void put_parts(Printer *p)
{
    const Palette *q = p->palette;
    const Changes *c = p->changes;
    if (c->parts.n)
        fprintf(p->out, "\n%sNote types and media%s (%zu)\n", q->heading, q->off, c->parts.n);
    for (size_t i = 0; i < c->parts.n; i++) {
        const PartChange *part = &c->parts.at[i];
        char mark = part->kind == ADDED ? '+' : part->kind == REMOVED ? '-' : '~';
        put_indent(p, 4, mark_style(q, mark), (char[]){mark, ' ', '\0'});
        fprintf(p->out, "%s ", part->what);
        print_safe(part->name, p->out);
        if (part->detail.n) {
            fputs(": ", p->out);
            print_safe(part->detail, p->out);
        }
        fputc('\n', p->out);
    }
}

static void put_outcome(Printer *p)
{
    Str text = outcome_text(&p->changes->outcome, &p->scratch);
    fputs(text.n ? "\n" : "", p->out);
    while (text.n) {
        print_safe(str_cut(&text, '\n'), p->out);
        fputc('\n', p->out);
    }
    arena_free(&p->scratch);
}

static void put_counts(Printer *p)
{
    const Changes *c = p->changes;
    for (size_t i = 0; i < CHANGE_KINDS; i++) {
        size_t n = count_kind(c, change_kinds[i].bit);
        if (n)
            fprintf(p->out, "%6zu %s\n", n, change_kinds[i].count);
    }
    size_t same = count_same(c);
    if (same)
        fprintf(p->out, "%6zu unchanged\n", same);
}

void changes_text(const Changes *c, bool color, FILE *out)
{
    Printer p = {.changes = c, .palette = &palettes[color], .color = color, .out = out};
    print_path(c->before, out);
    fputs(" → ", out);
    print_path(c->after, out);
    fputs(c->list.n || c->parts.n ? "\n\n" : ": no change\n\n", out);
    put_counts(&p);
    if (c->remark)
        fprintf(out, "\n%s\n", c->remark);
    for (size_t i = 0; i < CHANGE_KINDS; i++)
        put_kind(&p, &change_kinds[i]);
    put_parts(&p);
    put_outcome(&p);
    arena_free(&p.groups);
}
