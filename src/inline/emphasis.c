/*
 * emphasis.c -- runs of marks on a stack, paired from the inside out.
 *
 * CommonMark lets a run open or close by what stands beside it.  Chinese has no
 * blanks between words, so its rule for punctuation (`**中文。**后` is no closing
 * run, since a letter follows a full stop) is lifted in tolerant mode wherever one
 * of the two neighbours is CJK.
 *
 * `2**3` is a power, so there a run can only close bold of its own line.
 *
 * Full-width `＊＊` lies on the same stack, and also makes bold of one line or is text.
 *
 * What was searched in vain is not searched again: for each kind of closing run
 * `bottoms` keeps the offset below which no run can open it.
 */
#include "inline/emphasis.h"

#include "base/utf8.h"
#include "inline/mend.h"

struct Delimiter {
    Delimiter *previous, *next;
    Node *node;      /* a TEXT with the marks that are left */
    size_t at;       /* offset of the run */
    size_t length;   /* of the run as written, in marks */
    size_t width;    /* of a mark, in bytes */
    char mark;
    bool opens, closes;
    bool exact;      /* makes bold of one line, with another run of two */
};

enum { SLOTS = 17 }; /* 6 for each of * and _, 2 for ~, 1 for ==, 2 for exact runs */

typedef struct Sides {
    bool left, right; /* flanking: opens what follows, closes what precedes */
    bool punct_before, punct_after;
} Sides;

static Sides look_beside(const Leaf *l, size_t n)
{
    size_t end = l->at + n;
    uint32_t before = l->at ? utf8_before(l->text, l->at) : '\n';
    uint32_t after = end < l->text.n ? utf8_at(l->text, end, NULL) : '\n';
    bool space_before = utf8_is_space(before), space_after = utf8_is_space(after);
    Sides s = {.punct_before = utf8_is_punct(before), .punct_after = utf8_is_punct(after)};
    bool cjk = mend_wanted(l, REPAIR_EMPHASIS) && l->text.at[l->at] != '_'
            && (leaf_is_cjk(before) || leaf_is_cjk(after));
    s.left = !space_after && (cjk || !s.punct_after || space_before || s.punct_before);
    s.right = !space_before && (cjk || !s.punct_before || space_after || s.punct_after);
    return s;
}

static void push(Leaf *l, Delimiter run)
{
    Delimiter *d = arena_new(l->all->arena, Delimiter, 1);
    *d = run;
    d->at = l->at;
    d->previous = l->newest;
    d->node = leaf_node(l, NODE_TEXT);
    d->node->text = (Str){l->text.at + l->at, run.length * run.width};
    if (d->previous)
        d->previous->next = d;
    l->newest = d;
    leaf_skip(l, l->at + run.length * run.width);
}

static bool is_foreign(const Leaf *l, char mark, size_t n)
{
    return mark == '~' ? !l->all->tolerant || n > 2 : mark == '=' && (!l->all->tolerant || n != 2);
}

bool read_emphasis(Leaf *l)
{
    char mark = leaf_peek(l, 0);
    size_t n = 1;
    while (leaf_peek(l, n) == mark)
        n++;
    Sides s = look_beside(l, n);
    /* Neither snake_case nor 10~20 is meant as a mark. */
    bool whole_words = mark == '_' || (mark == '~' && n == 1);
    bool opens = s.left && (!whole_words || !s.right || s.punct_before);
    bool closes = s.right && (!whole_words || !s.left || s.punct_after);
    char before = l->at ? l->text.at[l->at - 1] : ' ', after = leaf_peek(l, n);
    if (mark == '=') { /* `a==b` compares */
        opens = opens && !is_alnum(before) && before != ')';
        closes = closes && !is_alnum(after);
    }
    bool product = l->all->tolerant && mark == '*' && is_digit(before) && is_digit(after);
    opens = opens && !product;
    closes = closes && (!product || n == 2);
    if (is_foreign(l, mark, n) || (!opens && !closes))
        l->at += n;
    else
        push(l, (Delimiter){.length = n, .width = 1, .mark = mark, .opens = opens, .closes = closes,
                            .exact = product});
    return true;
}

/* Two, no more, and no other mark beside them. */
bool read_wide_emphasis(Leaf *l)
{
    Str star = STR("＊"), rest = str_drop(l->text, l->at);
    size_t n = 0;
    while (str_eat(&rest, star))
        n++;
    char before = l->at ? l->text.at[l->at - 1] : ' ', after = rest.n ? rest.at[0] : ' ';
    Sides s = look_beside(l, n * star.n);
    bool opens = s.left && !(is_digit(before) && is_digit(after));
    if (n != 2 || before == '*' || after == '*' || (!opens && !s.right))
        l->at += n * star.n;
    else
        push(l, (Delimiter){.length = n, .width = star.n, .mark = '*', .opens = opens, .closes = s.right,
                            .exact = true});
    return true;
}

static size_t slot_of(const Delimiter *closer)
{
    if (closer->exact)
        return 15 + (size_t)closer->opens;
    if (closer->mark == '=')
        return 14;
    if (closer->mark == '~')
        return 11 + closer->length;
    return closer->length % 3 + (closer->opens ? 3U : 0U) + (closer->mark == '_' ? 6U : 0U);
}

/* Two marks as written, and none of them used. */
static bool is_two(const Delimiter *d)
{
    return d->length == 2 && d->node->text.n == 2 * d->width;
}

static bool is_pair(const Delimiter *opener, const Delimiter *closer)
{
    if (!opener->opens || opener->mark != closer->mark)
        return false;
    if (opener->exact || closer->exact)
        return is_two(opener) && is_two(closer) && opener->node->line == closer->node->line;
    if (closer->mark == '~')
        return opener->length == closer->length;
    if (!closer->opens && !opener->closes)
        return true;
    return (opener->length + closer->length) % 3 != 0
        || (opener->length % 3 == 0 && closer->length % 3 == 0);
}

static Delimiter *opener_of(const Delimiter *closer, size_t bottom)
{
    Delimiter *d = closer->previous;
    while (d && d->at >= bottom && !is_pair(d, closer))
        d = d->previous;
    return d && d->at >= bottom ? d : NULL;
}

static void drop(Leaf *l, Delimiter *d)
{
    if (d->previous)
        d->previous->next = d->next;
    if (d->next)
        d->next->previous = d->previous;
    else
        l->newest = d->previous;
    if (!d->node->text.n)
        node_unlink(d->node);
}

static size_t marks_left(const Delimiter *d)
{
    return d->node->text.n / d->width;
}

/* Make one span of what lies between.  False where it would nest too deep. */
static bool pair(Leaf *l, Delimiter *opener, Delimiter *closer)
{
    bool both_two = marks_left(opener) >= 2 && marks_left(closer) >= 2;
    NodeKind kind = closer->mark == '~' ? NODE_DELETED : closer->mark == '=' ? NODE_MARKED
                  : both_two ? NODE_STRONG : NODE_EMPHASIS;
    size_t used = both_two ? 2 : 1;
    if (!leaf_wrap(l, kind, opener->node, closer->node))
        return false;
    if (opener->width > 1 || closer->width > 1)
        mend_wide(l, opener->node->line, opener->at);
    opener->node->text.n -= used * opener->width;
    closer->node->text = str_drop(closer->node->text, used * closer->width);
    opener->next = closer;
    closer->previous = opener;
    if (!opener->node->text.n)
        drop(l, opener);
    return true;
}

static Delimiter *first_from(const Leaf *l, size_t bottom)
{
    Delimiter *d = l->newest;
    if (!d || d->at < bottom)
        return NULL;
    while (d->previous && d->previous->at >= bottom)
        d = d->previous;
    return d;
}

/* Where a sentence pauses: bold that nothing closes was meant up to there. */
static size_t pause_in(Str s, bool *chinese)
{
    size_t i = 0, n;
    for (; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        bool wide = utf8_is_cjk(code);
        if (wide ? utf8_is_punct(code) && str_find(STR("：，。；！？"), (Str){s.at + i, n}) != STR_NONE
                 : code == ':')
            return i;
        *chinese |= wide;
    }
    return i;
}

static bool ends_line(const Node *n)
{
    return n->kind == NODE_SOFT_BREAK || n->kind == NODE_HARD_BREAK;
}

/* The span before which bold pauses that begins behind `mark`; `mark` itself where it is none. */
static const Node *pause_after(Leaf *l, const Node *mark)
{
    bool chinese = false;
    Node *n = mark->next;
    for (; n && !ends_line(n) && n->kind != NODE_STRONG; n = n->next) {
        if (n->kind != NODE_TEXT)
            continue;
        if (str_eq(n->text, STR("**")))
            break;
        size_t pause = pause_in(n->text, &chinese);
        if (pause == n->text.n)
            continue;
        Node *rest = node_new(l->all->arena, NODE_TEXT, NULL);
        rest->line = rest->end_line = n->line;
        rest->text = str_drop(n->text, pause);
        n->text = str_take(n->text, pause);
        node_insert_after(n, rest);
        n = rest;
        break;
    }
    return chinese ? n : mark;
}

/* `**重点：后面`: two marks that only open, at the front of a line or behind a blank. */
static void mend_open(Leaf *l, const Delimiter *d)
{
    char before = d->at ? l->text.at[d->at - 1] : '\n';
    bool front = is_space(before);
    if (d->mark != '*' || d->width > 1 || !is_two(d) || !d->opens || !front)
        return;
    const Node *end = pause_after(l, d->node);
    if (end == d->node || end == d->node->next || !leaf_wrap(l, NODE_STRONG, d->node, end))
        return;
    mend_note(l, REPAIR_EMPHASIS, d->node->line, d->at);
    node_unlink(d->node);
}

static void clear_from(Leaf *l, size_t bottom)
{
    while (l->newest && l->newest->at >= bottom)
        l->newest = l->newest->previous;
    if (l->newest)
        l->newest->next = NULL;
}

/*
 * In notes a line is a sentence mostly: a run that can open and is closed in its own line
 * does not close what an earlier line left open.
 */
static bool opens_in_line(const Leaf *l, const Delimiter *d, const Delimiter *opener)
{
    const Delimiter *next = d->next;
    uint32_t line = d->node->line;
    return mend_wanted(l, REPAIR_EMPHASIS) && d->opens && opener->node->line < line && next
        && next->mark == d->mark && next->closes && next->node->line == line;
}

void emphasis_pair(Leaf *l, size_t bottom)
{
    size_t bottoms[SLOTS], floor = bottom;
    for (size_t i = 0; i < SLOTS; i++)
        bottoms[i] = bottom;
    for (Delimiter *d = first_from(l, bottom), *next; d; d = next) {
        next = d->next;
        if (!d->closes)
            continue;
        size_t *lowest = &bottoms[slot_of(d)];
        Delimiter *opener = opener_of(d, *lowest > floor ? *lowest : floor);
        if (!opener) {
            *lowest = d->at;
            if (!d->opens)
                drop(l, d);
        } else if (opens_in_line(l, d, opener)) {
            continue;
        } else if (!pair(l, opener, d)) {
            floor = d->at + 1; /* whatever lies around would be deeper still */
        } else if (d->node->text.n) {
            next = d;
        } else {
            drop(l, d);
        }
    }
    for (const Delimiter *d = l->newest; d && !bottom && mend_wanted(l, REPAIR_EMPHASIS); d = d->previous)
        mend_open(l, d);
    clear_from(l, bottom);
}
