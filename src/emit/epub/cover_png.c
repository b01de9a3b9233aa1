/*
 * cover_png.c -- Pango sets the lines, Cairo draws them.
 *
 * The surface holds alpha alone, which Cairo writes as a grey PNG: its operator SOURCE puts a
 * grey there as a painter would.  Nothing is asked of the screen, and sizes are in points of
 * the sheet, so only the fonts matter.
 *
 * To load these libraries takes longer than to compile a few notes, so they are not linked
 * but opened where there is something to draw.  What was drawn is kept with all that it was
 * drawn from, the paths of what fontconfig and the libraries read among it:
 *
 *     KEY \n path \n ... path \n \n PNG
 *
 * The key tells whether any of it changed.  No PNG stands where fonts lack a character.
 */
#include "emit/epub/cover_png.h"

#ifdef WITH_PANGO

#include "base/file.h"
#include "base/hash.h"
#include "model/picture.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdlib.h>

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

enum { KEY_BYTES = 16 };

/* It needs all the others. */
static const char library[] = "libpangocairo-1.0.so.0";

#define FUNCTIONS(F) \
    F(FcConfigGetConfigFiles) F(FcConfigGetFontDirs) F(FcStrListDone) F(FcStrListNext) \
    F(cairo_arc) F(cairo_create) F(cairo_destroy) F(cairo_fill) F(cairo_font_options_create) \
    F(cairo_font_options_destroy) F(cairo_font_options_set_antialias) \
    F(cairo_font_options_set_hint_metrics) F(cairo_font_options_set_hint_style) \
    F(cairo_image_surface_create) F(cairo_move_to) F(cairo_new_path) F(cairo_rectangle) \
    F(cairo_set_line_width) F(cairo_set_operator) F(cairo_set_source_rgba) F(cairo_status) \
    F(cairo_stroke) F(cairo_surface_destroy) F(cairo_surface_write_to_png_stream) \
    F(cairo_version_string) F(g_object_unref) F(pango_cairo_context_set_font_options) \
    F(pango_cairo_font_map_new) F(pango_cairo_show_layout_line) F(pango_context_set_language) \
    F(pango_font_description_free) F(pango_font_description_new) \
    F(pango_font_description_set_absolute_size) F(pango_font_description_set_family) \
    F(pango_font_description_set_weight) F(pango_font_map_create_context) \
    F(pango_language_from_string) F(pango_layout_get_line_readonly) F(pango_layout_get_size) \
    F(pango_layout_get_unknown_glyphs_count) F(pango_layout_new) \
    F(pango_layout_set_font_description) F(pango_layout_set_single_paragraph_mode) \
    F(pango_layout_set_text) F(pango_version_string)

typedef struct Libraries {
#define MEMBER(name) __typeof__(name) *name;
    FUNCTIONS(MEMBER)
#undef MEMBER
} Libraries;

typedef struct Setter {
    Libraries with;
    const CoverDesign *design;
    Arena *arena;
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout **layouts; /* one for each line */
} Setter;

/* They stay open: GLib cannot be closed.  False: one is missing. */
static bool open_libraries(Libraries *l)
{
    static const struct {
        const char *name;
        size_t at;
    } functions[] = {
#define ROW(name) {#name, offsetof(Libraries, name)},
        FUNCTIONS(ROW)
#undef ROW
    };
    void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL), *function = handle;
    for (size_t i = 0; i < COUNT(functions) && function; i++) {
        function = dlsym(handle, functions[i].name);
        memcpy((char *)l + functions[i].at, &function, sizeof function);
    }
    return function;
}

static void set_size(const Setter *s, PangoLayout *layout, const CoverLine *line, double scale)
{
    PangoFontDescription *font = s->with.pango_font_description_new();
    s->with.pango_font_description_set_family(font, COVER_FONTS);
    s->with.pango_font_description_set_weight(font, line->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    s->with.pango_font_description_set_absolute_size(font, line->size * scale * PANGO_SCALE);
    s->with.pango_layout_set_font_description(layout, font);
    s->with.pango_font_description_free(font);
}

static double width_of(const Setter *s, PangoLayout *layout)
{
    int width;
    s->with.pango_layout_get_size(layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

/* Columns only guess how wide a line is: what is too wide shrinks, the lines of the title together. */
static void fit(Setter *s)
{
    const double room = COVER_WIDTH - 2 * COVER_MARGIN;
    double title = room;
    for (size_t i = 0; i < s->design->lines.n; i++) {
        double width = width_of(s, s->layouts[i]);
        if (s->design->lines.at[i].bold)
            title = width > title ? width : title;
        else if (width > room)
            set_size(s, s->layouts[i], &s->design->lines.at[i], room / width);
    }
    for (size_t i = 0; i < s->design->lines.n && title > room; i++)
        if (s->design->lines.at[i].bold)
            set_size(s, s->layouts[i], &s->design->lines.at[i], room / title);
}

static void open_setter(Setter *s, Str language)
{
    cairo_font_options_t *options = s->with.cairo_font_options_create();
    s->with.cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    s->with.cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    s->with.cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    s->map = s->with.pango_cairo_font_map_new();
    s->context = s->with.pango_font_map_create_context(s->map);
    s->with.pango_cairo_context_set_font_options(s->context, options);
    s->with.cairo_font_options_destroy(options);
    PangoLanguage *spoken = s->with.pango_language_from_string(str_copy(s->arena, language).at);
    s->with.pango_context_set_language(s->context, spoken);
    s->layouts = arena_new(s->arena, PangoLayout *, s->design->lines.n);
    for (size_t i = 0; i < s->design->lines.n; i++) {
        const CoverLine *line = &s->design->lines.at[i];
        s->layouts[i] = s->with.pango_layout_new(s->context);
        s->with.pango_layout_set_single_paragraph_mode(s->layouts[i], TRUE);
        s->with.pango_layout_set_text(s->layouts[i], line->text.at, (int)line->text.n);
        set_size(s, s->layouts[i], line, 1);
    }
    fit(s);
}

static void close_setter(Setter *s)
{
    for (size_t i = 0; i < s->design->lines.n; i++)
        s->with.g_object_unref(s->layouts[i]);
    s->with.g_object_unref(s->context);
    s->with.g_object_unref(s->map);
}

static bool has_all_characters(const Setter *s)
{
    bool all = true;
    for (size_t i = 0; i < s->design->lines.n; i++)
        all = all && !s->with.pango_layout_get_unknown_glyphs_count(s->layouts[i]);
    return all;
}

static void put_list(Buf *out, const Libraries *with, FcStrList *list)
{
    for (FcChar8 *path; (path = with->FcStrListNext(list));)
        buf_printf(out, "%s\n", (const char *)path);
    with->FcStrListDone(list);
}

/* The file that holds the function at `*function`. */
static void put_library(Buf *out, const void *function)
{
    void *at;
    Dl_info info;
    memcpy(&at, function, sizeof at);
    if (dladdr(at, &info))
        buf_printf(out, "%s\n", info.dli_fname);
}

/* What a change of fonts, their settings or the libraries changes, a line each. */
static Str paths_of(const Setter *s)
{
    Buf out = {.arena = s->arena};
    put_library(&out, &s->with.pango_version_string);
    put_library(&out, &s->with.cairo_version_string);
    put_list(&out, &s->with, s->with.FcConfigGetConfigFiles(NULL));
    put_list(&out, &s->with, s->with.FcConfigGetFontDirs(NULL));
    return buf_str(&out);
}

static void put_state(Buf *out, Str path)
{
    Str state = file_state(str_copy(out->arena, path).at, out->arena);
    buf_printf(out, "%.*s %.*s\n", STR_ARG(path), STR_ARG(state));
}

/* A hash of all that the picture depends on, KEY_BYTES digits. */
static Str key_of(const CoverDesign *design, Str language, Str paths, Arena *a)
{
    static const char *const where[] = {"FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT",
                                        "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"};
    Buf all = {.arena = a}, key = {.arena = a};
    buf_put(&all, cover_svg(design, a));
    buf_put(&all, language);
    for (size_t i = 0; i < COUNT(where); i++) {
        const char *value = getenv(where[i]);
        buf_printf(&all, "\n%s", value ? value : "");
    }
    while (paths.n)
        put_state(&all, str_cut(&paths, '\n'));
    buf_printf(&key, "%0*" PRIx64, KEY_BYTES, hash64(buf_str(&all)));
    return buf_str(&key);
}

static void set_grey(const Setter *s, cairo_t *c, uint8_t grey)
{
    s->with.cairo_set_source_rgba(c, 0, 0, 0, grey / 255.0);
}

static void draw(const Setter *s, cairo_t *c)
{
    static const double quarter = G_PI / 2;
    const CoverDesign *d = s->design;
    s->with.cairo_set_operator(c, CAIRO_OPERATOR_SOURCE);
    for (size_t i = 0; i < d->boxes.n; i++) {
        const CoverBox *box = &d->boxes.at[i];
        set_grey(s, c, box->grey);
        s->with.cairo_rectangle(c, box->x, box->y, box->width, box->height);
        s->with.cairo_fill(c);
    }
    set_grey(s, c, d->arc_grey);
    s->with.cairo_set_line_width(c, d->arc_width);
    for (size_t i = 0; i < d->arcs.n; i++) {
        const CoverArc *arc = &d->arcs.at[i];
        double start = arc->dy > 0 ? (arc->dx > 0 ? 0 : quarter) : arc->dx > 0 ? 3 * quarter : 2 * quarter;
        s->with.cairo_new_path(c);
        s->with.cairo_arc(c, arc->x, arc->y, arc->radius, start, start + quarter);
        s->with.cairo_stroke(c);
    }
    for (size_t i = 0; i < d->lines.n; i++) {
        set_grey(s, c, d->lines.at[i].grey);
        s->with.cairo_move_to(c, d->lines.at[i].x, d->lines.at[i].y);
        s->with.pango_cairo_show_layout_line(c, s->with.pango_layout_get_line_readonly(s->layouts[i], 0));
    }
}

static cairo_status_t take(void *context, const unsigned char *bytes, unsigned n)
{
    buf_put(context, (Str){(const char *)bytes, n});
    return CAIRO_STATUS_SUCCESS;
}

/* Empty where Cairo fails. */
static Str draw_png(const Setter *s)
{
    Buf out = {.arena = s->arena};
    cairo_surface_t *surface = s->with.cairo_image_surface_create(CAIRO_FORMAT_A8, COVER_WIDTH, COVER_HEIGHT);
    cairo_t *c = s->with.cairo_create(surface);
    draw(s, c);
    bool good = s->with.cairo_status(c) == CAIRO_STATUS_SUCCESS
             && s->with.cairo_surface_write_to_png_stream(surface, take, &out) == CAIRO_STATUS_SUCCESS;
    s->with.cairo_destroy(c);
    s->with.cairo_surface_destroy(surface);
    return good ? buf_str(&out) : STR("");
}

static bool is_png(Str bytes)
{
    MediaForm form = picture_read(bytes);
    return form.type && strcmp(form.suffix, "png") == 0;
}

/* The picture in `known`, or that there is none.  False: something has changed. */
static bool find_known(Str known, const CoverDesign *design, Str language, Arena *a, Str *png)
{
    size_t end = str_find(known, STR("\n\n"));
    if (end == STR_NONE || end < KEY_BYTES)
        return false;
    Str paths = str_drop(str_take(known, end + 1), KEY_BYTES + 1);
    *png = str_drop(known, end + 2);
    return str_starts(known, key_of(design, language, paths, a)) && (!png->n || is_png(*png));
}

Str cover_png_drawer(Arena *a)
{
    Libraries with;
    Buf b = {.arena = a};
    if (open_libraries(&with))
        buf_printf(&b, "Pango %s, Cairo %s", with.pango_version_string(), with.cairo_version_string());
    return buf_str(&b);
}

Str cover_png(const CoverDesign *design, Str language, Str *known, Arena *a)
{
    Str png = STR("");
    if (find_known(*known, design, language, a, &png))
        return png;
    Setter s = {.design = design, .arena = a};
    if (!open_libraries(&s.with))
        return STR("");
    open_setter(&s, language);
    png = has_all_characters(&s) ? draw_png(&s) : STR("");
    Str paths = paths_of(&s);
    close_setter(&s);
    Buf kept = {.arena = a};
    buf_put(&kept, key_of(design, language, paths, a));
    buf_puts(&kept, "\n");
    buf_put(&kept, paths);
    buf_puts(&kept, "\n");
    buf_put(&kept, png);
    *known = buf_str(&kept);
    return png;
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
