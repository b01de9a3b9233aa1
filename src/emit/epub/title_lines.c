/*
 * title_lines.c -- the fewest lines that hold the title, and among these the breaks of the
 * least cost: each line is to be of the same length, and a break between two Chinese
 * characters costs as much as some columns too many, since they may well be one word.
 */
#include "emit/epub/title_lines.h"

#include "base/utf8.h"

enum { MOST_PIECES = 200, MID_WORD = 16, IN_BRACKETS = 144, AT_PARTICLE = 144 };

/* What no line end may part from the next: its text, and what stands before it on a line. */
typedef struct Piece {
    size_t from, to;
    size_t width, gap; /* its own, and of the blanks before it */
    unsigned cost;     /* of a line that begins here */
} Piece;

typedef struct Breaker {
    Str title;
    Piece pieces[MOST_PIECES];
    size_t n;
} Breaker;

static bool is_one_of(uint32_t code, const char *marks)
{
    Str all = str_of(marks);
    for (size_t i = 0, n; i < all.n; i += n)
        if (utf8_at(all, i, &n) == code)
            return true;
    return false;
}

bool title_opens(uint32_t code)
{
    return is_one_of(code, "（《〈「『【〔［｛");
}

static bool opens(uint32_t code)
{
    return title_opens(code) || is_one_of(code, "“‘([{");
}

static size_t skip_space(Str s, size_t i)
{
    size_t n;
    while (i < s.n && utf8_is_space(utf8_at(s, i, &n)))
        i += n;
    return i;
}

/* Where the piece that begins at `from` ends: a word, or one character and its marks. */
static size_t piece_end(Str s, size_t from)
{
    uint32_t before = 0;
    size_t end = from;
    for (size_t n; end < s.n; end += n) {
        uint32_t code = utf8_at(s, end, &n);
        bool closes = utf8_is_punct(code) && !opens(code);
        bool may_part = utf8_is_cjk(before) || utf8_is_cjk(code);
        if (utf8_is_space(code) || (before && may_part && !closes && !opens(before)))
            break;
        before = code;
    }
    return end;
}

/* Where words surely part, a new line costs nothing; a particle belongs to the word before it. */
static unsigned cost_of(Str s, const Piece *piece, int brackets)
{
    uint32_t before = utf8_before(s, piece->from), code = utf8_at(s, piece->from, NULL);
    if (is_one_of(code, "的了吗呢吧们"))
        return AT_PARTICLE;
    if (brackets > 0)
        return IN_BRACKETS;
    bool parts = piece->gap || utf8_is_punct(before) || opens(code) || is_one_of(before, "与和及的之或")
              || utf8_is_cjk(before) != utf8_is_cjk(code);
    return parts ? 0 : MID_WORD;
}

/* How many more brackets `s` opens than it closes. */
static int brackets_of(Str s)
{
    int count = 0;
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        count += opens(code) - is_one_of(code, "）》〉」』】〕］｝”’)]}");
    }
    return count;
}

static void find_pieces(Breaker *b)
{
    size_t end = 0;
    int brackets = 0;
    for (size_t from; (from = skip_space(b->title, end)) < b->title.n && b->n < MOST_PIECES; b->n++) {
        Piece *piece = &b->pieces[b->n];
        *piece = (Piece){.from = from, .to = piece_end(b->title, from)};
        piece->width = utf8_width(str_take(str_drop(b->title, from), piece->to - from));
        piece->gap = b->n ? utf8_width(str_take(str_drop(b->title, end), from - end)) : 0;
        piece->cost = b->n ? cost_of(b->title, piece, brackets) : 0;
        brackets += brackets_of(str_take(str_drop(b->title, from), piece->to - from));
        end = piece->to;
    }
}

static size_t count_lines(const Breaker *b, size_t columns)
{
    size_t count = 0, width = 0;
    for (size_t i = 0; i < b->n; i++) {
        const Piece *piece = &b->pieces[i];
        bool fits = count && width + piece->gap + piece->width <= columns;
        width = fits ? width + piece->gap + piece->width : piece->width;
        count += !fits;
    }
    return count;
}

/* The least cost of the pieces up to each, in so many lines, and where the last of these begins. */
typedef struct Best {
    size_t cost, from;
} Best;

static size_t total_width(const Breaker *b)
{
    size_t width = 0;
    for (size_t i = 0; i < b->n; i++)
        width += b->pieces[i].gap + b->pieces[i].width;
    return width;
}

static void extend(const Breaker *b, size_t columns, size_t aim, const Best *before, Best *after)
{
    for (size_t to = 0; to <= b->n; to++)
        after[to] = (Best){SIZE_MAX, 0};
    for (size_t from = 0; from < b->n; from++) {
        size_t width = 0;
        for (size_t i = from; i < b->n && before[from].cost < SIZE_MAX; i++) {
            width += (i > from ? b->pieces[i].gap : 0) + b->pieces[i].width;
            if (width > columns && i > from)
                break;
            size_t off = width > aim ? width - aim : aim - width;
            size_t cost = before[from].cost + b->pieces[from].cost + off * off;
            if (cost < after[i + 1].cost)
                after[i + 1] = (Best){cost, from};
        }
    }
}

static Str text_of(const Breaker *b, size_t first, size_t last)
{
    size_t from = b->pieces[first].from;
    return str_take(str_drop(b->title, from), b->pieces[last - 1].to - from);
}

/* More than `lines` has room for: as many as fit, each as full as can be. */
static void fill_lines(const Breaker *b, size_t columns, Str lines[MOST_LINES])
{
    size_t first = 0, width = 0, count = 0;
    for (size_t i = 0; i < b->n && count < MOST_LINES; i++) {
        const Piece *piece = &b->pieces[i];
        width += (i > first ? piece->gap : 0) + piece->width;
        if (i > first && width > columns) {
            lines[count++] = text_of(b, first, i);
            first = i;
            width = piece->width;
        }
    }
}

size_t title_lines(Str title, size_t columns, Str lines[MOST_LINES], Arena *a)
{
    Breaker *b = arena_new(a, Breaker, 1);
    b->title = title;
    find_pieces(b);
    size_t count = count_lines(b, columns), end = b->n;
    if (count > MOST_LINES) {
        fill_lines(b, columns, lines);
        return count;
    }
    Best *best = arena_new(a, Best, (MOST_LINES + 1) * (b->n + 1));
    for (size_t i = 1; i <= b->n; i++)
        best[i].cost = SIZE_MAX;
    for (size_t line = 1; line <= count; line++)
        extend(b, columns, total_width(b) / count, &best[(line - 1) * (b->n + 1)], &best[line * (b->n + 1)]);
    for (size_t line = count; line; line--) {
        size_t from = best[line * (b->n + 1) + end].from;
        lines[line - 1] = text_of(b, from, end);
        end = from;
    }
    return count;
}
