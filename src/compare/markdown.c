/*
 * markdown.c -- every mark of ASCII is escaped: which ones mean something depends on who
 * reads it.
 *
 * What HTML would read is written as an entity.  "@" and "#" are followed by a character
 * without width, so that neither people nor issues are mentioned.
 */
#include "compare/markdown.h"

#include "base/utf8.h"

static const struct {
    char mark;
    const char *written;
} rows[] = {
    {'<', "&lt;"}, {'>', "&gt;"}, {'&', "&amp;"}, {'@', "@&#8203;"}, {'#', "\\#&#8203;"}, {'\t', "&emsp;"},
};

static const char *find_row(char c)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].mark == c)
            return rows[i].written;
    return NULL;
}

/* Blanks in a row would be one, and at the front of a line a block of code. */
static bool is_doubled(Str s, size_t i)
{
    bool before = i > 0 && s.at[i - 1] == ' ', after = i + 1 < s.n && s.at[i + 1] == ' ';
    return s.at[i] == ' ' && (before || after);
}

void markdown_text(Buf *b, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        const char *written = is_doubled(text, i) ? "&nbsp;" : find_row(text.at[i]);
        if (written) {
            buf_puts(b, written);
            continue;
        }
        if (is_punct(text.at[i]))
            buf_put_char(b, '\\');
        buf_put_char(b, text.at[i]);
    }
}

/* What may not be shown is printed as '?'. */
static bool is_mark(uint32_t code)
{
    return utf8_is_punct(code) || !utf8_is_shown(code);
}

static bool is_letter(uint32_t code)
{
    return code && !utf8_is_space(code) && !is_mark(code);
}

static void put_blanks(Buf *b, const char *mark, size_t n)
{
    buf_puts(b, mark);
    for (size_t i = 0; i < n; i++)
        buf_puts(b, "␣");
    buf_puts(b, mark);
}

/* An empty comment is punctuation to CommonMark, and nothing to the reader. */
void markdown_marked(Buf *b, const char *mark, Str text, uint32_t before, uint32_t after)
{
    Str inner = str_trim(text);
    Str head = str_take(text, (size_t)(inner.at - text.at));
    Str tail = str_drop(text, head.n + inner.n);
    if (!inner.n) { /* blanks: nobody would see them */
        put_blanks(b, mark, text.n);
        return;
    }
    markdown_text(b, head);
    bool apart = !head.n && is_letter(before) && is_mark(utf8_at(inner, 0, NULL));
    buf_puts(b, apart ? "<!-- -->" : "");
    buf_puts(b, mark);
    markdown_text(b, inner);
    buf_puts(b, mark);
    apart = !tail.n && is_letter(after) && is_mark(utf8_before(inner, inner.n));
    buf_puts(b, apart ? "<!-- -->" : "");
    markdown_text(b, tail);
}
