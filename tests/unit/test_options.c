/*
 * test_options.c -- the command line: what it sets, and what it refuses.
 */
#include "options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST_WORDS = 24 };

/* The words of `line`, parted by blanks, as a command line. */
static bool parse(const char *line, Options *o, Arena *a)
{
    char name[] = "deckbind", *argv[MOST_WORDS + 2] = {name};
    int argc = 1;
    char *copy = arena_new(a, char, strlen(line) + 1);
    memcpy(copy, line, strlen(line));
    for (char *rest = copy, *word; (word = strtok_r(rest, " ", &rest)) && argc <= MOST_WORDS;)
        argv[argc++] = word;
    return options_parse(argc, argv, o, a);
}

static void test_defaults(void **state)
{
    (void)state;
    Arena a = {0};
    Options o;
    assert_true(parse("", &o, &a));
    assert_string_equal(o.command, "build");
    assert_int_equal(o.path_count, 1);
    assert_string_equal(o.paths[0], "sources");
    assert_string_equal(o.output, "build");
    assert_int_equal(o.least, DIAG_WARNING);
    assert_int_equal(o.threads, 0);
    assert_int_equal(o.to.n, 0);
    assert_false(o.done || o.json || o.keep_going || o.unanswered || o.styles || o.fast || o.reproducible);
    arena_free(&a);
}

static void test_build(void **state)
{
    (void)state;
    Arena a = {0};
    Options o;
    assert_true(parse("build one -o out two --to apkg, -j 3 -kv --to epub --styles /tmp --format latest --retire a --retire b --reproducible", &o, &a));
    assert_string_equal(o.format, "latest");
    assert_string_equal(o.command, "build");
    assert_int_equal(o.path_count, 2);
    assert_string_equal(o.paths[0], "one");
    assert_string_equal(o.paths[1], "two");
    assert_string_equal(o.output, "out");
    assert_string_equal(o.styles, "/tmp");
    assert_int_equal(o.to.n, 2);
    assert_string_equal(o.to.at[1].at, "epub");
    assert_int_equal(o.retire.n, 2);
    assert_string_equal(o.retire.at[1].at, "b");
    assert_int_equal(o.threads, 3);
    assert_int_equal(o.least, DIAG_NOTE);
    assert_true(o.keep_going && o.reproducible && !o.fast);
    assert_true(parse("--fast", &o, &a));
    assert_true(o.fast && !o.reproducible);
    arena_free(&a);
}

static void test_list(void **state)
{
    (void)state;
    Arena a = {0};
    Options o;
    assert_true(parse("--json list --unanswered -q x", &o, &a));
    assert_string_equal(o.command, "list");
    assert_string_equal(o.paths[0], "x");
    assert_int_equal(o.least, DIAG_ERROR);
    assert_true(o.json && o.unanswered);
    arena_free(&a);
}

static void test_diff(void **state)
{
    (void)state;
    Arena a = {0};
    Options o;
    assert_true(parse("diff a.apkg --markdown b.apkg --color", &o, &a));
    assert_string_equal(o.command, "diff");
    assert_int_equal(o.path_count, 0);
    assert_string_equal(o.packages[1], "b.apkg");
    assert_true(o.markdown && o.color && !o.json);
    arena_free(&a);
}

static void test_adopt(void **state)
{
    (void)state;
    Arena a = {0};
    Options o;
    assert_true(parse("adopt old.apkg", &o, &a));
    assert_string_equal(o.packages[0], "old.apkg");
    assert_int_equal(o.path_count, 1);
    assert_string_equal(o.paths[0], "sources");
    assert_true(parse("adopt old.apkg one two", &o, &a));
    assert_int_equal(o.path_count, 2);
    assert_string_equal(o.paths[1], "two");
    arena_free(&a);
}

static void test_plan(void **state)
{
    (void)state;
    Arena a = {0};
    Options o;
    assert_true(parse("plan x --json --with-unanswered --allow-changes --same a.md:3=g --lock l", &o, &a));
    assert_string_equal(o.command, "plan");
    assert_string_equal(o.lock, "l");
    assert_int_equal(o.same.n, 1);
    assert_true(o.json && o.unanswered && o.allow_changes && !o.markdown);
    arena_free(&a);
}

/* A path that is there needs no command before it. */
static void test_path_alone(void **state)
{
    (void)state;
    Arena a = {0};
    Options o;
    assert_true(parse("-q / a// b/c/ ./d /usr/.", &o, &a));
    assert_string_equal(o.command, "build");
    assert_string_equal(o.paths[0], "/");
    assert_string_equal(o.paths[1], "a");
    assert_string_equal(o.paths[2], "b/c");
    assert_string_equal(o.paths[3], "./d");
    assert_string_equal(o.paths[4], "/usr");
    arena_free(&a);
}

/* What is printed to stderr while `line` is refused goes into `said`. */
static void refuse(const char *line, char *said, size_t room)
{
    Arena a = {0};
    Options o;
    FILE *into = tmpfile();
    fflush(stderr);
    int kept = dup(2);
    dup2(fileno(into), 2);
    bool ok = parse(line, &o, &a);
    fflush(stderr);
    dup2(kept, 2);
    close(kept);
    rewind(into);
    said[fread(said, 1, room - 1, into)] = '\0';
    fclose(into);
    arena_free(&a);
    if (ok)
        fail_msg("taken: %s", line);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *line, *said;
    } cases[] = {
        {"/nonexistent", "'/nonexistent' is neither"},
        {"-x", "unknown option -x"},
        {"-qx", "unknown option -x"},
        {"--nonsense", "unknown option --nonsense"},
        {"-j", "--jobs takes a value"},
        {"build --jobs", "--jobs takes a value"},
        {"-j x", "--jobs cannot be 'x'"},
        {"-j -1", "--jobs cannot be '-1'"},
        {"-j 1x", "--jobs cannot be '1x'"},
        {"-j 99999999999999999999", "--jobs cannot be"},
        {"--to ,", "--to cannot be ','"},
        {"--styles /nonexistent", "--styles cannot be"},
        {"--format anki21", "--format cannot be 'anki21'"},
        {"list --format latest", "list has no option --format"},
        {"--json=yes", "--json takes no value"},
        {"build --json", "build has no option --json"},
        {"list -o x", "list has no option --output"},
        {"--fast --reproducible", "--fast does not go with --reproducible"},
        {"list --fast", "list has no option --fast"},
        {"list --retire x", "list has no option --retire"},
        {"--retire /tmp", "--retire cannot be"},
        {"adopt", "adopt takes 1 package: OLD.apkg"},
        {"diff", "diff takes 2 packages"},
        {"diff a", "diff takes 2 packages"},
        {"diff a b c", "diff takes 2 packages"},
        {"list --color", "list has no option --color"},
        {"plan --no-lock", "plan has no option --no-lock"},
        {"plan -o x", "plan has no option --output"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char said[512];
        refuse(cases[i].line, said, sizeof said);
        if (!strstr(said, cases[i].said))
            fail_msg("\"%s\" does not say \"%s\"", said, cases[i].said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults), cmocka_unit_test(test_build), cmocka_unit_test(test_list),
        cmocka_unit_test(test_diff),
        cmocka_unit_test(test_adopt), cmocka_unit_test(test_plan),
        cmocka_unit_test(test_path_alone), cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
