/*
 * html.c -- the walk over a tree, and a row for every kind of node.
 *
 * Markup that begins with '\n' stands at the start of a line: a line end is written
 * before it where there is none.
 */
#include "render/html.h"

#include "base/utf8.h"
#include "render/html_parts.h"

static void put(Writer *w, const char *markup)
{
    bool fresh = w->out->n == w->start || w->out->at[w->out->n - 1] == '\n';
    buf_puts(w->out, markup + (*markup == '\n' && fresh));
}

void writer_break(Writer *w)
{
    if (w->owes_break)
        buf_puts(w->out, str_ends(buf_str(w->out), STR("<br/>")) ? "\n" : "<br/>\n");
    w->owes_break = false;
}

void writer_show(Writer *w)
{
    writer_break(w);
    w->visible = true;
}

void writer_end_void(Writer *w)
{
    buf_puts(w->out, w->profile->commonmark ? " />" : "/>");
}

void writer_text(Writer *w, Str s)
{
    if (!s.n)
        return;
    writer_show(w);
    html_text(w->out, s);
    w->last = utf8_before(s, s.n);
}

/* In raw HTML: Chinese has no blank that a joined line would need. */
void writer_line_end(Writer *w, uint32_t next)
{
    if (!w->profile->commonmark && (utf8_is_cjk(w->last) || utf8_is_cjk(next)))
        w->owes_break = w->visible;
    else
        buf_put_char(w->out, '\n');
}

static void begin_leaf(Writer *w)
{
    w->leaf_start = w->out->n;
    w->visible = w->owes_break = false;
    w->last = 0;
}

static void take_leaf_back(Writer *w)
{
    w->out->n = w->leaf_start;
    w->out->at[w->out->n] = '\0';
}

static bool is_tight(const Node *paragraph)
{
    const Node *item = paragraph->parent;
    return item && item->kind == NODE_ITEM && item->parent && item->parent->tight;
}

static void put_task(Writer *w, const Node *item)
{
    w->visible = true;
    if (w->profile->commonmark)
        buf_printf(w->out, "<input type=\"checkbox\" %sdisabled=\"\" /> ",
                   item->task == TASK_DONE ? "checked=\"\" " : "");
    else
        buf_puts(w->out, item->task == TASK_DONE ? "☑ " : "☐ ");
}

static void enter_paragraph(Writer *w, const Node *n)
{
    begin_leaf(w);
    writer_measure(w, n);
    if (!is_tight(n))
        put(w, "\n<p>");
    if (n->parent && n->parent->kind == NODE_ITEM && n->parent->task && !n->previous)
        put_task(w, n->parent);
}

/* Where all of it was tags that are left out, nothing is left of the paragraph. */
static void leave_paragraph(Writer *w, const Node *n)
{
    if (!w->visible && !w->profile->commonmark)
        take_leaf_back(w);
    else if (!is_tight(n))
        put(w, "</p>\n");
}

/* The level at which a heading is shown: none is skipped on the way down. */
static unsigned shown_level(Writer *w, const Node *n)
{
    if (w->profile->commonmark)
        return n->level;
    while (w->level_count && w->levels[w->level_count - 1] >= n->level)
        w->level_count--;
    w->levels[w->level_count++] = n->level;
    unsigned level = w->profile->top_level + (unsigned)w->level_count - 1;
    return level < HEADING_LEVELS ? level : HEADING_LEVELS;
}

static void enter_heading(Writer *w, const Node *n)
{
    begin_leaf(w);
    put(w, "\n");
    buf_printf(w->out, "<h%u>", shown_level(w, n));
}

static void leave_heading(Writer *w, const Node *n)
{
    unsigned level = w->profile->top_level + (unsigned)w->level_count - 1;
    if (w->profile->commonmark)
        level = n->level;
    buf_printf(w->out, "</h%u>\n", level < HEADING_LEVELS ? level : HEADING_LEVELS);
}

static bool is_terms(const Node *list)
{
    return list->first && list->first->kind == NODE_TERM;
}

static void enter_item(Writer *w, const Node *n)
{
    bool task = n->task && !w->profile->commonmark;
    put(w, is_terms(n->parent) ? "\n<dd>" : task ? "\n<li class=\"task\">" : "\n<li>");
}

static void leave_item(Writer *w, const Node *n)
{
    put(w, is_terms(n->parent) ? "</dd>\n" : "</li>\n");
}

static void enter_term(Writer *w, const Node *n)
{
    (void)n;
    begin_leaf(w);
    put(w, "\n<dt>");
}

static void leave_term(Writer *w, const Node *n)
{
    (void)n;
    put(w, "</dt>\n");
}

static void enter_list(Writer *w, const Node *n)
{
    if (is_terms(n)) {
        put(w, "\n<dl>\n");
        return;
    }
    put(w, n->ordered ? "\n<ol" : "\n<ul");
    if (n->mark == '#')
        buf_puts(w->out, " class=\"plain\"");
    if (n->ordered && n->start != 1)
        buf_printf(w->out, " start=\"%u\"", n->start);
    put(w, ">\n");
}

static void leave_list(Writer *w, const Node *n)
{
    put(w, is_terms(n) ? "\n</dl>\n" : n->ordered ? "\n</ol>\n" : "\n</ul>\n");
}

static void enter_code_block(Writer *w, const Node *n)
{
    Str info = n->title;
    size_t length = 0;
    while (length < info.n && !is_space(info.at[length]))
        length++;
    put(w, w->profile->card && code_is_drawing(n->text) ? "\n<pre class=\"drawing\"><code" : "\n<pre><code");
    if (length) {
        buf_puts(w->out, " class=\"language-");
        html_text(w->out, str_take(info, length));
        buf_puts(w->out, "\"");
    }
    put(w, ">");
    code_write(w, n);
    put(w, "</code></pre>\n");
}

static void enter_html_block(Writer *w, const Node *n)
{
    put(w, "\n");
    if (w->profile->commonmark) {
        buf_put(w->out, n->text);
        return;
    }
    begin_leaf(w);
    buf_puts(w->out, "<div class=\"html\">");
    raw_block(w, n);
    raw_leave(w, n);
    buf_puts(w->out, "</div>\n");
    if (!w->visible)
        take_leaf_back(w);
}

static void enter_rule(Writer *w, const Node *n)
{
    (void)n;
    put(w, "\n<hr");
    writer_end_void(w);
    put(w, "\n");
}

static void enter_table(Writer *w, const Node *n)
{
    put(w, "\n");
    table_enter(w, n);
}

static void enter_cell(Writer *w, const Node *n)
{
    begin_leaf(w);
    table_enter_cell(w, n);
}

static void leave_cell(Writer *w, const Node *n)
{
    if (!table_leave_cell(w, n))
        take_leaf_back(w);
}

static void enter_text(Writer *w, const Node *n)
{
    writer_text(w, n->text);
}

static uint32_t first_code_after(const Node *n)
{
    n = n->next;
    while (n && n->first)
        n = n->first;
    return n && n->text.n && n->kind != NODE_HTML ? utf8_at(n->text, 0, NULL) : 0;
}

static bool is_display(const Node *n)
{
    return n && n->kind == NODE_MATH && n->display;
}

/* A displayed formula has a line of its own anyway. */
static void enter_soft_break(Writer *w, const Node *n)
{
    if (is_display(n->previous) || is_display(n->next))
        buf_put_char(w->out, '\n');
    else
        writer_soft_break(w, n, first_code_after(n));
}

static void enter_hard_break(Writer *w, const Node *n)
{
    (void)n;
    put(w, "<br");
    writer_end_void(w);
    put(w, "\n");
}

static void enter_code(Writer *w, const Node *n)
{
    writer_show(w);
    mention_open(w, n);
    buf_puts(w->out, "<code>");
    html_text(w->out, n->text);
    buf_puts(w->out, "</code>");
    mention_close(w, n);
    w->last = utf8_before(n->text, n->text.n);
}

static void enter_strong(Writer *w, const Node *n)
{
    writer_show(w);
    mention_open(w, n);
    buf_puts(w->out, "<strong>");
}

static void leave_strong(Writer *w, const Node *n)
{
    buf_puts(w->out, "</strong>");
    mention_close(w, n);
}

static void enter_html(Writer *w, const Node *n)
{
    if (w->profile->commonmark)
        buf_put(w->out, n->text);
    else
        raw_tag(w, n);
}

static Str target_of(const Writer *w, const Node *n)
{
    if (w->profile->commonmark)
        return n->target;
    return w->profile->card ? n->card_target : n->page_target;
}

static void put_title(Writer *w, const Node *n)
{
    if (!n->title.n)
        return;
    buf_puts(w->out, " title=\"");
    html_text(w->out, n->title);
    buf_puts(w->out, "\"");
}

static bool is_shown_link(const Writer *w, const Node *n)
{
    return w->profile->commonmark || target_of(w, n).n;
}

static void enter_link(Writer *w, const Node *n)
{
    if (!is_shown_link(w, n))
        return;
    writer_show(w);
    buf_puts(w->out, "<a href=\"");
    html_url(w->out, target_of(w, n));
    buf_puts(w->out, "\"");
    put_title(w, n);
    buf_puts(w->out, ">");
    w->links++;
}

static void leave_link(Writer *w, const Node *n)
{
    if (!is_shown_link(w, n))
        return;
    buf_puts(w->out, "</a>");
    w->links--;
}

/* A player; Anki makes its own of a mark, and in a link it would be out of place. */
static void put_sound(Writer *w, Str target, Str words)
{
    if (w->profile->card) {
        buf_printf(w->out, "%c[sound:%.*s]", CARD_COMMAND, STR_ARG(target));
    } else if (w->links) {
        html_text(w->out, words);
    } else {
        buf_puts(w->out, "<audio controls=\"controls\" src=\"");
        html_url(w->out, target);
        buf_puts(w->out, "\">");
        html_text(w->out, words);
        buf_puts(w->out, "</audio>");
    }
}

static void put_size(Writer *w, const Node *n)
{
    if (n->width)
        buf_printf(w->out, " width=\"%u\"", n->width);
    if (n->height)
        buf_printf(w->out, " height=\"%u\"", n->height);
}

static void enter_image(Writer *w, const Node *n)
{
    Str target = target_of(w, n), alt = str_trim(node_plain(n, w->out->arena));
    writer_show(w);
    if (!target.n && !w->profile->commonmark) {
        buf_puts(w->out, "<span class=\"missing\">[");
        html_text(w->out, alt);
        buf_puts(w->out, "]</span>");
        return;
    }
    if (n->sound) {
        put_sound(w, target, alt);
        return;
    }
    buf_puts(w->out, "<img src=\"");
    html_url(w->out, target);
    buf_puts(w->out, "\" alt=\"");
    html_text(w->out, alt);
    buf_puts(w->out, "\"");
    put_size(w, n);
    put_title(w, n);
    writer_end_void(w);
}

static void enter_note_mark(Writer *w, const Node *n)
{
    const HtmlProfile *p = w->profile;
    writer_show(w);
    if (p->card || w->links)
        buf_printf(w->out, "<sup>[%u]</sup>", n->number);
    else
        buf_printf(w->out, "<sup><a%s href=\"#%sfn-%u\">%u</a></sup>",
                   p->commonmark ? "" : " epub:type=\"noteref\" role=\"doc-noteref\"",
                   p->prefix ? p->prefix : "", n->number, n->number);
}

/* A kind has fixed markup, or functions that write it. */
static const struct {
    const char *open, *close;
    void (*enter)(Writer *w, const Node *n), (*leave)(Writer *w, const Node *n);
} forms[NODE_KINDS] = {
#define TAG(kind, open, close) [NODE_##kind] = {open, close, NULL, NULL},
#include "render/tag.def"
#undef TAG
    [NODE_PARAGRAPH] = {"", "", enter_paragraph, leave_paragraph},
    [NODE_HEADING] = {"", "", enter_heading, leave_heading},
    [NODE_LIST] = {"", "", enter_list, leave_list},
    [NODE_ITEM] = {"", "", enter_item, leave_item},
    [NODE_TERM] = {"", "", enter_term, leave_term},
    [NODE_CODE_BLOCK] = {"", "", enter_code_block, NULL},
    [NODE_HTML_BLOCK] = {"", "", enter_html_block, NULL},
    [NODE_RULE] = {"", "", enter_rule, NULL},
    [NODE_TABLE] = {"", "", enter_table, table_leave},
    [NODE_ROW] = {"", "", table_enter_row, table_leave_row},
    [NODE_CELL] = {"", "", enter_cell, leave_cell},
    [NODE_TEXT] = {"", "", enter_text, NULL},
    [NODE_SOFT_BREAK] = {"", "", enter_soft_break, NULL},
    [NODE_HARD_BREAK] = {"", "", enter_hard_break, NULL},
    [NODE_CODE] = {"", "", enter_code, NULL},
    [NODE_STRONG] = {"", "", enter_strong, leave_strong},
    [NODE_HTML] = {"", "", enter_html, NULL},
    [NODE_MATH] = {"", "", writer_formula, NULL},
    [NODE_LINK] = {"", "", enter_link, leave_link},
    [NODE_IMAGE] = {"", "", enter_image, NULL},
    [NODE_NOTE_MARK] = {"", "", enter_note_mark, NULL},
};

static void enter(Writer *w, const Node *n)
{
    if (forms[n->kind].enter) {
        forms[n->kind].enter(w, n);
    } else if (forms[n->kind].open) {
        if (n->kind >= NODE_TEXT)
            writer_show(w);
        put(w, forms[n->kind].open);
    }
}

static void leave(Writer *w, const Node *n)
{
    raw_leave(w, n);
    if (forms[n->kind].leave)
        forms[n->kind].leave(w, n);
    else if (forms[n->kind].close)
        put(w, forms[n->kind].close);
}

void html_write(Buf *out, const Node *root, const HtmlProfile *profile)
{
    Writer w = {.out = out, .start = out->n, .profile = profile};
    NodeStep step = {(Node *)(uintptr_t)root, true};
    while (node_next(&step, root) && step.node != root) {
        if (!step.entering) {
            leave(&w, step.node);
            continue;
        }
        enter(&w, step.node);
        if (step.node->kind == NODE_IMAGE)
            step.entering = false;
    }
    raw_leave(&w, root);
}
