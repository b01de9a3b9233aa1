/*
 * cover_png.c -- Pango sets the lines, Cairo draws them.
 *
 * The surface holds alpha alone, which Cairo writes as a grey PNG: its operator SOURCE puts a
 * grey there as a painter would.  Nothing is asked of the screen, and sizes are in points of
 * the sheet, so only the fonts matter: their files are part of the key by which a picture
 * that was drawn before is known.
 */
#include "emit/epub/cover_png.h"

#ifdef WITH_PANGO

#include "base/hash.h"
#include "model/picture.h"

#include <inttypes.h>
#include <sys/stat.h>

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-font.h>

enum { KEY_BYTES = 16 };

typedef struct Setter {
    const CoverDesign *design;
    Arena *arena;
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout **layouts; /* one for each line */
} Setter;

static void set_size(PangoLayout *layout, const CoverLine *line, double scale)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, COVER_FONTS);
    pango_font_description_set_weight(font, line->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, line->size * scale * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

static double width_of(PangoLayout *layout)
{
    int width;
    pango_layout_get_size(layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

/* Columns only guess how wide a line is: what is too wide shrinks, the lines of the title together. */
static void fit(Setter *s)
{
    const double room = COVER_WIDTH - 2 * COVER_MARGIN;
    double title = room;
    for (size_t i = 0; i < s->design->lines.n; i++) {
        double width = width_of(s->layouts[i]);
        if (s->design->lines.at[i].bold)
            title = width > title ? width : title;
        else if (width > room)
            set_size(s->layouts[i], &s->design->lines.at[i], room / width);
    }
    for (size_t i = 0; i < s->design->lines.n && title > room; i++)
        if (s->design->lines.at[i].bold)
            set_size(s->layouts[i], &s->design->lines.at[i], room / title);
}

static void open_setter(Setter *s, Str language)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    s->map = pango_cairo_font_map_new();
    s->context = pango_font_map_create_context(s->map);
    pango_cairo_context_set_font_options(s->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_language(s->context, pango_language_from_string(str_copy(s->arena, language).at));
    s->layouts = arena_new(s->arena, PangoLayout *, s->design->lines.n);
    for (size_t i = 0; i < s->design->lines.n; i++) {
        const CoverLine *line = &s->design->lines.at[i];
        s->layouts[i] = pango_layout_new(s->context);
        pango_layout_set_single_paragraph_mode(s->layouts[i], TRUE);
        pango_layout_set_text(s->layouts[i], line->text.at, (int)line->text.n);
        set_size(s->layouts[i], line, 1);
    }
    fit(s);
}

static void close_setter(Setter *s)
{
    for (size_t i = 0; i < s->design->lines.n; i++)
        g_object_unref(s->layouts[i]);
    g_object_unref(s->context);
    g_object_unref(s->map);
}

static bool has_all_characters(const Setter *s)
{
    bool all = true;
    for (size_t i = 0; i < s->design->lines.n; i++)
        all = all && !pango_layout_get_unknown_glyphs_count(s->layouts[i]);
    return all;
}

/* Of a font: the name and the size of its file, and which of those in it. */
static void put_font(Buf *out, PangoFont *font)
{
    PangoFontDescription *described = pango_font_describe(font);
    char *words = pango_font_description_to_string(described);
    FcPattern *pattern = PANGO_IS_FC_FONT(font) ? pango_fc_font_get_pattern(PANGO_FC_FONT(font)) : NULL;
    FcChar8 *file;
    struct stat st;
    buf_puts(out, words);
    if (pattern && FcPatternGetString(pattern, FC_FILE, 0, &file) == FcResultMatch
        && stat((const char *)file, &st) == 0)
        buf_printf(out, " %s %lld", (const char *)file, (long long)st.st_size);
    buf_puts(out, "\n");
    g_free(words);
    pango_font_description_free(described);
}

static void put_fonts(Buf *out, PangoLayout *layout)
{
    PangoLayoutIter *run = pango_layout_get_iter(layout);
    do {
        PangoLayoutRun *at = pango_layout_iter_get_run_readonly(run);
        if (at)
            put_font(out, at->item->analysis.font);
    } while (pango_layout_iter_next_run(run));
    pango_layout_iter_free(run);
}

/* A hash of all that the picture depends on, KEY_BYTES digits. */
static Str key_of(const Setter *s)
{
    Buf all = {.arena = s->arena}, key = {.arena = s->arena};
    buf_put(&all, cover_png_drawer(s->arena));
    buf_put(&all, cover_svg(s->design, s->arena));
    for (size_t i = 0; i < s->design->lines.n; i++)
        put_fonts(&all, s->layouts[i]);
    buf_printf(&key, "%0*" PRIx64, KEY_BYTES, hash64(buf_str(&all)));
    return buf_str(&key);
}

static void set_grey(cairo_t *c, uint8_t grey)
{
    cairo_set_source_rgba(c, 0, 0, 0, grey / 255.0);
}

static void draw(cairo_t *c, const Setter *s)
{
    static const double quarter = G_PI / 2;
    const CoverDesign *d = s->design;
    cairo_set_operator(c, CAIRO_OPERATOR_SOURCE);
    for (size_t i = 0; i < d->boxes.n; i++) {
        const CoverBox *box = &d->boxes.at[i];
        set_grey(c, box->grey);
        cairo_rectangle(c, box->x, box->y, box->width, box->height);
        cairo_fill(c);
    }
    set_grey(c, d->arc_grey);
    cairo_set_line_width(c, d->arc_width);
    for (size_t i = 0; i < d->arcs.n; i++) {
        const CoverArc *arc = &d->arcs.at[i];
        double start = arc->dy > 0 ? (arc->dx > 0 ? 0 : quarter) : arc->dx > 0 ? 3 * quarter : 2 * quarter;
        cairo_new_path(c);
        cairo_arc(c, arc->x, arc->y, arc->radius, start, start + quarter);
        cairo_stroke(c);
    }
    for (size_t i = 0; i < d->lines.n; i++) {
        set_grey(c, d->lines.at[i].grey);
        cairo_move_to(c, d->lines.at[i].x, d->lines.at[i].y);
        pango_cairo_show_layout_line(c, pango_layout_get_line_readonly(s->layouts[i], 0));
    }
}

static cairo_status_t take(void *context, const unsigned char *bytes, unsigned n)
{
    buf_put(context, (Str){(const char *)bytes, n});
    return CAIRO_STATUS_SUCCESS;
}

/* The key, and the picture after it; empty where Cairo fails. */
static Str draw_png(const Setter *s, Str key)
{
    Buf out = {.arena = s->arena};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, COVER_WIDTH, COVER_HEIGHT);
    cairo_t *c = cairo_create(surface);
    draw(c, s);
    buf_put(&out, key);
    bool good = cairo_status(c) == CAIRO_STATUS_SUCCESS
             && cairo_surface_write_to_png_stream(surface, take, &out) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(c);
    cairo_surface_destroy(surface);
    return good ? buf_str(&out) : STR("");
}

static bool is_png(Str bytes)
{
    MediaForm form = picture_read(bytes);
    return form.type && strcmp(form.suffix, "png") == 0;
}

Str cover_png_drawer(Arena *a)
{
    Buf b = {.arena = a};
    buf_printf(&b, "Pango %s, Cairo %s", pango_version_string(), cairo_version_string());
    return buf_str(&b);
}

Str cover_png(const CoverDesign *design, Str language, Str *known, Arena *a)
{
    Setter s = {.design = design, .arena = a};
    open_setter(&s, language);
    if (has_all_characters(&s)) {
        Str key = key_of(&s);
        if (!str_starts(*known, key) || !is_png(str_drop(*known, KEY_BYTES)))
            *known = draw_png(&s, key);
    } else {
        *known = STR("");
    }
    close_setter(&s);
    return str_drop(*known, KEY_BYTES);
}

#else

Str cover_png_drawer(Arena *a)
{
    (void)a;
    return STR("");
}

Str cover_png(const CoverDesign *design, Str language, Str *known, Arena *a)
{
    (void)design, (void)language, (void)known, (void)a;
    return STR("");
}

#endif
