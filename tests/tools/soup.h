/*
 * soup.h -- documents made by chance: tokens of Markdown and of notes, and lines and
 * pieces of real notes.
 *
 * The same seed makes the same documents.  They are short: what goes wrong does so where
 * two or three things meet, and many short documents meet more often than a long one.
 */
#ifndef DECKBIND_TESTS_SOUP_H
#define DECKBIND_TESTS_SOUP_H

#include "base/file.h"
#include "base/utf8.h"

typedef struct Soup {
    Arena arena;
    StrVec tokens, lines; /* lines with their break */
    uint64_t state;       /* the seed; not 0 */
} Soup;

/* Xorshift. */
static size_t chance(Soup *s, size_t below)
{
    s->state ^= s->state << 13;
    s->state ^= s->state >> 7;
    s->state ^= s->state << 17;
    return below ? (size_t)((s->state >> 11) % below) : 0;
}

/* What CommonMark knows, and what stands beside it. */
static const Str markdown_tokens[] = {
    STR_INIT("\n"), STR_INIT("\n"), STR_INIT("\n\n"), STR_INIT("\r\n"), STR_INIT("\n    "), STR_INIT("\n  "),
    STR_INIT(" "), STR_INIT("  "), STR_INIT("    "), STR_INIT("\t"), STR_INIT("  \n"), STR_INIT("\\\n"),
    STR_INIT("a"), STR_INIT("b c"), STR_INIT("foo"), STR_INIT("中文"), STR_INIT("，"), STR_INIT("。"), STR_INIT("é"),
    STR_INIT("　"), STR_INIT("\u00A0"), STR_INIT("“"), STR_INIT("→"), STR_INIT("😀"), STR_INIT("1"), STR_INIT("\0"),
    STR_INIT("#"), STR_INIT("# "), STR_INIT("## "), STR_INIT(" ##"), STR_INIT("===\n"), STR_INIT("---\n"),
    STR_INIT("***"), STR_INIT("- "), STR_INIT("-"), STR_INIT("* "), STR_INIT("+ "), STR_INIT("1. "), STR_INIT("2) "),
    STR_INIT("10. "), STR_INIT("-\t"), STR_INIT("\n- "), STR_INIT("\n1. "), STR_INIT("\n> "), STR_INIT("> "), STR_INIT(">"),
    STR_INIT("```"), STR_INIT("\n```\n"), STR_INIT("~~~"), STR_INIT("\n~~~ x\n"), STR_INIT("`"), STR_INIT("``"),
    STR_INIT("*"), STR_INIT("*"), STR_INIT("**"), STR_INIT("_"), STR_INIT("__"), STR_INIT("***"), STR_INIT("~"),
    STR_INIT("["), STR_INIT("]"), STR_INIT("("), STR_INIT(")"), STR_INIT("!["), STR_INIT("]("), STR_INIT("]: "),
    STR_INIT("[a]"), STR_INIT("[a]: /u\n"), STR_INIT("[foo]: <u> 't'\n"), STR_INIT("[a][foo]"), STR_INIT("[]"),
    STR_INIT("(/u \"t\")"), STR_INIT("(<u>)"), STR_INIT("(u)"), STR_INIT("![a](u)"), STR_INIT("[中文]: x\n"),
    STR_INIT("<"), STR_INIT(">"), STR_INIT("<b>"), STR_INIT("</b>"), STR_INIT("<div>"), STR_INIT("</div>"),
    STR_INIT("<a href=\"x\">"), STR_INIT("<br />"), STR_INIT("<pre>"), STR_INIT("</pre>"), STR_INIT("<!-- "),
    STR_INIT("-->"), STR_INIT("<?x"), STR_INIT("?>"), STR_INIT("<!A "), STR_INIT("<![CDATA["), STR_INIT("]]>"),
    STR_INIT("<script>"), STR_INIT("</script>"), STR_INIT("<https://x.y>"), STR_INIT("<a@b.c>"), STR_INIT("='"),
    STR_INIT("&amp;"), STR_INIT("&"), STR_INIT("&copy;"), STR_INIT("&#35;"), STR_INIT("&#x4E2D;"), STR_INIT("&#0;"),
    STR_INIT("&nbsp;"), STR_INIT("&;"), STR_INIT("\\"), STR_INIT("\\*"), STR_INIT("\\["), STR_INIT("\\`"), STR_INIT("\""),
    STR_INIT("'"), STR_INIT("!"), STR_INIT(":"), STR_INIT("|"), STR_INIT("."), STR_INIT("%20"), STR_INIT("https://x.y"),
};

static void soup_add(Soup *s, const Str *tokens, size_t count)
{
    for (size_t i = 0; i < count; i++)
        *vec_push(&s->tokens, &s->arena) = tokens[i];
}

/* False: there is no such file. */
static bool soup_add_file(Soup *s, const char *path)
{
    Diags d = {.arena = &s->arena};
    Str text;
    if (!file_read(path, &s->arena, &text, &d))
        return false;
    while (text.n) {
        Str rest = text, line = str_cut(&rest, '\n');
        *vec_push(&s->lines, &s->arena) = (Str){line.at, text.n - rest.n};
        text = rest;
    }
    return true;
}

/* `i`, or the end of the character that it lies in, or of the text. */
static size_t character_end(Str s, size_t i)
{
    while (i < s.n && ((unsigned char)s.at[i] & 0xC0) == 0x80)
        i++;
    return i < s.n ? i : s.n;
}

/* A few lines on end, or a piece of one. */
static void put_lines(Soup *s, Buf *out)
{
    size_t from = chance(s, s->lines.n), count = 1 + chance(s, 4);
    Str line = s->lines.at[from];
    if (chance(s, 2)) {
        size_t cut = character_end(line, chance(s, line.n));
        buf_put(out, chance(s, 2) ? str_take(line, cut) : str_drop(line, cut));
        return;
    }
    for (size_t i = from; i < from + count && i < s->lines.n && s->lines.at[i].n < 400; i++)
        buf_put(out, s->lines.at[i]);
}

static void put_token(Soup *s, Buf *out)
{
    Str token = s->tokens.at[chance(s, s->tokens.n)];
    size_t times = chance(s, 12) ? 1 : 1 + chance(s, 6);
    while (times--)
        buf_put(out, token);
}

/* The next document, in `a`. */
static Str soup_next(Soup *s, Arena *a)
{
    Buf out = {.arena = a};
    size_t pieces = 1 + chance(s, (size_t)4 << chance(s, 4));
    size_t lines_in = s->lines.n ? chance(s, 3) : 0; /* of ten pieces */
    while (pieces--)
        if (chance(s, 10) < lines_in)
            put_lines(s, &out);
        else
            put_token(s, &out);
    return buf_str(&out);
}

#endif
