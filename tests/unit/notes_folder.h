/*
 * notes_folder.h -- a folder with notes and files to be shown, for tests of links.
 *
 * The notes are a.md, sub/b 1.md and sub/中文.md, the same four entries in each.
 */
#ifndef DECKBIND_TESTS_NOTES_FOLDER_H
#define DECKBIND_TESTS_NOTES_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "inline/inline.h"
#include "inline/link.h"
#include "inline/shelf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PNG "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0\x1F\x15\xC4\x89" \
            "\0\0\0\0IEND\xAE\x42\x60\x82............"
#define WIDE_PNG "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\2\x58\0\0\1\x90\10\6\0\0\0...." \
                 "\0\0\0\0IEND................"
#define SIXTEEN "................"
#define PADDING SIXTEEN SIXTEEN SIXTEEN SIXTEEN

static const struct {
    const char *name;
    Str bytes;
} files[] = {
    {"a.png", STR_INIT(PNG)},
    {"same.png", STR_INIT(PNG)},
    {"sub/图 1.png", STR_INIT(PNG "1")},
    {"sub/100%25.png", STR_INIT(PNG "2")},
    {"text.png", STR_INIT("no picture, whatever its name says; and long enough for one of any kind")},
    {".git/a.png", STR_INIT(PNG)},
    {"sub/Wide.png", STR_INIT(WIDE_PNG)}, /* 600 by 400 */
    {"sub/cafe\u0301.png", STR_INIT(PNG "3")},
    {"p/twice.png", STR_INIT(PNG "4")},
    {"q/twice.png", STR_INIT(PNG "5")},
    {"s.mp3", STR_INIT("ID3" PADDING)},
    {"s.wav", STR_INIT("RIFF....WAVE" PADDING)},
};

typedef struct World {
    char root[64]; /* of all; the notes are in root/notes */
    Book book;
    Source sources[3];
} World;

static const char *path_of(World *w, const char *name)
{
    return file_path(&w->book.arena, str_of(w->root), str_of(name));
}

static inline void write_file(World *w, const char *name, Str bytes)
{
    FILE *f = fopen(path_of(w, name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.at, 1, bytes.n, f), bytes.n);
    fclose(f);
}

static inline void make_files(World *w)
{
    static const char *const folders[] = {"notes", "notes/sub", "notes/.git", "notes/p", "notes/q"};
    for (size_t i = 0; i < COUNT(folders); i++)
        assert_int_equal(mkdir(path_of(w, folders[i]), 0700), 0);
    for (size_t i = 0; i < COUNT(files); i++)
        write_file(w, file_path(&w->book.arena, STR("notes"), str_of(files[i].name)), files[i].bytes);
    write_file(w, "secret.png", STR(PNG));
    assert_int_equal(symlink("../secret.png", path_of(w, "notes/link.png")), 0);
    assert_int_equal(symlink("sub", path_of(w, "notes/way")), 0);
    FILE *large = fopen(path_of(w, "notes/large.png"), "wb");
    assert_non_null(large);
    assert_int_equal(ftruncate(fileno(large), PICTURE_MOST + 1), 0);
    fclose(large);
}

enum { MOST_LINES = 16 };

static inline void add_line(Source *s, const char *line)
{
    Buf text = {.arena = &s->arena};
    buf_put(&text, s->text);
    buf_printf(&text, "%s\n", line);
    s->text = buf_str(&text);
    if (!s->starts)
        s->starts = arena_new(&s->arena, uint32_t, MOST_LINES);
    s->starts[++s->line_count] = (uint32_t)s->text.n;
}

/* The line `line`, and the entry that it makes. */
static inline void add_entry(Source *s, const char *line, const char *title, const char *anchor)
{
    add_line(s, line);
    Entry *e = vec_push(&s->entries, &s->kept);
    *e = (Entry){.line = s->line_count, .title = str_of(title), .anchor = str_of(anchor),
                 .made = arena_new(&s->arena, Made, 1)};
}

static inline void make_source(World *w, size_t i, const char *name)
{
    Source *s = &w->sources[i];
    s->name = s->path = str_of(name);
    s->diags.arena = &s->kept;
    add_entry(s, "## 1. What is `Go`?", "What is `Go`?", "q-1");
    add_entry(s, "## 通道（channel）", "通道（channel）", "q-2");
    add_entry(s, "**Same**", "Same", "q-3");
    add_entry(s, "**Same**", "Same", "q-4");
    for (size_t p = 0; p < 2; p++) {
        Page *page = vec_push(&s->pages, &s->kept);
        page->name = p ? STR("c-2.xhtml") : STR("c-1.xhtml");
        page->first = 2 * p;
        page->last = 2 * p + 2;
    }
}

static inline int world_make(void **state)
{
    World *w = calloc(1, sizeof *w);
    snprintf(w->root, sizeof w->root, "/tmp/deckbind-test-XXXXXX");
    assert_non_null(mkdtemp(w->root));
    make_files(w);
    make_source(w, 0, "a.md");
    make_source(w, 1, "sub/b 1.md");
    make_source(w, 2, "sub/中文.md");
    w->book.folder = str_of(path_of(w, "notes"));
    w->book.sources = w->sources;
    w->book.source_count = 3;
    add_line(&w->sources[0], "[a link that needs slugs](#what-is-go)");
    for (size_t i = 0; i < COUNT(files); i++)
        *vec_push(&w->book.attachments, &w->book.arena) = str_of(files[i].name);
    source_fragments(&w->sources[0]);
    book_slugs(&w->book);
    book_names(&w->book);
    *state = w;
    return 0;
}

static inline int world_end(void **state)
{
    World *w = *state;
    Buf command = {.arena = &w->book.arena};
    buf_printf(&command, "rm -r %s", w->root);
    int failed = system(buf_str(&command).at);
    for (size_t i = 0; i < 3; i++) {
        arena_free(&w->sources[i].arena);
        arena_free(&w->sources[i].kept);
    }
    arena_free(&w->book.arena);
    free(w);
    return failed;
}

/* The tree of `text` in the source `i`, with its links resolved. */
static inline Node *linked(World *w, size_t i, const char *text)
{
    Source *s = &w->sources[i];
    Entry *e = &s->entries.at[0];
    s->diags.list.n = 0;
    s->media.n = 0;
    e->made->title_tree = node_new(&s->arena, NODE_PARAGRAPH, NULL);
    e->made->title_tree->text = str_of(text);
    e->made->title_tree->line = 1;
    source_inline(s);
    source_link(s, &w->book);
    return e->made->title_tree;
}

static inline void check_target(Str got, const char *want)
{
    char shown[512];
    snprintf(shown, sizeof shown, "%.*s", STR_ARG(got));
    assert_string_equal(shown, want);
}

typedef struct Case {
    const char *text, *card, *page;
    DiagCode code; /* DIAG_CODES: no message */
} Case;

static inline void check_cases(World *w, size_t source, const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Node *n = linked(w, source, cases[i].text)->first;
        const Diags *d = &w->sources[source].diags;
        check_target(n->card_target, cases[i].card);
        check_target(n->page_target, cases[i].page);
        assert_int_equal(d->list.n, cases[i].code != DIAG_CODES);
        if (d->list.n) {
            assert_string_equal(diag_name(d->list.at[0].code), diag_name(cases[i].code));
            assert_int_equal(d->list.at[0].place.line, 1);
        }
    }
}

#endif
