/*
 * cover_design.c -- series, title, rule, author, and below them tiles of quarter circles, each
 * turned one way or the other by a bit of the identifier's hash.  Their ends meet on every
 * edge, so any turn makes whole lines.  Greys only, on a ground of its own: it is the same on
 * paper-like and on dark pages.
 */
#include "emit/epub/cover_design.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "emit/epub/creators.h"
#include "emit/epub/title_lines.h"
#include "emit/epub/words.h"
#include "render/html.h"

enum { TOP = 300, TILE = 200, TILES_ACROSS = COVER_WIDTH / TILE, TILE_ROWS = 5 };
enum { MOST_CHARACTERS = 200, SMALL_COLUMNS = 40, SMALL_SIZE = 62, SERIES_Y = 210 };

enum { BLACK = 24, DARK = 80, WHITE = 255 };

/* Sizes of type, the largest first; a title takes the first that holds it. */
static const struct {
    size_t columns, lines;
    int size, leading;
} types[] = {
    {12, 2, 200, 268},
    {16, 3, 154, 212},
    {22, 4, 112, 156},
    {30, MOST_LINES, 82, 118},
};

/* A mark that opens has its left half blank, and so seems to stand in. */
static void put_line(CoverDesign *d, Arena *a, CoverLine line)
{
    if (utf8_is_blank(line.text))
        return;
    line.x = COVER_MARGIN - (title_opens(utf8_at(line.text, 0, NULL)) ? line.size / 2 : 0);
    *vec_push(&d->lines, a) = line;
}

static void put_small(CoverDesign *d, int y, Str text, Arena *a)
{
    Buf line = {.arena = a};
    Str cut = words_cut(text, SMALL_COLUMNS);
    buf_put(&line, cut);
    buf_puts(&line, cut.n < text.n ? "…" : "");
    put_line(d, a, (CoverLine){.text = buf_str(&line), .y = y, .size = SMALL_SIZE, .grey = DARK});
}

/* The title; returns how far down it reaches. */
static int put_title(CoverDesign *d, Str title, Arena *a)
{
    Str lines[MOST_LINES];
    size_t type = 0, count;
    while ((count = title_lines(title, types[type].columns, lines, a)) > types[type].lines
           && type + 1 < COUNT(types))
        type++;
    size_t shown = count < MOST_LINES ? count : MOST_LINES;
    int y = TOP + types[type].size;
    for (size_t i = 0; i < shown; i++) {
        Buf line = {.arena = a};
        buf_put(&line, lines[i]);
        buf_puts(&line, i + 1 == shown && shown < count ? "…" : "");
        put_line(d, a, (CoverLine){.text = buf_str(&line), .y = y + (int)i * types[type].leading,
                                   .size = types[type].size, .grey = BLACK, .bold = true});
    }
    return y + ((int)shown - 1) * types[type].leading;
}

/* Two arcs round a corner of a tile; on its edges they are as far from one end as from the other. */
static void put_corner(CoverDesign *d, int x, int y, int dx, int dy, Arena *a)
{
    *vec_push(&d->arcs, a) = (CoverArc){x, y, dx, dy, TILE / 3};
    *vec_push(&d->arcs, a) = (CoverArc){x, y, dx, dy, TILE - TILE / 3};
}

static void put_pattern(CoverDesign *d, uint64_t bits, Arena *a)
{
    for (int row = 0; row < TILE_ROWS; row++)
        for (int column = 0; column < TILES_ACROSS; column++, bits >>= 1) {
            int x = column * TILE, y = COVER_HEIGHT - (TILE_ROWS - row) * TILE;
            bool turned = bits & 1;
            put_corner(d, x, turned ? y + TILE : y, 1, turned ? -1 : 1, a);
            put_corner(d, x + TILE, turned ? y : y + TILE, -1, turned ? 1 : -1, a);
        }
}

static Str series_line(const Config *c, Arena *a)
{
    Buf b = {.arena = a};
    buf_put(&b, words_cut(c->series, SMALL_COLUMNS / 2));
    buf_puts(&b, c->series_index.n ? " · " : "");
    buf_put(&b, c->series_index);
    return buf_str(&b);
}

CoverDesign cover_design(const Book *b, Arena *a)
{
    const int ground = COVER_HEIGHT - TILE_ROWS * TILE;
    CoverDesign d = {.arc_width = 10, .arc_grey = WHITE};
    Str title = words_or_untitled(words_of(b), utf8_take(str_trim(b->config.title), MOST_CHARACTERS));
    *vec_push(&d.boxes, a) = (CoverBox){0, 0, COVER_WIDTH, COVER_HEIGHT, WHITE};
    *vec_push(&d.boxes, a) = (CoverBox){0, ground, COVER_WIDTH, COVER_HEIGHT - ground, BLACK};
    put_pattern(&d, hash64(b->config.identifier), a);
    put_small(&d, SERIES_Y, series_line(&b->config, a), a);
    int y = put_title(&d, title, a);
    *vec_push(&d.boxes, a) = (CoverBox){COVER_MARGIN, y + 90, 200, 10, BLACK};
    put_small(&d, ground - 110, creators_authors(b, a), a);
    return d;
}

static void put_arcs(Buf *out, const CoverDesign *d)
{
    buf_printf(out, "<path fill=\"none\" stroke=\"#%02x%02x%02x\" stroke-width=\"%d\" d=\"", d->arc_grey,
               d->arc_grey, d->arc_grey, d->arc_width);
    for (size_t i = 0; i < d->arcs.n; i++) {
        const CoverArc *arc = &d->arcs.at[i];
        buf_printf(out, "M%d %dA%d %d 0 0 %d %d %d", arc->x + arc->dx * arc->radius, arc->y, arc->radius,
                   arc->radius, arc->dx * arc->dy > 0, arc->x, arc->y + arc->dy * arc->radius);
    }
    buf_puts(out, "\"/>\n");
}

Str cover_svg(const CoverDesign *d, Arena *a)
{
    Buf out = {.arena = a};
    buf_printf(&out,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
               " viewBox=\"0 0 %d %d\" font-family=\"" COVER_FONTS "\">\n",
               COVER_WIDTH, COVER_HEIGHT, COVER_WIDTH, COVER_HEIGHT);
    for (size_t i = 0; i < d->boxes.n; i++) {
        const CoverBox *box = &d->boxes.at[i];
        buf_printf(&out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%02x%02x%02x\"/>\n", box->x,
                   box->y, box->width, box->height, box->grey, box->grey, box->grey);
    }
    put_arcs(&out, d);
    for (size_t i = 0; i < d->lines.n; i++) {
        const CoverLine *line = &d->lines.at[i];
        buf_printf(&out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"#%02x%02x%02x\"%s>", line->x,
                   line->y, line->size, line->grey, line->grey, line->grey,
                   line->bold ? " font-weight=\"bold\"" : "");
        html_text(&out, line->text);
        buf_puts(&out, "</text>\n");
    }
    buf_puts(&out, "</svg>\n");
    return buf_str(&out);
}
