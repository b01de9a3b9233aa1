/*
 * fields.c -- the trees of an entry become the fields of a card and parts of a page.
 */
#include "base/utf8.h"
#include "render/html.h"
#include "render/html_parts.h"

enum { TYPED_COLUMNS = 80 }; /* what a hand types at one go */
enum { TOP_LEVEL = 3 }; /* above it stand the titles of the chapter and of the question */

static const HtmlProfile card_profile = {.card = true, .top_level = TOP_LEVEL};

/* What footnotes may add to the cards of one source: each card repeats those it uses. */
enum { MOST_NOTE_BYTES = 1024 * 1024 };

typedef struct Fields {
    Source *source;
    bool cards_only;
    Buf made, inert; /* scratch, used again and again */
    size_t note_bytes;
} Fields;

static bool is_listed(const Node *const *notes, size_t n, const Node *note)
{
    for (size_t i = 0; i < n; i++)
        if (notes[i] == note)
            return true;
    return false;
}

enum { NOTES_OF_A_CARD = 64 };

/* The footnotes that `tree` uses, each once, in order. */
static size_t used_notes(const Fields *f, const Node *tree, const Node *notes[NOTES_OF_A_CARD])
{
    size_t n = 0;
    NodeStep step = {(Node *)(uintptr_t)tree, true};
    while (node_next(&step, tree) && n < NOTES_OF_A_CARD) {
        if (!step.entering || step.node->kind != NODE_NOTE_MARK)
            continue;
        const Node *note = references_footnote(&f->source->references, step.node->label);
        if (note && !is_listed(notes, n, note))
            notes[n++] = note;
    }
    return n;
}

/* A card is alone, so the notes stand in it. */
static void put_used_notes(Fields *f, const Node *tree)
{
    const Node *notes[NOTES_OF_A_CARD];
    size_t n = used_notes(f, tree, notes);
    if (!n)
        return;
    buf_puts(&f->made, "<div class=\"notes\">");
    for (size_t i = 0; i < n && f->note_bytes < MOST_NOTE_BYTES; i++) {
        size_t start = f->made.n;
        buf_printf(&f->made, "<span class=\"note-number\">[%u]</span> ", notes[i]->number);
        html_write(&f->made, notes[i], &card_profile);
        f->note_bytes += f->made.n - start;
    }
    buf_puts(&f->made, "</div>");
}

static Str card_field(Fields *f, const Node *tree, const Node *noted, bool cloze)
{
    f->made.n = f->inert.n = 0;
    if (tree)
        html_write(&f->made, tree, &card_profile);
    if (noted)
        put_used_notes(f, noted);
    card_put(&f->inert, buf_str(&f->made), cloze ? CLOZE_KEPT : CLOZE_IGNORED);
    return str_copy(&f->source->fields, str_trim(buf_str(&f->inert)));
}

/* A book asks for no gap, so it shows the text. */
static Str without_clozes(Fields *f, Str s, bool cloze)
{
    if (!cloze)
        return s;
    f->inert.n = 0;
    cloze_fill(&f->inert, s);
    return buf_str(&f->inert);
}

static Str page_markup(Fields *f, const Node *tree)
{
    static const HtmlProfile profile = {.top_level = TOP_LEVEL, .prefix = ""};
    if (f->cards_only)
        return STR("");
    f->made.n = 0;
    if (tree)
        html_write(&f->made, tree, &profile);
    return buf_str(&f->made);
}

static Str page_part(Fields *f, const Node *tree, bool cloze)
{
    return str_copy(&f->source->arena, str_trim(without_clozes(f, page_markup(f, tree), cloze)));
}

/* The spans of a title, without the paragraph around them. */
static const Node *title_spans(const Entry *e)
{
    return e->made->title_tree ? e->made->title_tree->first : NULL;
}

static void render_title(Fields *f, Entry *e)
{
    const Node *spans = title_spans(e);
    if (!spans)
        return;
    e->card_title = card_field(f, spans, NULL, e->cloze);
    e->made->page_title = page_part(f, spans, e->cloze);
    Str plain = utf8_nfc(node_plain(spans, &f->source->arena), &f->source->arena);
    bool wiki = str_find(e->plain_title, STR("[[")) != STR_NONE; /* links are known only now */
    if (e->cloze || wiki || !e->plain_title.n)
        e->plain_title = str_copy(&f->source->kept, str_trim(without_clozes(f, plain, e->cloze)));
}

static void render_parts(Fields *f, Entry *e)
{
    bool card = e->kind != ENTRY_OTHER;
    for (int part = 0; part < PARTS; part++) {
        const Node *tree = e->made->part_tree[part];
        if (tree)
            e->made->page_part[part] = page_part(f, tree, e->cloze);
        if (tree && card)
            e->card_part[part] = card_field(f, tree, tree, e->cloze);
    }
}

/* The one paragraph of `answer`, which may be an item of a list; NULL: it is not that short. */
static const Node *only_paragraph(const Node *answer)
{
    const Node *n = answer ? answer->first : NULL;
    while (n && !n->next && (n->kind == NODE_LIST || n->kind == NODE_ITEM))
        n = n->first;
    return n && !n->next && n->kind == NODE_PARAGRAPH ? n : NULL;
}

static bool is_typed(NodeKind kind)
{
    return kind != NODE_SOFT_BREAK && kind != NODE_HARD_BREAK && kind != NODE_HTML && kind != NODE_IMAGE
        && kind != NODE_MATH;
}

/* What a hand can repeat: text in one short line; empty where the answer is none. */
static Str one_line(const Node *answer, Arena *a)
{
    const Node *paragraph = only_paragraph(answer);
    if (!paragraph)
        return STR("");
    NodeStep step = {(Node *)(uintptr_t)paragraph, true};
    while (node_next(&step, paragraph))
        if (!is_typed(step.node->kind))
            return STR("");
    Str text = utf8_nfc(node_plain(paragraph, a), a);
    return utf8_width(text) <= TYPED_COLUMNS ? text : STR("");
}

static void render_typed(Fields *f, Entry *e)
{
    if (!e->typed || e->cloze)
        return;
    e->typed_text = str_copy(&f->source->fields, one_line(e->made->part_tree[PART_ANSWER], &f->source->arena));
    if (!e->typed_text.n && e->answered)
        diag(&f->source->diags, D_TYPED_LONG, source_place(f->source, e->line, NULL), NULL);
}

static bool opens_cloze(Str s)
{
    while (s.n && !cloze_open(s))
        s = str_drop(s, 1);
    return s.n > 0;
}

/* KaTeX sets no gap, and what it sets cannot be parted: of such a formula all is asked for. */
static void hide_formulas(const Node *tree)
{
    NodeStep step = {(Node *)(uintptr_t)tree, true};
    while (node_next(&step, tree))
        if (step.entering && step.node->kind == NODE_MATH && opens_cloze(step.node->text))
            step.node->page_target = STR("{{c1::…}}");
}

/* `tree`, which is shown no more but here, with its gaps hidden; empty where `wants_gaps` and it has none. */
static bool hide(Fields *f, const Node *tree, bool wants_gaps, Str *hidden, size_t *gaps)
{
    size_t before = *gaps;
    f->inert.n = 0;
    if (tree)
        hide_formulas(tree);
    if (!cloze_hide(&f->inert, page_markup(f, tree), gaps))
        return false;
    if (!wants_gaps || *gaps > before)
        *hidden = str_copy(&f->source->arena, str_trim(buf_str(&f->inert)));
    return true;
}

/* A self-test asks with the gaps; where they are in what is otherwise the answer, with that. */
static void render_gaps(Fields *f, Entry *e)
{
    Made *m = e->made;
    size_t gaps = 0;
    m->gapped = e->cloze && hide(f, title_spans(e), false, &m->gapped_title, &gaps)
             && hide(f, m->part_tree[PART_QUESTION], false, &m->gapped_part[PART_QUESTION], &gaps)
             && hide(f, m->part_tree[PART_ANSWER], true, &m->gapped_part[PART_ANSWER], &gaps) && gaps;
}

/* Whether there is something to see besides tags. */
static bool has_text(Str html)
{
    while (html.n) {
        Str text = str_take(html, str_find_char(html, '<'));
        html = str_drop(html, text.n);
        if (!utf8_is_blank(text) || str_starts(html, STR("<img ")))
            return true;
        str_cut(&html, '>');
    }
    return false;
}

/* What asks nothing is no question, whatever it was taken for: tags alone, say. */
static void settle_kind(Source *s, Entry *e)
{
    bool asks = has_text(e->card_title) || has_text(e->card_part[PART_QUESTION])
             || (e->cloze && has_text(e->card_part[PART_ANSWER]));
    if (e->kind != ENTRY_QUESTION || asks)
        return;
    e->kind = ENTRY_OTHER;
    diag(&s->diags, D_NO_TEXT, source_place(s, e->line, NULL), NULL);
}

void source_render(Source *s, const Book *b)
{
    Fields f = {.source = s, .cards_only = b->cards_only, .made.arena = &s->arena, .inert.arena = &s->arena};
    for (size_t i = 0; i < s->entries.n; i++) {
        render_title(&f, &s->entries.at[i]);
        render_parts(&f, &s->entries.at[i]);
        render_typed(&f, &s->entries.at[i]);
        render_gaps(&f, &s->entries.at[i]);
        settle_kind(s, &s->entries.at[i]);
    }
}

enum { FIELDS = PARTS + 2 };

static Str *field_at(Entry *e, size_t i)
{
    return i < PARTS ? &e->card_part[i] : i == PARTS ? &e->card_title : &e->typed_text;
}

void source_spool_fields(Source *s, Spool *spool)
{
    Arena scratch = {0};
    Buf all = {.arena = &scratch};
    for (size_t i = 0; i < s->entries.n; i++)
        for (size_t k = 0; k < FIELDS; k++)
            buf_put(&all, *field_at(&s->entries.at[i], k));
    Str rest = spool_put(spool, buf_str(&all));
    for (size_t i = 0; i < s->entries.n && rest.at; i++)
        for (size_t k = 0; k < FIELDS; k++) {
            Str *field = field_at(&s->entries.at[i], k);
            *field = str_take(rest, field->n);
            rest = str_drop(rest, field->n);
        }
    if (rest.at)
        arena_free(&s->fields);
    arena_free(&scratch);
}
