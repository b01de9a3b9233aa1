/*
 * svg.c -- a drawing goes through libxml2's reader into its writer, element by element.
 *
 * The numbers below bound what a drawing can cost; the parser is quadratic in the
 * attributes of one element, so their number is looked at before it sees them.
 */
#include "inline/svg.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "base/xml.h"
#include "inline/svg_cost.h"

enum { LARGEST = 2 * 1024 * 1024, DEEPEST = 64, MOST_ELEMENTS = 20000, MOST_ATTRIBUTES = 256 };

typedef enum { KEEP, TEXT, DROP, HTML } Treatment;

typedef struct Element {
    Str name;
    Treatment treatment;
    const char *as;
} Element;

static const Element elements[] = {
#define ELEMENT(name, treatment, as) {STR_INIT(#name), treatment, as},
#define ATTRIBUTES(names)
#include "inline/svg.def"
#undef ELEMENT
#undef ATTRIBUTES
};

static const Str attributes =
#define ELEMENT(name, treatment, as)
#define ATTRIBUTES(names) STR_INIT(" " names " ");
#include "inline/svg.def"
#undef ELEMENT
#undef ATTRIBUTES

static const Str svg_space = STR_INIT("http://www.w3.org/2000/svg"), xlink = STR_INIT("http://www.w3.org/1999/xlink");

typedef struct Drawing {
    XmlReader in;
    XmlWriter out;
    Arena scratch;
    SvgCost cost;
    const Element *open[DEEPEST];
    size_t nodes[DEEPEST];         /* of the open elements in `cost` */
    size_t depth, dropped, count;  /* of open elements; of those below one that is left out; of all */
    uint64_t *ids;                 /* hashes of those that are taken */
    size_t id_slots;               /* a power of two, larger than any number of ids */
    size_t width, height, box_width, box_height; /* 0: not said in pixels */
    bool shows;                    /* the element at hand shows what it leads to */
    Str wide, tall;                /* the same as numbers; empty where they are not pixels */
    Buf sheet;                     /* the text of the style sheet at hand */
    const char *why;               /* it is refused */
} Drawing;

bool svg_is(Str bytes)
{
    enum { NEAR = 4096 };
    str_eat(&bytes, STR("\xEF\xBB\xBF")); /* a byte order mark */
    Str head = str_trim(str_take(bytes, NEAR));
    bool named = str_find(head, STR("<svg")) != STR_NONE || str_find(head, STR(":svg")) != STR_NONE;
    return named && str_starts(head, STR("<"));
}

/* Whether some tag may have more attributes than is sane: an '=' stands in each. */
static bool is_crowded(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n && n <= MOST_ATTRIBUTES; i++)
        n = s.at[i] == '<' ? 0 : n + (s.at[i] == '=');
    return n > MOST_ATTRIBUTES;
}

static const char *refusal_of(Str s)
{
    if (s.n > LARGEST)
        return "a drawing larger than 2 MiB";
    if (utf8_valid(s) < s.n)
        return "a drawing that is not UTF-8";
    if (str_find(s, STR("<!ENTITY")) != STR_NONE || str_find(s, STR("<!ATTLIST")) != STR_NONE)
        return "a drawing with entities of its own";
    return is_crowded(s) ? "a drawing with too many attributes" : NULL;
}

static Str lower(Str s, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < s.n; i++)
        buf_put_char(&b, to_lower(s.at[i]));
    return buf_str(&b);
}

/* Whether a value or a sheet names nothing outside the drawing, and hides no word behind a backslash. */
static bool is_harmless(Drawing *d, Str value)
{
    static const Str never[] = {STR_INIT("\\"), STR_INIT("@import"), STR_INIT("expression("), STR_INIT("script:"),
                                STR_INIT("image-set("), STR_INIT("src("), STR_INIT("<"), STR_INIT("&")};
    Str s = lower(value, &d->scratch);
    for (size_t i = 0; i < COUNT(never); i++)
        if (str_find(s, never[i]) != STR_NONE)
            return false;
    for (size_t at; (at = str_find(s, STR("url("))) != STR_NONE;) {
        s = str_trim(str_drop(s, at + STR("url(").n));
        if (s.n && (s.at[0] == '"' || s.at[0] == '\''))
            s = str_drop(s, 1);
        if (!str_starts(s, STR("#")))
            return false;
    }
    return true;
}

static bool is_listed(Str name)
{
    char word[32] = " ";
    if (name.n + 2 > sizeof word || str_find_char(name, ' ') != STR_NONE)
        return false;
    memcpy(word + 1, name.at, name.n);
    word[name.n + 1] = ' ';
    return str_find(attributes, (Str){word, name.n + 2}) != STR_NONE;
}

/* A name such as XML wants of an id, which nothing before had. */
static bool take_id(Drawing *d, Str id)
{
    for (size_t i = 0; i < id.n; i++) {
        char c = id.at[i];
        bool starts = is_alpha(c) || c == '_' || (unsigned char)c >= 0x80;
        if (!starts && (!i || !(is_digit(c) || c == '-' || c == '.')))
            return false;
    }
    uint64_t hash = hash_quick(id) | 1;
    size_t i = (size_t)hash_mix(hash) & (d->id_slots - 1);
    while (d->ids[i] && d->ids[i] != hash)
        i = (i + 1) & (d->id_slots - 1);
    bool fresh = !d->ids[i];
    d->ids[i] = hash;
    return fresh && id.n;
}

/* A length in whole pixels, rounded up; other units are taken for pixels, a share of the page for nothing. */
static size_t length_of(Str s)
{
    enum { LONGEST = 1000000 };
    size_t whole = 0;
    bool more = false;
    for (s = str_trim(s); s.n && is_digit(s.at[0]) && whole < LONGEST; s = str_drop(s, 1))
        whole = 10 * whole + (size_t)(s.at[0] - '0');
    for (str_eat(&s, STR(".")); s.n && is_digit(s.at[0]); s = str_drop(s, 1))
        more = more || s.at[0] != '0';
    return str_eq(s, STR("%")) || whole >= LONGEST ? 0 : whole + more;
}

/* The number of a length in pixels; empty for any other. */
static Str pixels_of(Str s)
{
    size_t n = 0;
    s = str_trim(s);
    while (n < s.n && (is_digit(s.at[n]) || s.at[n] == '.'))
        n++;
    Str unit = str_drop(s, n);
    return !unit.n || str_eq(unit, STR("px")) ? str_take(s, n) : STR("");
}

/* The last two numbers of a view box. */
static void read_box(Drawing *d, Str box)
{
    size_t numbers[4] = {0};
    for (size_t i = 0; i < COUNT(numbers) && box.n; i++) {
        size_t n = 0;
        while (n < box.n && (is_space(box.at[n]) || box.at[n] == ','))
            n++;
        box = str_drop(box, n);
        for (n = 0; n < box.n && !is_space(box.at[n]) && box.at[n] != ',';)
            n++;
        numbers[i] = length_of(str_take(box, n));
        box = str_drop(box, n);
    }
    d->box_width = numbers[2];
    d->box_height = numbers[3];
}

static void note_size(Drawing *d, Str name, Str value)
{
    if (str_eq(name, STR("viewBox")))
        read_box(d, value);
    if (!str_eq(name, STR("width")) && !str_eq(name, STR("height")))
        return;
    bool wide = name.at[0] == 'w';
    *(wide ? &d->width : &d->height) = length_of(value);
    *(wide ? &d->wide : &d->tall) = str_copy(&d->scratch, pixels_of(value));
}

/* What is taken of an element, and counts. */
static void put(Drawing *d, const char *as, Str name, Str value)
{
    size_t top = d->depth - 1;
    xml_attribute(&d->out, as, value);
    svg_cost_attribute(&d->cost, d->nodes[top], d->open[top]->name, name, value);
}

static void put_link(Drawing *d, Str value)
{
    if (!d->shows)
        return;
    if (str_starts(value, STR("#")))
        put(d, "xlink:href", STR("href"), value);
    else
        d->why = "a drawing that shows another file";
}

static void put_attribute(Drawing *d)
{
    Str name = d->in.name, value = d->in.value;
    bool own = !d->in.space.n;
    if (str_eq(name, STR("href")) && (own || str_eq(d->in.space, xlink)))
        put_link(d, value);
    else if (str_eq(name, STR("space")) && str_eq(value, STR("preserve")))
        xml_attribute(&d->out, "xml:space", value);
    else if (own && str_eq(name, STR("id")) && take_id(d, value))
        put(d, "id", name, value);
    else if (own && is_listed(name) && is_harmless(d, value))
        put(d, str_copy(&d->scratch, name).at, name, value);
    if (d->depth == 1 && own)
        note_size(d, name, value);
}

/* Without a view box a drawing does not grow and shrink with its picture. */
static void put_box(Drawing *d)
{
    Buf box = {.arena = &d->scratch};
    buf_printf(&box, "0 0 %.*s %.*s", STR_ARG(d->wide), STR_ARG(d->tall));
    if (!d->box_width && d->wide.n && d->tall.n)
        xml_attribute(&d->out, "viewBox", buf_str(&box));
}

static const Element *find_element(Str name)
{
    for (size_t i = 0; i < COUNT(elements); i++)
        if (str_eq(elements[i].name, name))
            return &elements[i];
    return NULL;
}

static void keep(Drawing *d, const Element *e)
{
    bool in_text = d->depth && d->open[d->depth - 1]->treatment == TEXT, link = str_eq(e->name, STR("a"));
    d->shows = !link;
    if (in_text && link)
        e = find_element(STR("tspan"));
    xml_start(&d->out, e->as);
    size_t parent = d->depth ? d->nodes[d->depth - 1] : SVG_NO_PARENT;
    d->nodes[d->depth] = svg_cost_element(&d->cost, parent, str_of(e->as));
    d->open[d->depth++] = e;
    if (d->depth == 1) {
        xml_attribute(&d->out, "xmlns", svg_space);
        xml_attribute(&d->out, "xmlns:xlink", xlink);
    }
    while (xml_read_attribute(&d->in))
        put_attribute(d);
    if (d->depth == 1)
        put_box(d);
}

static void start(Drawing *d)
{
    bool own = str_eq(d->in.space, svg_space) || (!d->in.space.n && !d->depth);
    const Element *e = own || !d->in.space.n ? find_element(d->in.name) : NULL;
    bool choice = d->depth && str_eq(d->open[d->depth - 1]->name, STR("switch"));
    if (++d->count > MOST_ELEMENTS || d->depth == DEEPEST)
        d->why = "a drawing too large or nested too deep";
    else if (!d->depth && (!e || !str_eq(e->name, STR("svg"))))
        d->why = "no drawing, whatever its name says";
    else if (d->dropped || (!e && d->in.space.n && !own) || (e && e->treatment == DROP)
             || (e && e->treatment == HTML && choice))
        d->dropped++;
    else if (!e || e->treatment == HTML)
        d->why = "a drawing that holds another picture, HTML, or what no book may hold";
    else
        keep(d, e);
}

/* Without the rules that begin with `word`. */
static Str without(Str word, char last, Str sheet, Arena *a)
{
    Str small = lower(sheet, a);
    Buf b = {.arena = a};
    for (size_t at; (at = str_find(small, word)) != STR_NONE;) {
        buf_put(&b, str_take(sheet, at));
        size_t end = str_find_char(str_drop(small, at), last);
        size_t skip = end == STR_NONE ? small.n : at + end + 1;
        sheet = str_drop(sheet, skip);
        small = str_drop(small, skip);
    }
    buf_put(&b, sheet);
    return buf_str(&b);
}

/*
 * A sheet is looked at when all of it is there: comments of XML may part its words.  Fonts that it
 * fetches or brings along are left out, and other sheets: text is set in another font then.
 */
static void end_sheet(Drawing *d)
{
    Str sheet = without(STR("@font-face"), '}', buf_str(&d->sheet), &d->scratch);
    sheet = without(STR("@import"), ';', sheet, &d->scratch);
    if (!is_harmless(d, sheet))
        d->why = "a drawing whose style sheet could do more than style";
    xml_text(&d->out, sheet);
    svg_cost_sheet(&d->cost, sheet);
    d->sheet.n = 0;
}

static bool is_sheet(const Element *e)
{
    return str_eq(e->name, STR("style"));
}

static void end(Drawing *d)
{
    if (d->dropped) {
        d->dropped--;
        return;
    }
    if (is_sheet(d->open[d->depth - 1]))
        end_sheet(d);
    xml_end(&d->out);
    d->depth--;
}

static void text(Drawing *d)
{
    const Element *e = d->depth && !d->dropped ? d->open[d->depth - 1] : NULL;
    if (e && is_sheet(e))
        buf_put(&d->sheet, d->in.value);
    else if (e && e->treatment == TEXT)
        xml_text(&d->out, d->in.value);
}

static void write_anew(Drawing *d)
{
    for (XmlEvent event; !d->why && (event = xml_read(&d->in)) != XML_NO_MORE;)
        switch (event) {
        case XML_START:
            start(d);
            break;
        case XML_END:
            end(d);
            break;
        case XML_TEXT:
            text(d);
            break;
        default:
            d->why = "a drawing that is no well-formed XML";
        }
    if (!d->why && !d->count)
        d->why = "no drawing, whatever its name says";
    if (!d->why && !svg_cost_bearable(&d->cost))
        d->why = "a drawing that shows too much over and over, or itself";
}

/* Its own size, else that of its view box. */
static void measure(const Drawing *d, MediaForm *form)
{
    bool sized = d->width && d->height;
    form->width = sized ? d->width : d->box_width;
    form->height = sized ? d->height : d->box_height;
}

MediaForm svg_read(Str *bytes, Arena *a)
{
    Drawing d = {.why = refusal_of(*bytes), .id_slots = 16};
    Diags unused = {.arena = &d.scratch};
    Str made = {0};
    MediaForm form = {.type = "image/svg+xml", .suffix = "svg"};
    if (d.why)
        return (MediaForm){.why = d.why};
    while (d.id_slots < bytes->n / 4) /* an id takes more than four bytes */
        d.id_slots *= 2;
    d.sheet.arena = &d.scratch;
    d.ids = arena_new(&d.scratch, uint64_t, d.id_slots);
    svg_cost_open(&d.cost, bytes->n, &d.scratch);
    xml_read_open(&d.in, *bytes);
    xml_open(&d.out, false, &d.scratch);
    xml_solid(&d.out);
    write_anew(&d);
    xml_read_close(&d.in);
    if (!xml_close(&d.out, STR("svg"), a, &made, &unused) && !d.why)
        d.why = "a drawing that could not be written";
    measure(&d, &form);
    arena_free(&d.scratch);
    if (d.why)
        return (MediaForm){.why = d.why};
    *bytes = made;
    return form;
}
