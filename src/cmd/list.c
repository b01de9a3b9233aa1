/*
 * list.c -- entries as lines.
 */
#include "cmd/list.h"

#include "base/json.h"
#include "base/print.h"
#include "base/utf8.h"
#include "book/open.h"
#include "deckbind.h"

static void put_tags(Buf *b, const Source *s, const Entry *e)
{
    buf_put(b, e->tags);
    for (size_t i = 0; i < s->tags.n; i++) {
        if (b->n)
            buf_put_char(b, ' ');
        buf_put(b, s->tags.at[i]);
    }
}

static void print_object(const Source *s, const Entry *e, Arena *scratch)
{
    Buf line = {.arena = scratch}, tags = {.arena = scratch};
    Str path = utf8_clean(s->path, scratch);
    put_tags(&tags, s, e);
    json_put(&line, "{s:s%, s:i, s:i, s:s, s:b, s:s%, s:s%, s:s%, s:s%}", "file", JSON_STR(path),
             "start_line", (int)e->line, "end_line", (int)e->end_line, "kind",
             entry_kind_names[e->kind], "answered", (int)e->answered, "question",
             JSON_STR(e->plain_title), "tags", JSON_STR(buf_str(&tags)), "section",
             JSON_STR(e->section), "guid", JSON_STR(e->guid));
    print_json(buf_str(&line), stdout);
    putchar('\n');
}

static void print_row(const Source *s, const Entry *e)
{
    const char *state = e->kind != ENTRY_QUESTION ? "" : e->answered ? "answered" : "open";
    print_path(s->path, stdout);
    printf(":%u-%u\t%s\t%s\t%*s", e->line, e->end_line, entry_kind_names[e->kind], state,
           (int)(2 * e->depth), "");
    print_safe(e->plain_title, stdout);
    putchar('\n');
}

int list_run(const Options *o)
{
    Book b = {0};
    deckbind_read(&b, o);
    for (size_t i = 0; i < b.source_count; i++) {
        const Source *s = &b.sources[i];
        Arena scratch = {0};
        for (size_t k = 0; k < s->entries.n; k++) {
            const Entry *e = &s->entries.at[k];
            if (o->unanswered && (e->answered || e->kind != ENTRY_QUESTION))
                continue;
            if (o->json)
                print_object(s, e, &scratch);
            else
                print_row(s, e);
        }
        arena_free(&scratch);
    }
    Options quieter = *o; /* warnings are for the build */
    if (quieter.least == DIAG_WARNING)
        quieter.least = DIAG_ERROR;
    deckbind_report(&b, &quieter);
    int code = deckbind_exit_code(&b, o);
    book_close(&b);
    return code;
}
