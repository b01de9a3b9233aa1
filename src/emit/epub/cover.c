/*
 * cover.c -- a picture by its bytes, or the drawn cover.
 *
 * The drawn one is 1200 by 1600: title, rule, author, and below them tiles of
 * quarter circles, each turned one way or the other by a bit of the identifier's
 * hash.  Their ends meet on every edge, so any turn makes whole lines.  Greys
 * only, on a white ground of its own: it is the same on paper-like and dark pages.
 */
#include "emit/epub/cover.h"

#include "base/below.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/xml.h"
#include "emit/epub/pages.h"
#include "emit/epub/words.h"
#include "model/picture.h"
#include "render/html.h"

enum { WIDTH = 1200, HEIGHT = 1600, MARGIN = 120, TOP = 270 };
enum { TILE = 150, TILES_ACROSS = WIDTH / TILE, TILE_ROWS = 5 };
enum { MOST_CHARACTERS = 200, MOST_LINES = 6, AUTHOR_COLUMNS = 36 };

/* Sizes of type, the largest first; a title takes the first that holds it. */
static const struct {
    size_t columns, lines;
    int size, leading;
} types[] = {
    {16, 3, 116, 158},
    {22, 4, 84, 116},
    {30, MOST_LINES, 62, 88},
};

/* The piece at the front of `s` that no line end may part: a word, or one character and its marks. */
static size_t piece(Str s)
{
    size_t n, end = 0;
    bool cjk = utf8_is_cjk(utf8_at(s, 0, &n));
    for (end = n; end < s.n; end += n) {
        uint32_t code = utf8_at(s, end, &n);
        bool closes = utf8_is_cjk(code) && utf8_is_punct(code);
        if (!closes && (cjk || utf8_is_cjk(code) || utf8_is_space(code)))
            break;
        cjk = cjk || closes;
    }
    return end;
}

static size_t skip_space(Str s, size_t i)
{
    size_t n;
    while (i < s.n && utf8_is_space(utf8_at(s, i, &n)))
        i += n;
    return i;
}

/* The length of the line at the front of `s`: whole pieces within `columns`, one at least. */
static size_t line_length(Str s, size_t columns)
{
    size_t end = piece(s), width = utf8_width(str_take(s, end));
    for (size_t from = skip_space(s, end); from < s.n; from = skip_space(s, end)) {
        size_t next = from + piece(str_drop(s, from));
        width += utf8_width(str_take(str_drop(s, end), next - end));
        if (width > columns)
            break;
        end = next;
    }
    return end;
}

/* How many lines `title` takes; those of the first MOST_LINES stand in `lines`. */
static size_t break_lines(Str title, size_t columns, Str lines[MOST_LINES])
{
    size_t count = 0;
    for (title = str_drop(title, skip_space(title, 0)); title.n; count++) {
        size_t n = line_length(title, columns);
        if (count < MOST_LINES)
            lines[count] = str_take(title, n);
        title = str_drop(title, skip_space(title, n));
    }
    return count;
}

/* Lines of like length where `title` needs several, so that the last is no orphan. */
static size_t balance_lines(Str title, size_t columns, Str lines[MOST_LINES])
{
    size_t count = break_lines(title, columns, lines), width = utf8_width(title);
    for (size_t narrow = count ? width / count : columns; narrow < columns; narrow++)
        if (break_lines(title, narrow, lines) <= count)
            return count;
    return break_lines(title, columns, lines);
}

static void put_line(Buf *out, int y, int size, const char *style, Str text)
{
    buf_printf(out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" %s>", MARGIN, y, size, style);
    html_text(out, text);
    buf_puts(out, "</text>\n");
}

/* The title; returns how far down it reaches. */
static int put_title(Buf *out, Str title)
{
    Str lines[MOST_LINES];
    size_t type = 0, count;
    while ((count = balance_lines(title, types[type].columns, lines)) > types[type].lines
           && type + 1 < COUNT(types))
        type++;
    size_t shown = count < MOST_LINES ? count : MOST_LINES;
    for (size_t i = 0; i < shown; i++) {
        Buf line = {.arena = out->arena};
        buf_put(&line, lines[i]);
        buf_puts(&line, i + 1 == shown && shown < count ? "…" : "");
        put_line(out, TOP + (int)i * types[type].leading, types[type].size,
                 "font-weight=\"bold\" fill=\"#1a1a1a\"", buf_str(&line));
    }
    return TOP + ((int)shown - 1) * types[type].leading;
}

/* Two arcs round the corner (x, y); `dx` and `dy` point into the tile. */
static void put_corner(Buf *out, int x, int y, int dx, int dy)
{
    for (int r = TILE / 3; r < TILE; r += TILE / 3)
        buf_printf(out, "M%d %dA%d %d 0 0 %d %d %d", x + dx * r, y, r, r, dx * dy > 0, x,
                   y + dy * r);
}

static void put_pattern(Buf *out, uint64_t bits)
{
    buf_puts(out, "<path fill=\"none\" stroke=\"#8a8a8a\" stroke-width=\"7\" d=\"");
    for (int row = 0; row < TILE_ROWS; row++)
        for (int column = 0; column < TILES_ACROSS; column++, bits >>= 1) {
            int x = column * TILE, y = HEIGHT - (TILE_ROWS - row) * TILE;
            bool turned = bits & 1;
            put_corner(out, x, turned ? y + TILE : y, 1, turned ? -1 : 1);
            put_corner(out, x + TILE, turned ? y : y + TILE, -1, turned ? 1 : -1);
        }
    buf_puts(out, "\"/>\n");
}

static Str draw(const Book *b, Arena *a)
{
    Str title = words_or_untitled(words_of(b), utf8_take(str_trim(b->config.title), MOST_CHARACTERS));
    Buf out = {.arena = a};
    buf_printf(&out,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
               " viewBox=\"0 0 %d %d\""
               " font-family=\"'Noto Serif CJK SC','Source Han Serif SC','Songti SC',serif\">\n"
               "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n",
               WIDTH, HEIGHT, WIDTH, HEIGHT, WIDTH, HEIGHT);
    put_pattern(&out, hash64(b->config.identifier));
    int y = put_title(&out, title);
    buf_printf(&out, "<path stroke=\"#1a1a1a\" stroke-width=\"6\" d=\"M%d %dh150\"/>\n", MARGIN,
               y + 72);
    if (!utf8_is_blank(b->config.author))
        put_line(&out, y + 156, 46, "fill=\"#444\"",
                 words_cut(b->config.author, AUTHOR_COLUMNS));
    buf_puts(&out, "</svg>\n");
    return buf_str(&out);
}

static bool refuse(Book *b, DiagCode code, const char *why)
{
    diag(&b->diags, code, (Place){0}, "cover: %s%s", b->config.cover.at, why);
    return false;
}

static bool read_picture(Book *b, Arena *a, Cover *cover)
{
    switch (below_read_in(b->folder.at, b->config.cover, PICTURE_MOST, a, &cover->bytes)) {
    case BELOW_MISSING:
        return refuse(b, D_IMAGE_MISSING, "");
    case BELOW_OUTSIDE:
        return refuse(b, D_CONFIG_INVALID, " is not in the notes folder");
    case BELOW_LARGE:
        return refuse(b, D_IMAGE_KIND, " is larger than 25 MiB");
    case BELOW_READ:
        break;
    }
    MediaForm form = picture_read(cover->bytes);
    if (!form.type)
        return refuse(b, D_IMAGE_KIND, "");
    Buf name = {.arena = a};
    buf_printf(&name, "cover.%s", form.suffix);
    cover->name = buf_str(&name);
    cover->type = str_of(form.type);
    return true;
}

bool cover_make(Book *b, Arena *a, Cover *cover)
{
    if (b->config.cover.n && read_picture(b, a, cover))
        return true;
    *cover = (Cover){STR("cover.svg"), STR("image/svg+xml"), draw(b, a)};
    return xml_check(cover->bytes, cover->name, &b->diags);
}

Str cover_page(const Book *b, const Cover *cover, Arena *a)
{
    const Words *w = words_of(b);
    Buf out = {.arena = a};
    page_open(&out, b, w->cover, "frontmatter");
    buf_printf(&out, "<section class=\"cover\" epub:type=\"cover\">\n"
                     "<img role=\"doc-cover\" src=\"../images/%.*s\" alt=\"",
               STR_ARG(cover->name));
    html_text(&out, words_label(w, STR(""), b->config.title, a));
    buf_puts(&out, "\"/>\n</section>\n");
    page_close(&out);
    return buf_str(&out);
}
