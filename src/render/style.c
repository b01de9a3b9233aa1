/*
 * style.c -- a sheet is taken whole or refused: it is not parsed, only searched.
 *
 * Comments are blanked before the search, so they can neither hide a word nor fall
 * under suspicion.  A backslash could spell any word another way; outside strings,
 * where it has no honest use, it is refused.
 */
#include "render/style.h"

#include "base/below.h"
#include "base/file.h"
#include "base/utf8.h"

#include <string.h>

enum { LARGEST = 1024 * 1024 }; /* bytes of a sheet that the notes bring along */

extern const char style_card[], style_book[];
extern const size_t style_card_size, style_book_size;

typedef struct Refused {
    Str word;
    bool in_comments; /* the HTML around a sheet knows no comments of CSS */
    const char *why;
} Refused;

static const Refused refused[] = {
    {STR_INIT("</"), true, "ends the sheet inside a card"},
    {STR_INIT("<!--"), true, "is no part of a sheet"},
    {STR_INIT("@import"), false, "fetches another sheet"},
    {STR_INIT("url("), false, "fetches a file"},
    {STR_INIT("src("), false, "fetches a file"},
    {STR_INIT("image-set("), false, "fetches a file"},
    {STR_INIT("expression("), false, "runs a script"},
    {STR_INIT("javascript:"), false, "runs a script"},
    {STR_INIT("behavior:"), false, "runs a script"},
    {STR_INIT("-moz-binding"), false, "runs a script"},
};

typedef struct Sheet {
    const char *path;
    Str text;
    Diags *diags;
} Sheet;

static bool refuse(const Sheet *sheet, size_t at, const char *what, const char *why)
{
    Str head = str_take(sheet->text, at);
    Place place = {.file = str_of(sheet->path), .line = 1};
    for (size_t n; (n = str_find_char(head, '\n')) != STR_NONE; place.line++)
        head = str_drop(head, n + 1);
    place.column = (uint32_t)head.n + 1;
    Str rest = str_drop(sheet->text, at - head.n);
    place.text = str_cut(&rest, '\n');
    diag(sheet->diags, D_STYLE_REFUSED, place, "%s %s", what, why);
    return false;
}

/* What ends a line in CSS, and with it a string. */
static bool is_line_end(char c)
{
    return c == '\n' || c == '\r' || c == '\f';
}

/* The byte after the string that begins at `i`; a line end ends it too. */
static size_t string_end(Str s, size_t i)
{
    char quote = s.at[i++];
    while (i < s.n && s.at[i] != quote && !is_line_end(s.at[i]))
        i += s.at[i] == '\\' && i + 1 < s.n && !is_line_end(s.at[i + 1]) ? 2 : 1;
    return i < s.n ? i + 1 : s.n;
}

static size_t comment_end(Str s, size_t i)
{
    size_t n = str_find(str_drop(s, i + 2), STR("*/"));
    return n == STR_NONE ? s.n : i + 2 + n + 2;
}

/* Blank the comments of `s`.  False: a backslash outside strings, at `*at`. */
static bool blank_comments(Str s, char *bare, size_t *at)
{
    for (size_t i = 0; i < s.n;) {
        if (s.at[i] == '"' || s.at[i] == '\'') {
            i = string_end(s, i);
        } else if (str_starts(str_drop(s, i), STR("/*"))) {
            size_t end = comment_end(s, i);
            memset(bare + i, ' ', end - i);
            i = end;
        } else if (s.at[i] == '\\') {
            *at = i;
            return false;
        } else {
            i++;
        }
    }
    return true;
}

/*
 * The first byte that makes a browser read another sheet than this one: a control
 * character, or a backslash that joins two lines.  STR_NONE for none.
 */
static size_t find_odd(Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool control = (c < 0x20 && c != '\t' && !is_line_end(s.at[i])) || c == 0x7F;
        if (control || (c == '\\' && i + 1 < s.n && is_line_end(s.at[i + 1])))
            return i;
    }
    return STR_NONE;
}

/* ASCII letters small, blanks inside words as they are. */
static char *lower_copy(Str s, Arena *a)
{
    char *copy = arena_new(a, char, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        copy[i] = to_lower(s.at[i]);
    return copy;
}

static bool is_harmless(const Sheet *sheet, Arena *a)
{
    Str s = sheet->text, lower = {lower_copy(s, a), s.n};
    char *bare = lower_copy(s, a);
    size_t at = utf8_valid(s);
    if (at < s.n)
        return refuse(sheet, at, "the sheet", "is not UTF-8");
    if ((at = find_odd(s)) != STR_NONE)
        return refuse(sheet, at, "a control character or a line joined by a backslash", "can hide a word");
    if (str_starts(lower, STR("@charset")) && !str_starts(lower, STR("@charset \"utf-8\"")))
        return refuse(sheet, 0, "@charset", "names another encoding than UTF-8");
    if (!blank_comments(s, bare, &at))
        return refuse(sheet, at, "a backslash outside a string", "can hide a word");
    for (size_t i = 0; i < COUNT(refused); i++) {
        at = str_find(refused[i].in_comments ? lower : (Str){bare, s.n}, refused[i].word);
        if (at != STR_NONE)
            return refuse(sheet, at, refused[i].word.at, refused[i].why);
    }
    return true;
}

static bool refuse_path(Sheet *sheet, const char *why)
{
    diag(sheet->diags, D_CONFIG_INVALID, (Place){0}, "styles: %s %s", sheet->path, why);
    return false;
}

/* A sheet that the description names; `*found` where there is one. */
static bool read_named(Sheet *sheet, const char *folder, Arena *a, bool *found)
{
    Below state = below_read_in(folder, str_of(sheet->path), LARGEST, a, &sheet->text);
    *found = state == BELOW_READ;
    if (state == BELOW_OUTSIDE)
        return refuse_path(sheet, "is not in the notes folder");
    return state != BELOW_LARGE || refuse_path(sheet, "is larger than 1 MiB");
}

/* A sheet in the folder of the command line. */
static bool read_given(Sheet *sheet, Arena *a, bool *found)
{
    *found = file_exists(sheet->path);
    return !*found || file_read(sheet->path, a, &sheet->text, sheet->diags);
}

/* One sheet of the user's; `*css` stays as it is where there is none. */
static bool read_sheet(Book *b, const char *given, const char *name, Str *css)
{
    Arena *a = &b->arena;
    Str folder = given ? str_of(given) : b->config.styles;
    Sheet sheet = {.path = file_path(a, folder, str_of(name)), .diags = &b->diags};
    bool found;
    if (!(given ? read_given(&sheet, a, &found) : read_named(&sheet, b->folder.at, a, &found)))
        return false;
    if (!found)
        return true;
    str_eat(&sheet.text, STR("\xEF\xBB\xBF")); /* a byte order mark */
    *css = sheet.text;
    return is_harmless(&sheet, a);
}

bool style_read(Book *b, const char *given)
{
    b->style = (Style){{style_card, style_card_size}, {style_book, style_book_size}};
    if (!given && !b->config.styles.n)
        return true;
    if (!read_sheet(b, given, "card.css", &b->style.card) || !read_sheet(b, given, "book.css", &b->style.book))
        return false;
    bool built_in = b->style.card.at == style_card && b->style.book.at == style_book;
    if (built_in)
        diag(&b->diags, D_STYLE_MISSING, (Place){0}, "%s", given ? given : b->config.styles.at);
    return !built_in;
}
