/*
 * dump.c -- the form that tests/spec shows.
 */
#include "cmd/dump.h"

#include "base/print.h"
#include "book/open.h"
#include "deckbind.h"

/* Whether a build server would obey it: `::error::…`. */
static bool is_command(Str line)
{
    Str rest = str_trim(line);
    return str_eat(&rest, STR("::")) && rest.n && is_alpha(rest.at[0]);
}

static void print_part(const char *name, Str html)
{
    if (!html.n)
        return;
    for (bool first = true; html.n; first = false) {
        Str line = str_cut(&html, '\n');
        bool command = !first && is_command(line);
        printf("  %-12s%s", first ? name : "", command ? "\\" : "");
        print_safe(line, stdout);
        putchar('\n');
    }
}

static void print_entry(const Source *s, const Entry *e)
{
    printf("%s, line %u", entry_kind_names[e->kind], e->line);
    if (e->end_line > e->line)
        printf(" to %u", e->end_line);
    printf(" (%s)%s\n", e->rule,
           e->kind == ENTRY_QUESTION && !e->answered ? ", not answered" : "");
    if (e->reversed)
        puts("  both ways");
    print_part("to type", e->typed_text);
    if (e->parent)
        print_part("in", s->entries.at[e->parent - 1].plain_title);
    print_part("id", e->id);
    print_part("tags", e->tags);
    print_part("number", e->number);
    print_part("title", e->card_title);
    for (int p = 0; p < PARTS; p++)
        print_part(part_names[p], e->card_part[p]);
}

int dump_run(const Options *o)
{
    Book b = {0};
    deckbind_read(&b, o);
    for (size_t i = 0; i < b.source_count; i++)
        for (size_t k = 0; k < b.sources[i].entries.n; k++)
            print_entry(&b.sources[i], &b.sources[i].entries.at[k]);
    fflush(stdout); /* so that both streams together read in order */
    deckbind_report(&b, o);
    int code = deckbind_exit_code(&b, o);
    book_close(&b);
    return code;
}
