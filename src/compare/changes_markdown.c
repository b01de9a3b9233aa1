/*
 * changes_markdown.c -- the report as the comment of a pull request.
 *
 * A table of counts, then the changes folded by kind.  A comment has a limit, so what
 * would go over it is left out, and a last line says how much that is.
 */
#include "base/print.h"
#include "base/utf8.h"
#include "compare/changes_parts.h"
#include "compare/linediff.h"
#include "compare/markdown.h"

/* GitHub takes 65,536 characters; some stay for what others want to put around it. */
enum { MOST_CHARACTERS = 60000, TAIL_CHARACTERS = 200, EXCERPT_COLUMNS = 72 };

static const char *const run_marks[RUN_KINDS] = {[RUN_OLD] = "~~", [RUN_NEW] = "**"};

typedef struct Printer {
    const Changes *changes;
    FILE *out;
    size_t used, left_out; /* characters; changes */
} Printer;

static size_t characters(Str s)
{
    size_t count = 0;
    for (size_t i = 0, n; i < s.n; i += n, count++)
        utf8_at(s, i, &n);
    return count;
}

/* Print the lines of `text`.  False: there is no room for them. */
static bool put(Printer *p, Str text, size_t reserve)
{
    size_t n = characters(text);
    if (p->used + n + reserve > MOST_CHARACTERS)
        return false;
    p->used += n;
    while (text.n) {
        print_safe(str_cut(&text, '\n'), p->out);
        fputc('\n', p->out);
    }
    return true;
}

/* The character next to run `i`; that of a mark where it is marked too. */
static uint32_t neighbour(const DiffLine *line, size_t i, bool after)
{
    if (after ? i + 1 >= line->runs.n : i == 0)
        return 0;
    const Run *run = &line->runs.at[after ? i + 1 : i - 1];
    if (run_marks[run->kind])
        return '*';
    return after ? utf8_at(run->text, 0, NULL) : utf8_before(run->text, run->text.n);
}

static void put_runs(Buf *b, const DiffLine *line)
{
    for (size_t i = 0; i < line->runs.n; i++) {
        const Run *run = &line->runs.at[i];
        const char *mark = run_marks[run->kind];
        if (mark)
            markdown_marked(b, mark, run->text, neighbour(line, i, false), neighbour(line, i, true));
        else
            markdown_text(b, run->text);
    }
}

/* Lines of a paragraph: `front` stands before each but the first. */
static void put_lines(Buf *b, Str before, Str after, const char *front)
{
    DiffLineVec lines = line_diff(before, after, b->arena);
    for (size_t i = 0; i < lines.n; i++) {
        buf_puts(b, i ? "<br>\n" : "");
        buf_puts(b, i ? front : "");
        if (lines.at[i].kind == LINE_CUT)
            buf_puts(b, "…");
        else if (!lines.at[i].runs.n)
            buf_puts(b, "&nbsp;");
        put_runs(b, &lines.at[i]);
    }
}

static void put_title(Buf *b, const Change *change)
{
    buf_puts(b, "- ");
    if (is_rewording(change))
        put_lines(b, change->question_before, change->question_after, "  ");
    else
        markdown_text(b, change_title(change, b->arena));
    Str where = change->source.n ? change->source : change_place(change);
    buf_puts(b, where.n ? " <sub>" : "");
    markdown_text(b, where);
    buf_puts(b, where.n ? "</sub>\n" : "\n");
}

static void put_quote(Buf *b, Str text)
{
    if (!text.n)
        return;
    buf_puts(b, "  > ");
    markdown_text(b, cut_columns(text, EXCERPT_COLUMNS, b->arena));
    buf_puts(b, "\n");
}

static void put_answer(Buf *b, const Change *change)
{
    Str before = change->answer_before, after = change->answer_after;
    if (change->kinds & ADDED) {
        put_quote(b, str_cut(&after, '\n'));
    } else if (change->kinds & REMOVED) {
        put_quote(b, str_cut(&before, '\n'));
    } else if ((change->kinds & ANSWER) && before.at && after.at) {
        buf_puts(b, "\n  > ");
        put_lines(b, before, after, "  > ");
        buf_puts(b, "\n");
    }
}

static void put_properties(Buf *b, const Change *change, unsigned told)
{
    if ((change->kinds & NEW_ID) && (change->kinds & (NEW_ID - 1)))
        buf_puts(b, "\n  *a new id: Anki adds it as a new card beside the old one*\n");
    if (hides_answer(change) && told != ANSWER)
        buf_puts(b, "\n  *another answer*\n");
    for (size_t i = 0; i < PROPERTIES; i++) {
        Str diff = property_diff(change, &properties[i], b->arena);
        if (!diff.n)
            continue;
        buf_printf(b, "\n  %s: ", properties[i].name);
        markdown_text(b, diff);
        buf_puts(b, "\n");
    }
}

static void put_change(Printer *p, const Change *change, unsigned told)
{
    Arena scratch = {0};
    Buf b = {.arena = &scratch};
    put_title(&b, change);
    put_answer(&b, change);
    put_properties(&b, change, told);
    p->left_out += !put(p, buf_str(&b), TAIL_CHARACTERS);
    arena_free(&scratch);
}

static void put_kind(Printer *p, const ChangeKind *kind)
{
    size_t here = count_first(p->changes, kind->bit);
    if (!here || kind->only_counted || p->changes->counted)
        return;
    Arena scratch = {0};
    Buf b = {.arena = &scratch};
    buf_printf(&b, "\n<details><summary>%s (%zu)</summary>\n\n", kind->heading, here);
    if (kind->advice)
        buf_printf(&b, "*%s*\n\n", kind->advice);
    bool open = put(p, buf_str(&b), 2 * TAIL_CHARACTERS);
    for (size_t i = 0; i < p->changes->list.n; i++) {
        if (!is_first(&p->changes->list.at[i], kind->bit))
            continue;
        if (open)
            put_change(p, &p->changes->list.at[i], kind->bit);
        else
            p->left_out++;
    }
    if (open)
        put(p, STR("\n</details>\n"), 0);
    arena_free(&scratch);
}

static void put_part(Printer *p, const PartChange *part)
{
    Arena scratch = {0};
    Buf b = {.arena = &scratch};
    buf_printf(&b, "- %s %s: ", part->what, part_verb(part));
    markdown_text(&b, part->name);
    buf_puts(&b, part->detail.n ? ": " : "");
    markdown_text(&b, part->detail);
    buf_puts(&b, "\n");
    p->left_out += !put(p, buf_str(&b), TAIL_CHARACTERS);
    arena_free(&scratch);
}

static void put_parts(Printer *p)
{
    const Changes *c = p->changes;
    if (!c->parts.n)
        return;
    bool open = put(p, STR("\n<details><summary>Note types and media</summary>\n\n"),
                    2 * TAIL_CHARACTERS);
    for (size_t i = 0; i < c->parts.n && open; i++)
        put_part(p, &c->parts.at[i]);
    if (open)
        put(p, STR("\n</details>\n"), 0);
    else
        p->left_out += c->parts.n;
}

static void put_counts(Buf *b, const Changes *c)
{
    buf_puts(b, "\n\n| notes | |\n|--:|:--|\n");
    for (size_t i = 0; i < CHANGE_KINDS; i++) {
        size_t n = count_kind(c, change_kinds[i].bit);
        if (n)
            buf_printf(b, "| %zu | %s |\n", n, change_kinds[i].count);
    }
    buf_printf(b, "| %zu | unchanged |\n", count_same(c));
}

static void put_head(Printer *p)
{
    const Changes *c = p->changes;
    Arena scratch = {0};
    Buf b = {.arena = &scratch};
    buf_puts(&b, "**");
    markdown_text(&b, c->before);
    buf_puts(&b, "** → **");
    markdown_text(&b, c->after);
    buf_puts(&b, c->list.n || c->parts.n ? "**" : "**: no change");
    put_counts(&b, c);
    if (c->remark)
        buf_printf(&b, "\n%s\n", c->remark);
    Str outcome = outcome_text(&c->outcome, &scratch);
    while (outcome.n) {
        buf_puts(&b, "\n");
        markdown_text(&b, str_cut(&outcome, '\n'));
        buf_puts(&b, "\n");
    }
    put(p, buf_str(&b), 0);
    arena_free(&scratch);
}

void changes_markdown(const Changes *c, FILE *out)
{
    Printer p = {.changes = c, .out = out};
    put_head(&p);
    for (size_t i = 0; i < CHANGE_KINDS; i++)
        put_kind(&p, &change_kinds[i]);
    put_parts(&p);
    if (p.left_out)
        fprintf(out, "\n*%zu more do not fit into a comment and are left out.*\n", p.left_out);
}
