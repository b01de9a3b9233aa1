/*
 * recognise.c -- reads and recognises the files named on standard input, one a line,
 * and prints how many entries they hold: what `make bench` times.
 */
#include "read/source.h"
#include "recognise/recognise.h"

#include <string.h>

int main(void)
{
    char path[4096];
    size_t entries = 0;
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        Source s = {.path = str_of(path), .name = str_of(path)};
        s.diags.arena = &s.kept;
        source_read(&s);
        if (!s.failed)
            recognise(&s);
        entries += s.entries.n;
        arena_free(&s.arena);
        arena_free(&s.kept);
    }
    printf("%zu entries\n", entries);
    return 0;
}
