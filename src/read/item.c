/*
 * item.c -- items of lists.
 *
 * Writers of notes number by hand in more ways than Markdown knows.  In notes a line is
 * an item too where it counts on from the item before it, or the next number follows:
 *
 *   1 text   1、text   1.text   1）text   （1）text   1：text   ① text   ❶ text
 *   • text   ● text   －text
 *   1.2 text      within an item; its number stays in the text
 *
 * Terms with `: definition` below them are a list, too.
 *
 * A lone one stays text.  Node.mark of such a list is ' ' ',' ';' '.' '(' '#' or a
 * letter from the tables below.
 */
#include "read/block_parts.h"

#include "base/utf8.h"

enum {
    LARGEST_LIST_START = 99, /* tolerant: of a list that goes on in the middle of a paragraph */
    LINES_AHEAD = 40, /* within which the next number is looked for … */
    OTHERS_AHEAD = 6, /* … with so many lines between that are not indented */
    LOOK_INDENT = 1, /* what is indented deeper than such an item belongs to it */
    STEP_INDENT = 2,
    WIDE_DASH = 'W',
    DEFINES = 'd'
};

typedef struct Marker {
    size_t length;
    char mark; /* - + * . ) or one of those above */
    bool by_look;
    uint32_t number;
} Marker;

static bool marker_read(Str text, Marker *m)
{
    *m = (Marker){0};
    size_t i = 0;
    while (i < text.n && i < 9 && is_digit(text.at[i]))
        m->number = m->number * 10 + (uint32_t)(text.at[i++] - '0');
    Str marks = i ? STR(".)") : STR("-+*");
    if (i == text.n || str_find_char(marks, text.at[i]) == STR_NONE)
        return false;
    m->mark = text.at[i];
    m->length = i + 1;
    return m->length == text.n || is_blank(text.at[m->length]);
}

/* A digit, of either width, off the front of `*s`. */
static bool eat_digit(Str *s, uint32_t *number)
{
    enum { WIDE_ZERO = 0xFF10 };
    size_t n = 1;
    uint32_t code = s->n ? utf8_at(*s, 0, &n) : 0;
    uint32_t zero = code >= WIDE_ZERO ? WIDE_ZERO : '0';
    if (code < zero || code > zero + 9)
        return false;
    *number = *number * 10 + (code - zero);
    *s = str_drop(*s, n);
    return true;
}

/* One to three digits off the front of `*s`. */
static bool eat_number(Str *s, uint32_t *number)
{
    int digits = 0;
    *number = 0;
    while (digits <= 3 && eat_digit(s, number))
        digits++;
    return digits > 0 && digits <= 3;
}

/* What may stand behind `1 `: not the rest of a formula or of a table. */
static bool is_wordy(Str s)
{
    s = str_trim(s);
    char first = s.n ? s.at[0] : ' ';
    return is_alpha(first) || first == '`' || first == '*' || (unsigned char)first >= 0x80;
}

/* Characters that are a number with its mark: so many in a row, the first is 1. */
static const struct {
    uint32_t first, count;
    char mark;
} numerals[] = {
    {0x2460, 20, 'o'}, /* ① */
    {0x2474, 20, 'p'}, /* ⑴ */
    {0x2488, 20, 'q'}, /* ⒈ */
    {0x2776, 10, 'r'}, /* ❶ */
};

static bool read_numeral(Str *s, Marker *m)
{
    size_t n;
    uint32_t code = utf8_at(*s, 0, &n);
    for (size_t i = 0; i < COUNT(numerals); i++) {
        if (code < numerals[i].first || code >= numerals[i].first + numerals[i].count)
            continue;
        *m = (Marker){.mark = numerals[i].mark, .number = code - numerals[i].first + 1};
        *s = str_drop(*s, n);
        return true;
    }
    return false;
}

static const struct {
    Str text;
    char mark;
} bullets[] = {
    {STR_INIT("•"), 'A'}, {STR_INIT("●"), 'B'}, {STR_INIT("○"), 'C'}, {STR_INIT("·"), 'D'},
    {STR_INIT("◆"), 'E'}, {STR_INIT("■"), 'F'}, {STR_INIT("▪"), 'G'}, {STR_INIT("－"), WIDE_DASH},
};

static bool read_bullet(Str *s, Marker *m)
{
    for (size_t i = 0; i < COUNT(bullets); i++)
        if (str_eat(s, bullets[i].text)) {
            *m = (Marker){.mark = bullets[i].mark};
            return true;
        }
    return false;
}

static bool is_bullet(char mark)
{
    return str_find_char(STR("-+*"), mark) != STR_NONE || (mark >= 'A' && mark <= 'Z');
}

/* `1.2 text`, of which all is kept: the number is the last of them. */
static bool read_section(Str s, Marker *m)
{
    uint32_t number;
    unsigned parts = 0;
    while (eat_number(&s, &number)) {
        parts++;
        if (!str_eat(&s, STR(".")))
            break;
    }
    if (parts < 2 || !number || !s.n || is_punct(s.at[0]) || !is_wordy(s))
        return false;
    *m = (Marker){.mark = '#', .by_look = true, .number = number};
    return true;
}

static const struct {
    Str text;
    char mark;
} behind[] = {
    {STR_INIT("、"), ','}, {STR_INIT("．"), '.'}, {STR_INIT("）"), '('},
    {STR_INIT("."), '.'},  {STR_INIT(" "), ' '},  {STR_INIT("："), ';'}, {STR_INIT(": "), ';'},
};

static void eat_wide_blanks(Str *s)
{
    while (str_eat(s, STR("\u3000")))
        ;
}

/* A number that only its company makes an item. */
static bool read_by_look(Str text, Marker *m)
{
    Str s = text;
    *m = (Marker){0};
    if (read_bullet(&s, m) || read_numeral(&s, m)) {
        /* it is its own mark */
    } else if (str_eat(&s, STR("（")) || str_eat(&s, STR("("))) {
        m->mark = '(';
        if (!eat_number(&s, &m->number) || !(str_eat(&s, STR("）")) || str_eat(&s, STR(")"))))
            return false;
    } else if (eat_number(&s, &m->number)) {
        if (read_section(text, m))
            return true;
        for (size_t i = 0; i < COUNT(behind) && !m->mark; i++)
            if (str_eat(&s, behind[i].text))
                m->mark = behind[i].mark;
    }
    eat_wide_blanks(&s);
    m->by_look = true;
    m->length = text.n - s.n;
    return m->mark && (is_bullet(m->mark) ? str_trim(s).n > 0 : is_wordy(s));
}

static bool is_next(Str text, Marker m)
{
    Marker next;
    return (marker_read(text, &next) || read_by_look(text, &next)) && next.mark == m.mark
        && next.number == m.number + !is_bullet(m.mark);
}

/* Whether the next number is not far below. */
static bool is_followed(const Blocks *b, Marker m)
{
    size_t indent = str_indent(b->cursor.line), others = 0;
    for (size_t i = b->index + 1; i < b->lines->n && i <= b->index + LINES_AHEAD; i++) {
        Str line = b->lines->at[i].text, text = str_trim(line);
        if (!text.n || str_indent(line) > indent + 1)
            continue;
        if (is_next(text, m))
            return true;
        if (str_find_char(STR("#`~"), text.at[0]) != STR_NONE || others++ == OTHERS_AHEAD)
            return false;
    }
    return false;
}

static bool counts_on(const Blocks *b, Marker m)
{
    const Node *list = blocks_top(b);
    uint32_t step = !is_bullet(m.mark);
    if (list->kind == NODE_LIST && list->mark == m.mark && list->last)
        return list->last->start + step == m.number;
    if (b->counted_mark == m.mark && b->counted + step == m.number)
        return true;
    bool may_begin = m.mark == '#' ? list->kind == NODE_ITEM
                   : m.number <= 1 || (m.mark != ' ' && m.mark != '.');
    return may_begin && is_followed(b, m);
}

/* Whether a paragraph may be broken off by an item: prose that wraps holds numbers too. */
static bool may_break_paragraph(const Blocks *b, Marker m)
{
    bool bullet = m.mark != '.' && m.mark != ')';
    bool empty = str_trim(str_drop(cursor_text(&b->cursor), m.length)).n == 0;
    bool low = b->tolerant ? m.number <= LARGEST_LIST_START : m.number == 1;
    return !empty && (bullet || low);
}

/* Go behind the marker.  The columns from the line's start to the content of the item. */
static size_t pass_marker(Blocks *b, Marker m)
{
    Cursor *c = &b->cursor;
    size_t before = cursor_indent(c) + m.length;
    cursor_pass(c, m.length);
    size_t blanks = cursor_indent(c);
    bool empty = cursor_text(c).n == 0;
    if (empty || blanks > CODE_INDENT)
        blanks = 1; /* what is more belongs to the content */
    cursor_skip(c, blanks);
    return before + blanks;
}

/* What belongs to a line that is an item by its look: all that is indented deeper. */
static size_t pass_look(Blocks *b, Marker m)
{
    size_t before = cursor_indent(&b->cursor);
    cursor_pass(&b->cursor, m.length);
    cursor_skip(&b->cursor, SIZE_MAX);
    return before + LOOK_INDENT;
}

static void set_task(Blocks *b, Node *item)
{
    Str text = cursor_text(&b->cursor);
    bool box = text.n > 4 && text.at[0] == '[' && text.at[2] == ']' && is_blank(text.at[3]);
    if (!box || cursor_indent(&b->cursor) >= CODE_INDENT)
        return;
    char c = to_lower(text.at[1]);
    if (c != ' ' && c != 'x')
        return;
    item->task = c == 'x' ? TASK_DONE : TASK_OPEN;
    cursor_pass(&b->cursor, 3);
    cursor_skip(&b->cursor, SIZE_MAX);
}

static Start add_item(Blocks *b, Marker m)
{
    Node *list = blocks_top(b);
    bool goes_on = list->kind == NODE_LIST && list->mark == m.mark;
    if (!blocks_have_room(b, goes_on ? 1 : 2))
        return NO_START;
    if (!goes_on) {
        list = blocks_add(b, NODE_LIST);
        list->mark = m.mark;
        list->ordered = !is_bullet(m.mark) && str_find_char(STR("#:d"), m.mark) == STR_NONE;
        list->start = m.number;
        list->tight = true;
        blocks_push(b, list, 0);
    }
    Node *item = blocks_add(b, NODE_ITEM);
    item->start = m.number;
    blocks_push(b, item, m.by_look ? pass_look(b, m) : pass_marker(b, m));
    b->stack[b->depth - 1].by_look = m.by_look;
    set_task(b, item);
    return CONTAINER_START;
}

/* An item whose mark stays in its text has just begun. */
static bool has_begun(const Blocks *b)
{
    const Node *top = blocks_top(b);
    return top->kind == NODE_ITEM && !top->first && top->line == b->cursor.number;
}

static Start start_by_look(Blocks *b)
{
    Marker m;
    if (!b->tolerant || has_begun(b) || !read_by_look(cursor_text(&b->cursor), &m))
        return NO_START;
    RepairKind kind = m.mark == WIDE_DASH ? REPAIR_MARKS : REPAIR_LISTS;
    const Node *top = blocks_top(b);
    bool goes_on = top->kind == NODE_LIST && top->mark == m.mark;
    if (!blocks_mend(b, kind) || !counts_on(b, m))
        return NO_START;
    b->counted_mark = m.mark;
    b->counted = m.number;
    if (!goes_on)
        blocks_note(b, kind, b->cursor.number);
    return add_item(b, m);
}

static bool ends_sentence(Str line)
{
    line = str_trim(line);
    return str_ends(line, STR("。")) || str_ends(line, STR("；")) || str_ends(line, STR("！"))
        || str_ends(line, STR("？"));
}

/*
 * The list had one line for each item so far and this is its last, so a line below it
 * is about all of them.
 */
static bool ends_list(const Blocks *b)
{
    const Container *c = &b->stack[b->depth - 1];
    const Node *item = c->node, *before = item->previous;
    if (item->kind != NODE_ITEM || b->leaf.lines.n != 1 || b->leaf.node != item->first)
        return false;
    if (!before || before->end_line != before->line)
        return false;
    return (c->by_look || ends_sentence(b->leaf.lines.at[0].text))
        && !is_followed(b, (Marker){.mark = item->parent->mark, .number = item->start});
}

static bool is_definition(Str line)
{
    return line.n > 2 && line.at[0] == ':' && is_blank(line.at[1]);
}

static bool holds_terms(const Node *n)
{
    return n && n->kind == NODE_LIST && n->mark == DEFINES;
}

/* Below a definition the next term begins, which has one itself. */
static bool begins_term(const Blocks *b)
{
    if (b->matched == b->depth || !holds_terms(blocks_top(b)))
        return false;
    size_t next = b->index + 1, n = b->lines->n;
    if (next < n && !str_trim(b->lines->at[next].text).n)
        next++;
    return next < n && is_definition(str_trim(b->lines->at[next].text));
}

/* The line right above, or above a blank line, as the term of a list that is opened. */
static bool open_terms(Blocks *b)
{
    Node *top = blocks_top(b), *above = top->last;
    LeafLine term;
    if (!above || above->kind != NODE_PARAGRAPH)
        return false;
    if (blocks_in_paragraph(b)) {
        term = leaf_take_last(b);
    } else {
        if (str_find_char(above->text, '\n') != STR_NONE)
            return false;
        term = (LeafLine){above->text, 0, above->line};
        node_unlink(above);
    }
    blocks_leave(b, NODE_ITEM);
    Node *list = top->last;
    if (!holds_terms(list)) {
        list = blocks_add(b, NODE_LIST);
        list->mark = DEFINES;
        list->tight = true;
        list->line = term.number;
    }
    blocks_push(b, list, 0);
    Node *n = node_new(b->arena, NODE_TERM, list);
    n->text = str_trim(term.text);
    n->line = n->end_line = term.number;
    return true;
}

Start term_start(Blocks *b)
{
    if (!b->tolerant || !is_definition(cursor_text(&b->cursor)) || !blocks_have_room(b, 2))
        return NO_START;
    if (!holds_terms(blocks_top(b)) && !open_terms(b))
        return NO_START;
    return add_item(b, (Marker){.length = 1, .mark = DEFINES});
}

bool item_is_left(const Blocks *b)
{
    if (b->tolerant && begins_term(b))
        return true;
    size_t indent = cursor_indent(&b->cursor), before = 0;
    for (size_t i = b->matched; i < b->depth && b->tolerant; before += b->stack[i++].indent)
        if (b->stack[i].by_look && indent < before + b->stack[i].indent - LOOK_INDENT)
            return true;
    return b->tolerant && ends_list(b);
}

Start item_start(Blocks *b)
{
    Marker m;
    if (!marker_read(cursor_text(&b->cursor), &m))
        return start_by_look(b);
    if (blocks_in_paragraph(b) && !may_break_paragraph(b, m))
        return NO_START;
    return add_item(b, m);
}

Start step_start(Blocks *b)
{
    const Node *top = blocks_top(b);
    bool below = top->kind != NODE_DOCUMENT || top->first;
    if (!b->in_fence || !below || has_begun(b) || cursor_indent(&b->cursor) < STEP_INDENT)
        return NO_START;
    return add_item(b, (Marker){.mark = ':', .by_look = true});
}
