/*
 * options.c -- getopt_long, driven by the tables.
 */
#include "options.h"

#include "base/pack.h"
#include "base/pool.h"
#include "base/print.h"
#include "emit/epub/cover_png.h"
#include "model/book.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BUILD = 1, LIST = 2, DUMP = 4, EXPLAIN = 8, DIFF = 16, ADOPT = 32, PLAN = 64, ALL = 127 };

static const struct {
    const char *name;
    unsigned bit;
    size_t packages; /* that it takes */
    bool notes;      /* and any number of notes after them, none being DEFAULT_NOTES */
    const char *paths, *about;
} commands[] = {
    {"build", BUILD, 0, true, "[FOLDER|FILE...]", "compile notes into a deck and a book (the default)"},
    {"plan", PLAN, 0, true, "[FOLDER|FILE...]", "print what the next build would change; write nothing"},
    {"list", LIST, 0, true, "[FOLDER|FILE...]", "print each entry that was found in the notes"},
    {"explain", EXPLAIN, 0, true, "FILE[:LINE]...", "print how each line was read; for one line, why"},
    {"dump", DUMP, 0, true, "[FOLDER|FILE...]", "print each entry with its parts, as its card shows them"},
    {"adopt", ADOPT, 1, true, "OLD.apkg [FOLDER|FILE...]", "go on with a deck that another tool made, and its history"},
    {"diff", DIFF, 2, false, "A.apkg B.apkg", "print what changed from one deck to another, whoever made them"},
};

enum { MOST_OPTIONS = 32 };

typedef struct Reader {
    Options *options;
    Arena *arena;
    bool seen[MOST_OPTIONS]; /* by row of the table of options */
} Reader;

static bool set_output(Reader *r, const char *value)
{
    r->options->output = value;
    return *value != '\0';
}

static bool add_products(Reader *r, const char *value)
{
    for (Str rest = str_of(value); rest.n;) {
        Str name = str_trim(str_cut(&rest, ','));
        if (name.n)
            *vec_push(&r->options->to, r->arena) = str_copy(r->arena, name);
    }
    return r->options->to.n > 0;
}

static bool set_format(Reader *r, const char *value)
{
    Format format;
    r->options->format = value;
    return format_find(str_of(value), &format);
}

static bool set_threads(Reader *r, const char *value)
{
    char *end;
    long n = is_digit(*value) ? strtol(value, &end, 10) : -1;
    if (n < 0 || n > MOST_THREADS || *end)
        return false;
    r->options->threads = (unsigned)n;
    return true;
}

static bool set_styles(Reader *r, const char *value)
{
    r->options->styles = value;
    return file_is_folder(value);
}

static bool set_keep_going(Reader *r, const char *value)
{
    (void)value;
    return r->options->keep_going = true;
}

static bool set_verbose(Reader *r, const char *value)
{
    (void)value;
    r->options->least = DIAG_NOTE;
    return true;
}

static bool set_quiet(Reader *r, const char *value)
{
    (void)value;
    r->options->least = DIAG_ERROR;
    return true;
}

static bool set_lock(Reader *r, const char *value)
{
    r->options->lock = value;
    return *value != '\0' && !file_is_folder(value);
}

static bool add_same(Reader *r, const char *value)
{
    *vec_push(&r->options->same, r->arena) = str_copy(r->arena, str_of(value));
    return strchr(value, ':') && strchr(value, '=');
}

static bool add_retire(Reader *r, const char *value)
{
    *vec_push(&r->options->retire, r->arena) = str_copy(r->arena, str_of(value));
    return *value != '\0' && !file_is_folder(value);
}

static bool set_no_lock(Reader *r, const char *value)
{
    (void)value;
    return r->options->no_lock = true;
}

static bool set_locked(Reader *r, const char *value)
{
    (void)value;
    return r->options->locked = true;
}

static bool set_allow_changes(Reader *r, const char *value)
{
    (void)value;
    return r->options->allow_changes = true;
}

static bool set_no_highlight(Reader *r, const char *value)
{
    (void)value;
    return r->options->no_highlight = true;
}

static bool set_fast(Reader *r, const char *value)
{
    (void)value;
    return r->options->fast = true;
}

static bool set_reproducible(Reader *r, const char *value)
{
    (void)value;
    return r->options->reproducible = true;
}

static bool set_json(Reader *r, const char *value)
{
    (void)value;
    return r->options->json = true;
}

static bool set_markdown(Reader *r, const char *value)
{
    (void)value;
    return r->options->markdown = true;
}

static bool set_color(Reader *r, const char *value)
{
    (void)value;
    return r->options->color = true;
}

static bool set_unanswered(Reader *r, const char *value)
{
    (void)value;
    return r->options->unanswered = true;
}

static bool print_help(Reader *r, const char *value);
static bool print_version(Reader *r, const char *value);

static const struct {
    char letter; /* 0: none */
    unsigned of; /* the commands that know it */
    const char *name, *argument, *about;
    bool (*set)(Reader *, const char *value); /* false: a bad value */
} options[] = {
    {'o', BUILD, "output", "DIR", "write the products into DIR (" DEFAULT_OUTPUT ")", set_output},
    {0, BUILD, "to", "NAMES", "make these products only: apkg, epub", add_products},
    {0, BUILD, "format", "NAME", "of the deck: legacy1 (which every Anki reads), legacy2, latest", set_format},
    {0, BUILD | PLAN, "styles", "DIR", "take card.css and book.css from DIR", set_styles},
    {0, BUILD, "no-highlight", NULL, "leave code without colours", set_no_highlight},
    {0, BUILD, "fast", NULL, "pack loosely: an eighth larger, made sooner", set_fast},
    {0, BUILD, "reproducible", NULL, "leave out what this machine decides: its fonts, and how it packs", set_reproducible},
    {'k', BUILD, "keep-going", NULL, "publish in spite of errors in the notes", set_keep_going},
    {0, BUILD | PLAN | ADOPT, "same", "PLACE=GUID", "the question at FILE:LINE is that entry of the lock", add_same},
    {0, BUILD, "retire", "FILE", "tag in Anki what is gone of that earlier deck; may be repeated", add_retire},
    {0, BUILD, "locked", NULL, "fail where the lock would have to change", set_locked},
    {0, BUILD | PLAN, "allow-changes", NULL, "however many cards are gone or reworded", set_allow_changes},
    {0, LIST | PLAN | DIFF, "json", NULL, "print JSON: an object for each entry, or one for all changes", set_json},
    {0, PLAN | DIFF, "markdown", NULL, "print Markdown, for the comment of a pull request", set_markdown},
    {0, PLAN | DIFF, "color", NULL, "print colours although stdout is no terminal", set_color},
    {0, LIST, "unanswered", NULL, "print only questions without an answer", set_unanswered},
    {0, BUILD | PLAN, "with-unanswered", NULL, "put questions without an answer into the deck too", set_unanswered},
    {0, ALL, "lock", "FILE", "the lock (" LOCK_FILE " in the notes folder)", set_lock},
    {0, BUILD | LIST | DUMP | EXPLAIN, "no-lock", NULL, "neither read a lock nor write one", set_no_lock},
    {'j', ALL, "jobs", "N", "work on N files at a time (0: one for each processor)", set_threads},
    {'v', ALL, "verbose", NULL, "print notes too, not only warnings and errors", set_verbose},
    {'q', ALL, "quiet", NULL, "print errors only", set_quiet},
    {'h', ALL, "help", NULL, "print this and exit", print_help},
    {'V', ALL, "version", NULL, "print the version and exit", print_version},
};

enum { FIRST_CODE = 256 }; /* getopt_long's code of row i is this and i */

_Static_assert(COUNT(options) <= MOST_OPTIONS, "seen[] has room for every option");

static bool print_version(Reader *r, const char *value)
{
    (void)value;
    Str drawer = cover_png_drawer(r->arena);
    puts("deckbind " DECKBIND_VERSION);
    printf("covers: SVG%s%.*s\n", drawer.n ? ", and PNG by " : "; no Pango for PNG",
           STR_ARG(drawer));
    printf("deflate: %s\n", pack_libraries(PACK_DEFLATE, r->arena).at);
    printf("deflate with --fast: %s\n", pack_libraries(PACK_FAST, r->arena).at);
    return r->options->done = true;
}

static void print_row(size_t i)
{
    char left[32];
    snprintf(left, sizeof left, "%c%c%s--%s%s%s", options[i].letter ? '-' : ' ',
             options[i].letter ? options[i].letter : ' ', options[i].letter ? ", " : "  ",
             options[i].name, options[i].argument ? " " : "",
             options[i].argument ? options[i].argument : "");
    printf("  %-22s %s\n", left, options[i].about);
}

static void print_rows(const char *title, unsigned of)
{
    printf("\n%s:\n", title);
    for (size_t i = 0; i < COUNT(options); i++)
        if ((options[i].of & of) && (options[i].of == ALL) == (of == ALL))
            print_row(i);
}

static bool print_help(Reader *r, const char *value)
{
    (void)value;
    puts("deckbind compiles study notes into Anki decks and EPUB books.\n\nUsage:");
    for (size_t i = 0; i < COUNT(commands); i++)
        printf("  deckbind %s [OPTION...] %s\n      %s\n", commands[i].name, commands[i].paths,
               commands[i].about);
    puts("\nWithout a path the notes are those in " DEFAULT_NOTES "/.");
    print_rows("Options of build", BUILD);
    print_rows("Options of plan", PLAN);
    print_rows("Options of list", LIST);
    print_rows("Options of adopt", ADOPT);
    print_rows("Options of diff", DIFF);
    print_rows("Options of every command", ALL);
    puts("\nExit: 0 nothing worse than a warning, 1 errors in the notes, 2 the work could\n"
         "not be done.  When it is not 0, earlier products stand as they were,\n"
         "unless a message says otherwise.");
    return r->options->done = true;
}

/* The row of the command of that name, or COUNT(commands). */
static size_t find_command(const char *name)
{
    size_t i = 0;
    while (i < COUNT(commands) && strcmp(commands[i].name, name) != 0)
        i++;
    return i;
}

static void fill_getopt(char *letters, struct option *longs)
{
    *letters++ = ':'; /* a missing argument is told from an unknown option */
    for (size_t i = 0; i < COUNT(options); i++) {
        longs[i] = (struct option){options[i].name, options[i].argument != NULL, NULL,
                                   FIRST_CODE + (int)i};
        if (!options[i].letter)
            continue;
        *letters++ = options[i].letter;
        if (options[i].argument)
            *letters++ = ':';
    }
    *letters = '\0';
}

/* The row that getopt_long's answer stands for, or COUNT(options). */
static size_t find_option(int code)
{
    for (size_t i = 0; i < COUNT(options); i++)
        if (code == FIRST_CODE + (int)i || (code < FIRST_CODE && code == options[i].letter))
            return i;
    return COUNT(options);
}

static const char hint[] = "`deckbind --help` tells what there is.";

static void complain_of(const char *before, const char *word, const char *after)
{
    fputs(before, stderr);
    print_safe(str_of(word), stderr);
    fprintf(stderr, "%s\n%s\n", after, hint);
}

/* getopt_long met something that it does not know. */
static bool complain(bool no_value, const char *word)
{
    size_t i = optopt ? find_option(optopt) : COUNT(options);
    if (i < COUNT(options))
        fprintf(stderr, "deckbind: --%s takes %s value\n%s\n", options[i].name,
                no_value ? "a" : "no", hint);
    else if (optopt && optopt < FIRST_CODE)
        complain_of("deckbind: unknown option -", (char[]){(char)optopt, '\0'}, "");
    else
        complain_of("deckbind: unknown option ", word, "");
    return false;
}

static bool read_options(Reader *r, int argc, char **argv)
{
    char letters[2 * COUNT(options) + 2];
    struct option longs[COUNT(options) + 1] = {0};
    fill_getopt(letters, longs);
    opterr = 0;
    optind = 0; /* 0, not 1: glibc and musl then forget an earlier scan */
    for (int code; (code = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        size_t i = find_option(code);
        if (i == COUNT(options))
            return complain(code == ':', argv[optind - 1]);
        if (!options[i].set(r, optarg)) {
            fprintf(stderr, "deckbind: --%s", options[i].name);
            complain_of(" cannot be '", optarg, "'");
            return false;
        }
        if (r->options->done)
            return true;
        r->seen[i] = true;
    }
    return true;
}

/* The first word, where it is a command; else `build`, for what is there to be built. */
static bool read_command(Reader *r, char ***words)
{
    const char *word = **words;
    struct stat st;
    r->options->command = "build";
    if (word && find_command(word) < COUNT(commands)) {
        r->options->command = word;
        ++*words;
    } else if (word && stat(word, &st) != 0) {
        complain_of("deckbind: '", word, "' is neither a command nor a file or folder");
        return false;
    }
    unsigned bit = commands[find_command(r->options->command)].bit;
    for (size_t i = 0; i < COUNT(options); i++)
        if (r->seen[i] && !(options[i].of & bit)) {
            fprintf(stderr, "deckbind: %s has no option --%s\n%s\n", r->options->command,
                    options[i].name, hint);
            return false;
        }
    return true;
}

/*
 * The path without slashes at its end: "notes/" is "notes".  "." and ".." become
 * absolute, because the book is called after the folder.
 */
static const char *read_path(Reader *r, const char *word)
{
    Str path = str_of(word);
    while (path.n > 1 && str_ends(path, STR("/")))
        path.n--;
    Str last = path;
    for (size_t i; (i = str_find_char(last, '/')) != STR_NONE;)
        last = str_drop(last, i + 1);
    const char *copy = str_copy(r->arena, path).at;
    char *whole = str_eq(last, STR(".")) || str_eq(last, STR("..")) ? realpath(copy, NULL) : NULL;
    if (whole)
        copy = str_copy(r->arena, str_of(whole)).at;
    free(whole);
    return copy;
}

/* False: they are not as many as the command wants. */
static bool read_paths(Reader *r, char **words)
{
    Options *o = r->options;
    size_t row = find_command(o->command), packages = commands[row].packages, n = 0;
    while (words[n])
        n++;
    if (n < packages || (n > packages && !commands[row].notes)) {
        fprintf(stderr, "deckbind: %s takes %zu package%s: %s\n%s\n", o->command, packages,
                packages == 1 ? "" : "s", commands[row].paths, hint);
        return false;
    }
    o->packages = arena_new(r->arena, const char *, n + 2);
    for (size_t i = 0; i < n; i++)
        o->packages[i] = read_path(r, words[i]);
    o->paths = o->packages + packages;
    o->path_count = n - packages;
    if (!o->path_count && commands[row].notes)
        o->paths[o->path_count++] = DEFAULT_NOTES;
    return true;
}

bool options_parse(int argc, char **argv, Options *o, Arena *a)
{
    *o = (Options){.output = DEFAULT_OUTPUT, .least = DIAG_WARNING};
    Reader r = {.options = o, .arena = a};
    if (!read_options(&r, argc, argv) || o->done)
        return o->done;
    char **words = argv + optind;
    if (!read_command(&r, &words))
        return false;
    if (o->no_lock && (o->lock || o->locked)) {
        fprintf(stderr, "deckbind: --no-lock goes with neither --lock nor --locked\n%s\n", hint);
        return false;
    }
    if (o->fast && o->reproducible) {
        fprintf(stderr, "deckbind: --fast does not go with --reproducible\n%s\n", hint);
        return false;
    }
    return read_paths(&r, words);
}
