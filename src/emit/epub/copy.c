/*
 * copy.c -- markup is ours and well-formed, so tags are found by their brackets.
 */
#include "emit/epub/copy.h"

/* Bytes of the tag at the front of `html`. */
static size_t tag_length(Str html)
{
    size_t end = str_find_char(html, '>');
    return end == STR_NONE ? html.n : end + 1;
}

static size_t text_length(Str html)
{
    size_t end = str_find_char(html, '<');
    return end == STR_NONE ? html.n : end;
}

static bool is_heading(Str tag)
{
    Str name = tag;
    bool begins = str_eat(&name, STR("</h")) || str_eat(&name, STR("<h"));
    return begins && name.n == 2 && name.at[0] >= '1' && name.at[0] <= '6';
}

/* Append `tag` without its id. */
static void put_without_id(Buf *out, Str tag)
{
    static const Str id = STR_INIT(" id=\"");
    size_t at = str_find(tag, id);
    buf_put(out, str_take(tag, at));
    if (at == STR_NONE)
        return;
    tag = str_drop(tag, at + id.n);
    str_cut(&tag, '"');
    buf_put(out, tag);
}

static void put_tag(Buf *out, Str tag, Str page)
{
    static const Str inside = STR_INIT(" href=\"#");
    if (is_heading(tag)) {
        buf_puts(out, tag.at[1] == '/' ? "</p>" : "<p class=\"q2\">");
        return;
    }
    if (str_find_char(tag, '#') == STR_NONE) {
        put_without_id(out, tag);
        return;
    }
    size_t link = str_find(tag, inside);
    size_t head = link == STR_NONE ? tag.n : link + inside.n - 1;
    put_without_id(out, str_take(tag, head));
    buf_put(out, link == STR_NONE ? STR("") : page);
    put_without_id(out, str_drop(tag, head));
}

void copy_put(Buf *out, Str html, Str page)
{
    while (html.n) {
        size_t text = text_length(html);
        buf_put(out, str_take(html, text));
        html = str_drop(html, text);
        size_t tag = html.n ? tag_length(html) : 0;
        put_tag(out, str_take(html, tag), page);
        html = str_drop(html, tag);
    }
}

size_t copy_length(Str html)
{
    size_t count = 0;
    while (html.n) {
        size_t skip = 1;
        if (html.at[0] == '<') {
            skip = tag_length(html);
        } else {
            count += ((unsigned char)html.at[0] & 0xC0) != 0x80;
            size_t end = html.at[0] == '&' ? str_find_char(html, ';') : 0;
            skip = end == STR_NONE ? html.n : end + 1;
        }
        html = str_drop(html, skip);
    }
    return count;
}

size_t copy_first_block(Str html)
{
    size_t depth = 0, at = 0;
    while (at < html.n) {
        at += text_length(str_drop(html, at));
        Str tag = str_take(str_drop(html, at), tag_length(str_drop(html, at)));
        at += tag.n;
        bool ends = str_starts(tag, STR("</")), alone = str_ends(tag, STR("/>"));
        depth = depth + (!ends && !alone) - (ends && depth);
        if (tag.n && !depth)
            break;
    }
    return at;
}
