/*
 * details.c -- what closes what is counted once for the whole file, on a stack.
 */
#include "recognise/details.h"

#include "recognise/lines.h"
#include "recognise/shortcode.h"
#include "recognise/wording.h"

#include "model/container.h"

enum { DETAILS, SHORTCODE, KINDS }; /* what is no box; one has three colons or more */

/* A line that opens something; its colons, or what it is. */
typedef struct Opened {
    uint32_t line;
    size_t colons;
} Opened;

typedef struct Pairing {
    uint32_t *ends;
    Vec(Opened) open;
    size_t open_of[KINDS];
    Arena *arena;
} Pairing;

static void open_line(Pairing *p, size_t colons, uint32_t line)
{
    *vec_push(&p->open, p->arena) = (Opened){line, colons};
    if (colons < KINDS)
        p->open_of[colons]++;
}

static void close_line(Pairing *p, uint32_t line)
{
    p->ends[p->open.at[--p->open.n].line - 1] = line;
}

static void close_box(Pairing *p, size_t colons, uint32_t line)
{
    size_t own = p->open.n ? p->open.at[p->open.n - 1].colons : 0;
    if (own >= KINDS && own <= colons)
        close_line(p, line);
}

/* What else is open in it, and was not closed, ends with it. */
static void close_kind(Pairing *p, size_t kind, uint32_t line)
{
    if (!p->open_of[kind])
        return;
    for (size_t top; (top = p->open.at[p->open.n - 1].colons) != kind; p->open.n--)
        if (top < KINDS)
            p->open_of[top]--;
    p->open_of[kind]--;
    close_line(p, line);
}

static void pair_line(Pairing *p, Str text, uint32_t line)
{
    Str kind, title;
    size_t opens = container_opens(text, &kind, &title), closes = container_closes(text);
    if (shortcode_opens(text, &title))
        open_line(p, SHORTCODE, line);
    else if (shortcode_closes(text))
        close_kind(p, SHORTCODE, line);
    else if (opens)
        open_line(p, opens, line);
    else if (closes)
        close_box(p, closes, line);
    for (size_t at; (at = str_find_char(text, '<')) != STR_NONE;) {
        text = str_drop(text, at + 1);
        if (str_starts_nocase(text, STR("details")))
            open_line(p, DETAILS, line);
        else if (str_starts_nocase(text, STR("/details")))
            close_kind(p, DETAILS, line);
    }
}

const uint32_t *details_pair(const Source *s, const uint8_t *states, bool boxes, Arena *a)
{
    if (!boxes && str_find(s->text, STR("<details")) == STR_NONE)
        return NULL;
    Pairing p = {.ends = arena_new(a, uint32_t, s->line_count + 1), .arena = a};
    for (uint32_t line = 1; line <= s->line_count; line++)
        if (states[line - 1] == LINE_TEXT || states[line - 1] == LINE_WRAP)
            pair_line(&p, source_line(s, line), line);
    return p.ends;
}

/* Take `<name …>` off the front. */
static bool eat_tag(Str *text, Str name)
{
    Str rest = str_trim(*text);
    bool opens = str_eat(&rest, STR("<")) && str_starts_nocase(rest, name);
    size_t end = opens ? str_find_char(rest, '>') : STR_NONE;
    if (end == STR_NONE)
        return false;
    *text = str_drop(rest, end + 1);
    return true;
}

bool details_read(Str text, Str *summary, Str *after)
{
    Str kind, first = str_take(text, str_find_char(text, '\n'));
    if (container_opens(first, &kind, summary) || shortcode_opens(first, summary)) {
        *after = str_drop(text, first.n);
        return summary->n > 0;
    }
    eat_tag(&text, STR("details"));
    if (!eat_tag(&text, STR("summary")))
        return false;
    size_t end = str_find(text, STR("</summary>"));
    if (end == STR_NONE)
        return false;
    *summary = line_unwrap(str_take(text, end));
    for (size_t at; (at = str_find(*summary, STR("</"))) != STR_NONE && !line_unwrap(str_drop(*summary, at)).n;)
        *summary = str_trim(str_take(*summary, at));
    *after = str_drop(text, end + STR("</summary>").n);
    return true;
}

typedef enum { FILLER, CLICKS, SHOWS } Button;

/* Take words off that ask for a click; the strongest of them. */
static Button eat_button(Str *text)
{
    static const struct {
        Str word;
        Button button;
    } words[] = {
        {STR_INIT("点击"), CLICKS}, {STR_INIT("点我"), CLICKS},  {STR_INIT("展开"), CLICKS},
        {STR_INIT("查看"), SHOWS},  {STR_INIT("显示"), SHOWS},   {STR_INIT("Click"), CLICKS},
        {STR_INIT("Expand"), CLICKS}, {STR_INIT("Show"), SHOWS}, {STR_INIT("View"), SHOWS},
        {STR_INIT("Reveal"), SHOWS}, {STR_INIT("See"), SHOWS},   {STR_INIT("Toggle"), SHOWS},
        {STR_INIT("to"), FILLER},   {STR_INIT("for"), FILLER},   {STR_INIT("here"), FILLER},
        {STR_INIT("the"), FILLER},
    };
    Button most = FILLER;
    *text = wording_bare(*text);
    for (size_t i = 0; i < COUNT(words);) {
        Str rest = str_drop(*text, words[i].word.n);
        bool whole = !rest.n || !is_alnum(rest.at[0]) || !is_alpha(words[i].word.at[0]);
        if (!str_starts_nocase(*text, words[i++].word) || !whole)
            continue;
        most = words[i - 1].button > most ? words[i - 1].button : most;
        *text = str_trim(rest);
        i = 0;
    }
    return most;
}

bool details_is_button(Str summary)
{
    return eat_button(&summary) != FILLER;
}

bool details_label(Str text, Label *label)
{
    Str summary, after;
    if (!details_read(text, &summary, &after))
        return false;
    Button button = eat_button(&summary);
    *label = (Label){.part = PART_ANSWER};
    bool known = summary.n == 1 ? false : summary.n ? label_read(summary, true, label) : button == SHOWS;
    if (!known || label->part == PART_QUESTION)
        return false;
    label->strong = true;
    if (!label->rest.n)
        label->rest = line_unwrap(after);
    return true;
}
