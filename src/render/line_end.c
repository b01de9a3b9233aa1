/*
 * line_end.c -- whether a line that ends in the notes ends on the page.
 *
 * Writers of notes end a line where a statement ends.  Some let their editor wrap the
 * text instead: then lines are long and about equally so, and the text is one.
 */
#include "render/html_parts.h"

#include "base/utf8.h"

enum {
    SHORT = 60,       /* columns: a Latin line that is shorter was ended by its writer */
    NARROWEST = 56,   /* a text that an editor wrapped … */
    WIDEST = 130,     /* … is this wide */
    SLACK = 8,        /* by which a wrapped line may be narrower than the widest */
    FULL_LINES = 3    /* lines of a wrapped text, without its last, that are about as wide */
};

void writer_measure(Writer *w, const Node *leaf)
{
    w->lines = leaf->text;
    w->lines_at = leaf->line;
    w->widest = 0;
    w->full_lines = 0;
    if (w->profile->commonmark || str_find_char(leaf->text, '\n') == STR_NONE)
        return;
    for (Str rest = leaf->text; rest.n;) {
        size_t width = utf8_width(str_trim(str_cut(&rest, '\n')));
        if (width > w->widest + SLACK)
            w->full_lines = 0;
        if (width > w->widest)
            w->widest = width;
        w->full_lines += width + SLACK >= w->widest && rest.n;
    }
}

static Str line_of(Writer *w, uint32_t number)
{
    Str line = str_cut(&w->lines, '\n');
    for (; w->lines_at < number && w->lines.n; w->lines_at++)
        line = str_cut(&w->lines, '\n');
    w->lines_at++;
    return str_trim(line);
}

static bool ends_statement(Str line)
{
    static const Str marks[] = {
        STR_INIT("。"), STR_INIT("！"), STR_INIT("？"), STR_INIT("；"), STR_INIT("："),
        STR_INIT("."), STR_INIT("!"), STR_INIT("?"), STR_INIT(";"), STR_INIT(":"),
    };
    for (size_t i = 0; i < COUNT(marks); i++)
        if (str_ends(line, marks[i]))
            return true;
    return false;
}

static bool is_wrapped(const Writer *w, size_t width)
{
    return w->widest >= NARROWEST && w->widest <= WIDEST && width + SLACK >= w->widest
        && w->full_lines >= FULL_LINES;
}

void writer_soft_break(Writer *w, const Node *n, uint32_t next)
{
    if (w->profile->commonmark) {
        buf_put_char(w->out, '\n');
        return;
    }
    Str line = line_of(w, n->line);
    size_t width = utf8_width(line);
    bool before = utf8_is_cjk(w->last), after = utf8_is_cjk(next), wrapped = is_wrapped(w, width);
    bool joined = before || after ? wrapped && !ends_statement(line)
                                  : width >= SHORT && (wrapped || !ends_statement(line));
    if (!joined)
        w->owes_break = w->visible;
    else if (!before || !after)
        buf_put_char(w->out, '\n');
}
