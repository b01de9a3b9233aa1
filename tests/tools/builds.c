/*
 * builds.c -- builds each NOTE by itself, all in one process:
 *
 *     builds FOLDER NOTE...
 *
 * Whoever counts instructions then starts the program, which takes long under a counter, once.
 */
#include "deckbind.h"

int main(int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        const char *paths[] = {argv[i]};
        deckbind_build(&(Options){.paths = paths, .path_count = 1, .output = argv[1], .threads = 1, .no_lock = true,
                                  .no_highlight = true, .reproducible = true, .least = DIAG_FATAL});
    }
    return 0;
}
