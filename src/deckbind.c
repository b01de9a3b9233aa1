/*
 * deckbind.c -- who has read the three tables has read the program.
 */
#include "deckbind.h"

#include "base/cache.h"
#include "base/file.h"
#include "base/pool.h"
#include "base/print.h"
#include "base/publish.h"
#include "book/check.h"
#include "book/duplicates.h"
#include "book/fingerprint.h"
#include "book/gather.h"
#include "book/identity.h"
#include "book/lock.h"
#include "book/match.h"
#include "book/open.h"
#include "book/paginate.h"
#include "book/rules.h"
#include "book/settle.h"
#include "book/subjects.h"
#include "compare/retired.h"
#include "emit/backend.h"
#include "inline/inline.h"
#include "inline/link.h"
#include "inline/mention.h"
#include "read/block.h"
#include "read/config.h"
#include "read/source.h"
#include "recognise/recognise.h"
#include "render/highlight.h"
#include "render/html.h"
#include "render/katex.h"
#include "render/math.h"
#include "render/style.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What happens to a file before the book is known: each apart, on any thread. */
static void (*const reading[])(Source *) = {
    source_read,  /* bytes   -> text, lines, front matter */
    recognise,    /* lines   -> entries */
    source_titles, /* entries -> plain titles */
    source_fingerprint, /* entries -> what they are known by */
    source_wordings, /* questions -> by what their twins are known */
    source_weigh, /* entries -> how much of a page they take */
    source_fragments, /* text -> whether links lead into entries */
};

/* What happens to all files together, on one thread. */
static void (*const binding[])(Book *) = {
    book_gather,   /* files   -> titles, decks, tags */
    book_match,    /* entries -> their earlier selves in the lock */
    book_identify, /* entries -> guids and anchors */
    book_duplicates, /* questions -> twins */
    book_paginate, /* entries -> pages */
    book_subjects, /* titles  -> what entries are about */
    book_slugs,    /* entries -> what links call them */
    book_names,    /* files   -> what links call them */
};

static void blocks(Source *s, const Book *b) { (void)b, source_blocks(s); }
static void spans(Source *s, const Book *b) { (void)b, source_inline(s); }
static void sections(Source *s, const Book *b) { (void)b, source_sections(s); }

/* What happens to a file when the book is known: each apart, on any thread. */
static void (*const making[])(Source *, const Book *) = {
    blocks,        /* lines  -> trees of blocks */
    spans,         /* blocks -> spans */
    source_link,   /* links  -> targets and pictures */
    source_mentions, /* terms -> entries that are about them */
    source_highlight, /* code -> tokens */
    source_math,   /* formulas -> what cards and pages show of them */
    source_render, /* trees  -> fields and pages */
    sections,      /* titles -> section paths */
    source_seal,   /* fields -> what tells a change */
};

/* What a book can become, in the order in which it is published. */
static const Backend *const backends[] = {&backend_apkg, &backend_epub};

enum { EXIT_NOTES = 1, EXIT_WORLD = 2 };

/* 2024-01-01, for a build that is told no date: it must not look at the clock. */
enum { DEFAULT_TIME = 1704067200 };

static bool names(const StrVec *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->at[i], str_of(name)))
            return true;
    return false;
}

/* The command line decides, else the book description, else all are made. */
static bool wants(const Book *b, const Options *o, const Backend *backend)
{
    if (o->to.n)
        return names(&o->to, backend->name);
    return !b->config.outputs.n || names(&b->config.outputs, backend->name);
}

static bool is_product(Str name)
{
    for (size_t i = 0; i < COUNT(backends); i++)
        if (str_eq(name, str_of(backends[i]->name)))
            return true;
    return false;
}

static bool check_outputs(Book *b, const StrVec *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (!is_product(list->at[i])) {
            diag(&b->diags, D_OUTPUT_UNKNOWN, (Place){0}, "%.*s", STR_ARG(list->at[i]));
            return false;
        }
    return true;
}

/* A large book is packed into a file that nobody sees, and kept there until its products are published. */
static void open_spool(Book *b, const Options *o)
{
    enum { LARGE = 8 * 1024 * 1024, SPARE = 16 /* times the notes: what is made of them takes half of it */ };
    size_t notes = 0;
    for (size_t i = 0; i < b->source_count; i++)
        notes += b->sources[i].text.n;
    if (notes >= LARGE)
        b->spool = spool_open(o->output, SPARE * notes);
}

typedef struct Job {
    Book *book;
    const Options *options;
    bool pages; /* the backends make their pages */
    bool fields; /* something reads them after */
    ScriptSet *scripts; /* NULL: code stays plain, and nothing is remembered */
    bool locked; /* the lock was read, or there is none */
} Job;

static void read_source(void *context, size_t i, unsigned thread)
{
    (void)thread;
    Source *s = &((Job *)context)->book->sources[i];
    for (size_t p = 0; p < COUNT(reading) && !s->failed; p++)
        reading[p](s);
}

static void make_source(void *context, size_t i, unsigned thread)
{
    const Job *job = context;
    Source *s = &job->book->sources[i];
    if (s->failed)
        return;
    s->scripts = job->scripts ? &job->scripts->of[thread] : NULL;
    for (size_t p = 0; p < COUNT(making); p++)
        making[p](s, job->book);
    diag_sort(&s->diags);
    for (size_t k = 0; k < COUNT(backends) && job->pages; k++)
        if (backends[k]->page && wants(job->book, job->options, backends[k]))
            backends[k]->page(job->book, s);
    arena_free(&s->arena);
    if (!job->fields)
        arena_free(&s->fields);
    else if (job->book->spool)
        source_spool_fields(s, job->book->spool);
}

/* Seconds since 1970 of a date that begins with YYYY-MM-DD, whatever the time zone. */
static int64_t date_seconds(Str date)
{
    struct tm t = {.tm_year = (int)strtol(date.at, NULL, 10) - 1900,
                   .tm_mon = (int)strtol(date.at + 5, NULL, 10) - 1,
                   .tm_mday = (int)strtol(date.at + 8, NULL, 10)};
    return timegm(&t);
}

/* SOURCE_DATE_EPOCH, where it is one. */
static bool read_epoch(Book *b, int64_t *time)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    bool given = epoch && *epoch, good = given && strlen(epoch) < 12
              && strspn(epoch, "0123456789") == strlen(epoch)
              && strtoll(epoch, NULL, 10) <= LATEST_NOW;
    if (good)
        *time = strtoll(epoch, NULL, 10);
    else if (given)
        diag(&b->diags, D_EPOCH_INVALID, (Place){0}, "%s", epoch);
    return good;
}

/* Nothing else says when a build is that was told no date: it must not look at the clock. */
static void date_book(Book *b)
{
    b->dated = read_epoch(b, &b->time);
    if (b->dated) {
        b->lock.now = b->time > 0 ? b->time : 1;
        return;
    }
    b->dated = b->config.date.n > 0;
    b->time = b->dated ? date_seconds(b->config.date) : DEFAULT_TIME;
    b->time = b->time < 0 ? 0 : b->time < LATEST_NOW ? b->time : LATEST_NOW; /* Anki knows none before 1970 */
}

static bool read_config(Book *b, const Options *o)
{
    const char *path = file_path(&b->arena, b->folder, STR("deckbind.yaml"));
    if (file_exists(path) && !config_read(path, &b->config, &b->arena, &b->diags))
        return false;
    format_find(o->format ? str_of(o->format) : b->config.format, &b->format);
    date_book(b);
    return true;
}

static bool read_lock(Book *b, const Options *o)
{
    b->lock.arena = &b->arena;
    b->lock.fixed = o->locked;
    if (o->no_lock)
        return true;
    b->lock.path = o->lock ? o->lock : file_path(&b->arena, b->folder, STR(LOCK_FILE));
    return lock_read(&b->lock, &b->diags);
}

bool deckbind_open(Book *b, const Options *o)
{
    b->diags.arena = &b->arena;
    b->with_unanswered = o->unanswered;
    b->reproducible = o->reproducible;
    b->packing = o->fast ? PACK_FAST : o->reproducible ? PACK_ZLIB : PACK_DEFLATE;
    b->same = o->same;
    b->retire = o->retire;
    b->threads = o->threads ? o->threads : pool_processors();
    bool ok = book_open(b, o->paths, o->path_count, o->output) && read_config(b, o);
    if (ok)
        book_apply_rules(b);
    return ok;
}

/* The lock and each file are read apart. */
static void read_part(void *context, size_t i, unsigned thread)
{
    Job *job = context;
    if (i)
        read_source(job, i - 1, thread);
    else
        job->locked = read_lock(job->book, job->options);
}

static bool read_book(Book *b, const Options *o, bool pages, ScriptSet *scripts)
{
    Job job = {.book = b, .options = o, .pages = pages, .scripts = scripts};
    if (!deckbind_open(b, o) || !check_outputs(b, &o->to) || !check_outputs(b, &b->config.outputs)
        || !style_read(b, o->styles))
        return false;
    if (pages)
        b->earlier = earlier_open(o->output, pack_way(b->packing));
    for (size_t k = 0; k < COUNT(backends); k++)
        if (backends[k]->prepare)
            backends[k]->prepare();
    pool_each(b->source_count + 1, b->threads, read_part, &job);
    if (!job.locked)
        return false;
    job.fields = !pages || wants(b, o, &backend_apkg);
    if (pages)
        open_spool(b, o);
    b->cards_only = !pages || !wants(b, o, &backend_epub);
    for (size_t p = 0; p < COUNT(binding); p++)
        binding[p](b);
    b->katexes = katexes_new(NULL);
    pool_each(b->source_count, b->threads, make_source, &job);
    scripts_rest(scripts);
    katexes_free(b->katexes);
    b->katexes = NULL;
    arena_trim();
    book_check(b);
    book_settle(b);
    return true;
}

bool deckbind_read(Book *b, const Options *o)
{
    return read_book(b, o, false, NULL);
}

static bool any(const Book *b, DiagLevel level)
{
    bool found = diag_any(&b->diags, level);
    for (size_t i = 0; i < b->source_count && !found; i++)
        found = diag_any(&b->sources[i].diags, level);
    return found;
}

static bool make_product(Book *b, const Backend *backend, ProductVec *products)
{
    Str bytes = {0};
    Buf name = {.arena = &b->arena};
    buf_put(&name, b->config.file_name);
    buf_puts(&name, backend->suffix);
    earlier_product(b->earlier, buf_str(&name));
    if (!backend->make(b, &bytes))
        return false;
    if (bytes.n)
        *vec_push(products, &b->arena) = (Product){.name = buf_str(&name), .bytes = bytes, .spool = b->spool};
    return true;
}

static bool make(Book *b, const Options *o, ProductVec *products)
{
    for (size_t i = 0; i < COUNT(backends); i++)
        if (wants(b, o, backends[i]) && !make_product(b, backends[i], products))
            return false;
    return !b->retire.n || make_product(b, &backend_retired, products);
}

/* The lock as it is to be after this build; of a link, what it leads to. */
static Product lock_product(Book *b)
{
    const Lock *l = &b->lock;
    Product p = {.replaces = true, .earlier = l->bytes};
    Str path = file_is_link(l->path) ? file_absolute(l->path, &b->arena) : str_of(l->path);
    size_t slash = path.n;
    while (slash && path.at[slash - 1] != '/')
        slash--;
    p.name = str_drop(path, slash);
    p.folder = slash ? str_copy(&b->arena, str_take(path, slash > 1 ? slash - 1 : 1)).at : ".";
    lock_follow(b);
    p.bytes = lock_write(l, &b->arena);
    return p;
}

/* The lock goes first: one without its deck harms nothing, a deck without its lock does. */
static void add_lock(Book *b, ProductVec *all)
{
    if (!b->lock.path || b->lock.fixed)
        return;
    if (!b->lock.found)
        diag(&b->diags, D_LOCK_NEW, (Place){.file = str_of(b->lock.path)}, NULL);
    Product lock = lock_product(b);
    if (!str_eq(lock.bytes, lock.earlier))
        *vec_push(all, &b->arena) = lock;
}

bool deckbind_publish_lock(Book *b)
{
    ProductVec all = {0};
    *vec_push(&all, &b->arena) = lock_product(b);
    return publish(NULL, &all, &b->diags);
}

/* Whether what became of the lock's entries may be published. */
static bool check_lock(Book *b, const Options *o)
{
    bool stale = b->lock.stale || b->changes[CHANGED_NEW] || b->changes[CHANGED_REVIVED] || b->retiring;
    if (b->lock.fixed && stale) {
        diag(&b->diags, D_LOCK_STALE, (Place){.file = str_of(b->lock.path)}, NULL);
        return false;
    }
    return o->allow_changes || settle_guard(b, &b->diags);
}

/* At once: what goes to standard error is written piece by piece. */
static void report(const Diags *d, DiagLevel least)
{
    char *text;
    size_t n;
    if (!d->list.n)
        return;
    FILE *out = open_memstream(&text, &n);
    if (!out)
        out_of_memory();
    diag_print(d, least, out);
    if (fclose(out) != 0)
        out_of_memory();
    fwrite(text, 1, n, stderr);
    free(text);
}

void deckbind_report(const Book *b, const Options *o)
{
    for (size_t i = 0; i < b->source_count; i++)
        report(&b->sources[i].diags, o->least);
    report(&b->diags, o->least);
}

int deckbind_exit_code(const Book *b, const Options *o)
{
    if (any(b, DIAG_FATAL))
        return EXIT_WORLD;
    return any(b, DIAG_ERROR) && !o->keep_going ? EXIT_NOTES : EXIT_SUCCESS;
}

static void print_product(const Options *o, Str name)
{
    print_path(str_of(o->output), stdout);
    putchar('/');
    print_safe(name, stdout);
    putchar('\n');
}

static void print_summary(const Book *b, const Options *o, const ProductVec *products)
{
    printf("%zu question%s, %zu answered, in %zu file%s\n", b->questions, b->questions == 1 ? "" : "s",
           b->answered, b->source_count, b->source_count == 1 ? "" : "s");
    for (size_t i = 0; i < products->n; i++)
        print_product(o, products->at[i].name);
    retired_print(b);
}

static bool publish_all(Book *b, const Options *o, const ProductVec *products)
{
    ProductVec all = {0};
    arena_trim(); /* what making the products left free is not kept beside the lock */
    add_lock(b, &all);
    for (size_t i = 0; i < products->n; i++)
        *vec_push(&all, &b->arena) = products->at[i];
    return publish(o->output, &all, &b->diags);
}

int deckbind_build(const Options *o)
{
    Book b = {0};
    ProductVec products = {0};
    Str drawn = b.drawn = cache_read(o->output, STR("cover"), &b.arena);
    ScriptSet *scripts = scripts_open(o->output, o->no_highlight);
    bool made = read_book(&b, o, true, scripts) && deckbind_exit_code(&b, o) == EXIT_SUCCESS
             && make(&b, o, &products) && deckbind_exit_code(&b, o) == EXIT_SUCCESS
             && check_lock(&b, o) && publish_all(&b, o, &products);
    if (made)
        scripts_save(scripts, o->output);
    if (made)
        earlier_save(b.earlier);
    if (made && !str_eq(b.drawn, drawn))
        cache_write(o->output, STR("cover"), b.drawn, &b.arena);
    scripts_report(scripts, &b.diags);
    scripts_close(scripts);
    earlier_close(b.earlier);
    spool_close(b.spool);
    deckbind_report(&b, o);
    if (made)
        print_summary(&b, o, &products);
    int code = deckbind_exit_code(&b, o);
    book_close(&b);
    return made || code ? code : EXIT_NOTES; /* errors that may be kept going with, but not here */
}
