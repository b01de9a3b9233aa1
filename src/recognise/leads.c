/*
 * leads.c -- what only leads to a list of questions: headings, bullets above those of another
 * sign, lines that end in a colon, and lines between two lists.
 *
 *     ## 字节一面                  数据库方面：
 *     - HashMap 的原理             1. 索引有哪些种类
 *     - 线程池有哪些参数           2. 主键
 *
 * A list below a heading may as well be its answer, so all lists below the headings of a
 * level tell together, and so do those below colons: the items of an answer nearly never ask.
 * Nor do they have texts of their own below where no heading of the level has any other text.
 */
#include "recognise/evidence.h"

#include "recognise/lines.h"
#include "recognise/title.h"

#include "base/utf8.h"

enum {
    FEWEST = 2,     /* items of a list */
    MOST_TEXT = 2,  /* lines between the heading and its list */
    MOST_REMARKS = 8, /* the same, of an interview: when it was, how it went */
    OWN = 2,        /* a list tells so many times as much of its own heading as of the others */
    ENOUGH = 4,     /* one in so many items asks … */
    ASKING = 2,     /* … and no fewer of the level */
    RARELY = 10,    /* less than one in so many asks */
    SECTION_WIDTH = 40,
    LONG = 4,       /* items of a list, on average */
    VERY_LONG = 9   /* the same, where they have no text below */
};

/* The items right below a heading. */
typedef struct List {
    uint32_t items, asks;
    uint32_t topics; /* items that name a topic, with a text of their own below */
    uint32_t names;  /* items that name one, with or without */
} List;

static bool is_item(const Mark *m)
{
    return m->class == MARK_BULLET || m->class == MARK_NUMBER || m->class == MARK_CHINESE;
}

/* Whether `item` is of the list that begins with `first`; a bracket behind the number tells lists apart. */
static bool is_of_list(const Mark *first, const Mark *item)
{
    return item->class == first->class && item->sign == first->sign
        && (item->number.sign == ')') == (first->number.sign == ')') && item->indent <= first->indent + 1;
}

/* Of a talk, quotes tell when it was. */
static bool is_remark(const Mark *m, bool talk)
{
    return m->class == MARK_BARE || (talk && m->class == MARK_QUOTE);
}

/* The first item of the list right below heading `i`; the number of marks for none. */
static size_t first_item(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    bool talk = m->round || m->dated;
    uint32_t most = talk ? MOST_REMARKS : MOST_TEXT;
    for (i++; i < v->marks->n && is_remark(&v->marks->at[i], talk); i++)
        ;
    bool item = i < v->marks->n && is_item(&v->marks->at[i]);
    return item && text_between(v, m->line, v->marks->at[i].line) <= most ? i : v->marks->n;
}

static bool has_text_below(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    for (i++; i < v->marks->n && v->marks->at[i].indent > m->indent + 1; i++)
        ;
    return text_between(v, m->line, line_of(v, i)) > 0;
}

/* Where what stands below mark `i` ends: the mark after it. */
static size_t end_below(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    for (i++; i < v->marks->n && !v->marks->at[i].level; i++)
        if (!m->level && is_of_list(m, &v->marks->at[i]))
            break;
    return i;
}

/* Whether an item tells what it names: 准确性：数据是否正确. */
static bool tells(const Vote *v, const Mark *m)
{
    size_t colon = str_find(m->title, STR("："));
    return colon != STR_NONE && !wording_question_mark(m->title) && !wording_asks(&v->wording, str_take(m->title, colon));
}

/*
 * The list that begins with mark `first`, among the marks before `end`; where a colon
 * introduced it, sentences may ask, too.
 */
static List list_look(const Vote *v, size_t first, size_t end, bool introduced)
{
    List list = {0};
    for (size_t i = first; i < end; i++) {
        const Mark *item = &v->marks->at[i];
        if (!is_of_list(&v->marks->at[first], item))
            continue;
        list.items++;
        list.asks += item->asks && !item->repeated && !tells(v, item) && (introduced || item->topic || wording_question_mark(item->title));
        list.topics += item->topic && !item->repeated && has_text_below(v, i);
        list.names += item->topic;
    }
    return list.items < FEWEST ? (List){0} : list;
}

/* Its items are told that they are questions. */
static void list_tell(Vote *v, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        v->marks->at[i].listed = is_of_list(&v->marks->at[first], &v->marks->at[i]);
}

/* Mark `i` leads to what stands below. */
static void lead(Vote *v, size_t i)
{
    Mark *m = &v->marks->at[i];
    m->leads = true;
    if (!m->level) {
        m->role = ROLE_SECTION;
        m->rank = SECTION_RANK;
        reason_add(v, m, "it leads to a list of questions, as others like it do");
    }
    list_tell(v, first_item(v, i), end_below(v, i));
}

/*
 * A heading, or a bullet that names a topic, right above those of another sign; none that the
 * writer calls a question.
 */
static bool may_lead(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i], *next = m + 1;
    if (is_wanted(v, m) || m->said == ROLE_QUESTION)
        return false;
    if (m->class != MARK_BULLET || i + 1 >= v->marks->n)
        return mark_is_heading(m);
    return m->topic && next->class == MARK_BULLET && next->sign != m->sign && next->indent >= m->indent
        && text_between(v, m->line, next->line) == 0;
}

/* What stands below the headings of a level. */
typedef struct Level {
    List list;               /* of all their lists */
    uint32_t listed, told;   /* headings right above lists, and above other texts */
} Level;

/* Whether its lists are points to be learnt one by one: long, and each with a text below, or very long. */
static bool is_outline(const Level *level)
{
    const List *list = &level->list;
    bool texts = list->items >= LONG * level->listed && list->topics * 5 >= list->items * 2;
    bool names = list->items >= VERY_LONG * level->listed && list->names * 10 >= list->items * 9;
    return !level->told && level->listed > 1 && (texts || names);
}

static bool leads(const Level *level, const List *own)
{
    uint32_t asks = level->list.asks + OWN * own->asks;
    uint32_t items = level->list.items + OWN * own->items + level->told; /* a text does not ask */
    bool asking = level->list.asks >= ASKING && asks * ENOUGH >= items;
    return own->items && (asking || is_outline(level));
}

/* Whether its list is as good an answer as the texts below others of its level are. */
static bool answers(const Level *level, const List *own)
{
    return own->items && level->list.asks * RARELY < level->list.items && level->told * 3 > level->listed;
}

static bool has_text(const Vote *v, size_t i)
{
    return text_between(v, v->marks->at[i].line, line_of(v, i + 1)) > 0;
}

/* Where the list that begins with mark `i` ends: the mark after it. */
static size_t end_of_list(const Vote *v, size_t i)
{
    const Mark *first = &v->marks->at[i];
    for (i++; i < v->marks->n && !v->marks->at[i].level; i++) {
        const Mark *m = &v->marks->at[i];
        if ((is_of_list(first, m) && m->number.value == 1) || (is_item(m) && colon_above(v, i)))
            break;
    }
    return i;
}

/* The lists below lines that end in a colon tell together as those below a level of headings. */
static void find_colons(Vote *v)
{
    Level all = {0};
    bool answer = false; /* of a heading that asks */
    List *lists = arena_new(v->arena, List, v->marks->n + 1);
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        answer = m->level ? m->asks : answer;
        uint32_t colon = is_item(m) ? colon_above(v, i) : 0;
        if (answer || !colon || (i && m[-1].level && m[-1].line == colon))
            continue; /* a heading leads as others of its level do */
        bool asks = wording_asks(&v->wording, source_line(v->source, colon));
        lists[i] = asks ? (List){0} : list_look(v, i, end_of_list(v, i), true);
        all.list.items += lists[i].items;
        all.list.asks += lists[i].asks;
        all.told += asks;
    }
    for (size_t i = 0; i < v->marks->n; i++) {
        if (!leads(&all, &lists[i]))
            continue;
        v->marks->at[i].lead = colon_above(v, i);
        list_tell(v, i, end_of_list(v, i));
    }
}

/* Where a level has several lists of numbers, they tell nothing of its lists of bullets. */
enum { NUMBERS, BULLETS, BOTH, KINDS };

static uint8_t kind_below(const Vote *v, size_t i)
{
    size_t first = first_item(v, i);
    return first < v->marks->n && v->marks->at[first].class == MARK_BULLET ? BULLETS : NUMBERS;
}

static void level_add(Level *level, const List *list, bool text, bool told)
{
    level->list.items += list->items;
    level->list.asks += list->asks;
    level->list.topics += list->topics;
    level->list.names += list->names;
    level->listed += list->items && !text;
    level->told += told;
}

void find_leads(Vote *v)
{
    find_colons(v);
    Level levels[LEVELS][KINDS] = {0};
    bool answer = false;
    List *lists = arena_new(v->arena, List, v->marks->n + 1);
    uint8_t *kinds = arena_new(v->arena, uint8_t, v->marks->n + 1);
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        answer = m->level ? m->asks : answer;
        if ((answer && !m->level) || !may_lead(v, i))
            continue;
        if (m->level && wording_aspect(m->title)) {
            v->marks->at[i].answered = true; /* by whatever is below */
            continue;
        }
        bool text = has_text(v, i);
        bool demands = m->labelled || wording_demands(&v->wording, m->title);
        lists[i] = demands ? (List){0} : list_look(v, first_item(v, i), end_below(v, i), false);
        kinds[i] = kind_below(v, i);
        for (uint8_t kind = 0; kind < KINDS; kind++)
            level_add(&levels[m->level][kind], kind == kinds[i] || kind == BOTH ? &lists[i] : &(List){0}, text,
                      m->asks || text);
    }
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        const Level *level = &levels[m->level][kinds[i]];
        level = level->listed > 1 ? level : &levels[m->level][BOTH];
        bool round = m->round && lists[i].items;
        if (round || leads(level, &lists[i]))
            lead(v, i);
        m->answered |= answers(level, &lists[i]);
    }
}

/* The next mark after mark `i` that opens an entry; the number of marks for none. */
static size_t next_opening(const Vote *v, size_t i)
{
    for (i++; i < v->marks->n && !mark_opens(&v->marks->at[i]); i++)
        ;
    return i;
}

/* Whether a line could name what follows: short, no sentence, no question, nothing to look at. */
static bool names_section(const Vote *v, uint32_t line)
{
    Str text = str_trim(source_line(v->source, line));
    line_eat_bullet(&text);
    text = wording_bare(text);
    return v->states[line - 1] == LINE_TEXT && text.n && !utf8_wider(text, SECTION_WIDTH)
        && wording_topic(text) && !wording_asks(&v->wording, text)
        && str_find(text, STR("://")) == STR_NONE && str_find_char(STR("!<>|`$"), text.at[0]) == STR_NONE;
}

/*
 * The line of its own between question `i`, which has no other text, and question `k`, where
 * the list begins anew; 0 for none.
 */
static uint32_t name_between(const Vote *v, size_t i, size_t k)
{
    const Mark *m = &v->marks->at[i], *next = &v->marks->at[k];
    bool anew = next->class == m->class && next->indent == m->indent
             && (!next->number.parts || next->number.value <= 1);
    uint32_t between = text_between(v, m->line, next->line);
    if (!anew || !between || between > MOST_TEXT + 1 || line_speaks(v->states[m->line]))
        return 0;
    uint32_t line = m->line + 1;
    while (!line_speaks(v->states[line - 1]))
        line++;
    bool margin = str_indent(source_line(v->source, line)) <= m->indent;
    return margin && names_section(v, line) ? line : 0;
}

/* The line right above question `k`, where a list begins anew, further out than it and question `i`; 0: none. */
static uint32_t name_outside(const Vote *v, size_t i, size_t k)
{
    const Mark *m = &v->marks->at[i], *next = &v->marks->at[k];
    uint32_t line = next->line - 1;
    while (line > m->line && !line_speaks(v->states[line - 1]))
        line--;
    uint32_t indent = line > m->line ? str_indent(source_line(v->source, line)) : next->indent;
    bool anew = next->class == m->class && next->indent == m->indent && next->number.value == 1;
    return anew && indent < next->indent && names_section(v, line) ? line : 0;
}

/*
 * In a list of questions whose answers are still to come, the last before a new list does not
 * own the line between the two.
 */
static void find_names(Vote *v)
{
    uint32_t all[MARK_CLASSES] = {0}, open[MARK_CLASSES] = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        all[m->class] += m->role == ROLE_QUESTION;
        open[m->class] += m->role == ROLE_QUESTION
                       && !text_between(v, m->line, line_of(v, next_opening(v, i)));
    }
    for (size_t i = 0, k; (k = next_opening(v, i)) < v->marks->n; i = k) {
        const Mark *m = &v->marks->at[i];
        Mark *next = &v->marks->at[k];
        bool counted = m->role == ROLE_QUESTION && m->class == MARK_NUMBER && next->role == ROLE_QUESTION;
        if (counted && !next->lead)
            next->lead = name_outside(v, i, k);
        if (m->role == ROLE_QUESTION && open[m->class] * 3 >= all[m->class] * 2
            && next->role == ROLE_QUESTION && !next->lead)
            next->lead = name_between(v, i, k);
    }
}

/* The line that leads to the questions below mark `m`, as their section. */
static Mark lead_of(const Vote *v, const Mark *m)
{
    Str text = str_trim(source_line(v->source, m->lead));
    line_eat_bullet(&text);
    text = mark_title(text);
    bool colon = wording_eat_colon(&text);
    Mark lead = {.class = colon ? MARK_COLON : MARK_LINE, .line = m->lead, .title = mark_title(text),
                 .role = ROLE_SECTION, .rank = SECTION_RANK};
    lead.number = number_eat(&lead.title);
    return lead;
}

/* Put the section that leads to `m` before it; what else was found on its line opens nothing. */
static void put_lead(Vote *v, MarkVec *out, const Mark *m)
{
    while (out->n && out->at[out->n - 1].line >= m->lead && !mark_opens(&out->at[out->n - 1]))
        out->n--;
    if (out->n && mark_last(&out->at[out->n - 1]) >= m->lead)
        return;
    Mark lead = lead_of(v, m);
    reason_add(v, &lead, "it leads to a list of questions");
    *vec_push(out, v->arena) = lead;
}

void add_leads(Vote *v)
{
    MarkVec out = {0};
    find_names(v);
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        if (m->lead && m->role == ROLE_QUESTION && !is_said_text(v, m->lead))
            put_lead(v, &out, m);
        *vec_push(&out, v->arena) = *m;
    }
    *v->marks = out;
}
