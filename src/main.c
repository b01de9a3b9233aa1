/*
 * main.c -- argv in, exit code out.
 */
#include "cmd/adopt.h"
#include "cmd/diff.h"
#include "cmd/dump.h"
#include "cmd/explain.h"
#include "cmd/list.h"
#include "cmd/plan.h"
#include "deckbind.h"
#include "options.h"

#include "base/vec.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(const Options *);
} commands[] = {
    {"build", deckbind_build},
    {"plan", plan_run},
    {"list", list_run},
    {"explain", explain_run},
    {"dump", dump_run},
    {"adopt", adopt_run},
    {"diff", diff_run},
};

static int run(const Options *o)
{
    for (size_t i = 0; i < COUNT(commands); i++)
        if (strcmp(commands[i].name, o->command) == 0)
            return commands[i].run(o);
    return 2;
}

int main(int argc, char **argv)
{
    /* A full disk and a closed pipe are errors to report, not reasons to die. */
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    /* No time is told as the clocks here go; without this libzip looks for their zone at each stamp. */
    setenv("TZ", "UTC0", 1);
    Arena arena = {0};
    Options o;
    int code = 2;
    if (options_parse(argc, argv, &o, &arena))
        code = o.done ? 0 : run(&o);
    arena_free(&arena);
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == 0) {
        perror("deckbind: standard output");
        code = 2;
    }
    return code;
}
