/*
 * read_package.c -- print what is read of an Anki package, one thing a line: read_package FILE
 *
 * A line break in a text is printed as \n, the field separator as |.
 */
#include "emit/apkg/reader.h"

#include <stdio.h>

static void put(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        s.at[i] == '\n' ? fputs("\\n", stdout) : putchar(s.at[i]);
}

static void put_type(const ReadType *t)
{
    printf("type %lld %lld %s ", (long long)t->id, (long long)t->time, t->cloze ? "cloze" : "normal");
    put(t->name);
    printf("\nstyle ");
    put(t->style);
    for (size_t i = 0; i < t->fields.n; i++) {
        printf("\nfield ");
        put(t->fields.at[i]);
    }
    for (size_t i = 0; i < t->templates.n; i++) {
        const ReadTemplate *template = &t->templates.at[i];
        printf("\ntemplate ");
        put(template->name);
        putchar('|');
        put(template->front);
        putchar('|');
        put(template->back);
    }
    putchar('\n');
}

static void put_note(const ReadPackage *p, const ReadNote *n)
{
    const Str texts[] = {n->guid, p->types.at[n->type].name, n->deck, n->tags};
    printf("note %lld %lld", (long long)n->id, (long long)n->time);
    for (size_t i = 0; i < COUNT(texts); i++) {
        putchar('|');
        put(texts[i]);
    }
    for (size_t i = 0; i < n->fields.n; i++) {
        putchar('|');
        put(n->fields.at[i]);
    }
    printf("\ncards");
    for (size_t i = 0; i < n->cards.n; i++)
        printf(" %u", n->cards.at[i]);
    putchar('\n');
}

static void put_media(const ReadMedia *m)
{
    printf("media ");
    put(m->name);
    putchar(' ');
    for (size_t i = 0; i < SHA1_BYTES; i++)
        printf("%02x", m->sha1[i]);
    putchar('\n');
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    Arena a = {0};
    Diags d = {.arena = &a};
    ReadPackage p;
    bool ok = package_read(&p, argv[1], &d);
    diag_print(&d, DIAG_NOTE, stderr);
    for (size_t i = 0; i < p.types.n && ok; i++)
        put_type(&p.types.at[i]);
    for (size_t i = 0; i < p.notes.n && ok; i++)
        put_note(&p, &p.notes.at[i]);
    for (size_t i = 0; i < p.media.n && ok; i++)
        put_media(&p.media.at[i]);
    package_close(&p);
    arena_free(&a);
    return ok ? 0 : 1;
}
