/*
 * test_cover.c -- titles in lines, covers that are drawn and covers that are given.
 */
#include "epub_file.h"

#include "base/file.h"
#include "emit/epub/cover_png.h"
#include "emit/epub/title_lines.h"
#include "emit/epub/words.h"
#include "base/utf8.h"
#include "model/picture.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Str cover_of(const char *title)
{
    static Arena kept;
    arena_free(&kept);
    Fixture f;
    Str bytes;
    fill(&f);
    f.book.config.title = str_of(title);
    f.book.reproducible = true;
    assert_true(make(&f, &bytes));
    Str svg = member(bytes, "EPUB/images/cover.svg", &kept);
    empty(&f);
    return svg;
}

/* `lines` is the title with a bar at each break. */
static void titles_break_where_words_part(void **state)
{
    (void)state;
    static const struct {
        const char *lines;
        size_t columns;
    } cases[] = {
        {"Go 面试笔记", 16},
        {"计算机网络与|操作系统面试笔记", 16},
        {"Designing|Data-Intensive|Applications", 16},
        {"数据库系统概念|（第七版）", 16},
        {"深入理解|《计算机系统》读书笔记", 22},
        {"分布式系统的一致性：|从两阶段提交到 Raft", 22},
        {"甲乙丙丁戊己|庚辛壬癸子丑寅", 20},
        {"操作系统进程的|调度与通信", 14},
    };
    Arena a = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str lines[MOST_LINES];
        Buf title = {.arena = &a}, got = {.arena = &a};
        for (const char *at = cases[i].lines; *at; at++)
            if (*at != '|')
                buf_put_char(&title, *at);
            else if (is_alpha(at[1]))
                buf_put_char(&title, ' ');
        size_t n = title_lines(buf_str(&title), cases[i].columns, lines, &a);
        for (size_t k = 0; k < n; k++) {
            buf_puts(&got, k ? "|" : "");
            buf_put(&got, lines[k]);
        }
        assert_string_equal(buf_str(&got).at, cases[i].lines);
    }
    arena_free(&a);
}

/* Whatever the title and the width, no line begins or ends with what may not stand there. */
static void no_line_begins_with_a_mark_that_closes(void **state)
{
    (void)state;
    Arena a = {0};
    Str title = STR("甲（乙）、“丙”：《丁》，戊！己（庚）。辛；壬？癸");
    for (size_t columns = 8; columns < 60; columns++) {
        Str lines[MOST_LINES];
        size_t n = title_lines(title, columns, lines, &a);
        for (size_t i = 0; i < n && n <= MOST_LINES; i++) {
            uint32_t first = utf8_at(lines[i], 0, NULL), last = utf8_before(lines[i], lines[i].n);
            assert_true(first == 0x201C || first == 0xFF08 || first == 0x300A || utf8_is_han(first));
            assert_true(last != 0x201C && last != 0xFF08 && last != 0x300A);
        }
    }
    arena_free(&a);
}

static void covers_hold_any_title(void **state)
{
    (void)state;
    assert_true(has(cover_of("Go 面试笔记"), ">Go 面试笔记</text>"));
    assert_true(has(cover_of("   "), ">无题</text>"));
    Arena a = {0};
    Buf endless = {.arena = &a};
    for (int i = 0; i < 5000; i++)
        buf_puts(&endless, "长");
    Str svg = cover_of(buf_str(&endless).at);
    assert_int_equal(times(svg, "<text"), 7); /* six lines and the author */
    assert_true(has(svg, "…</text>"));
    arena_free(&a);
}

/* Make the book again, which knows `*drawn`; whether it left it as it was. */
static bool knows(Str *drawn, Str want)
{
    Fixture next;
    Str again;
    fill(&next);
    next.book.drawn = *drawn;
    assert_true(make(&next, &again));
    assert_true(str_eq(again, want));
    bool same = next.book.drawn.at == drawn->at;
    empty(&next);
    return same;
}

/*
 * Where the machine has the fonts, shelves get a PNG; drawn once, it is known until something
 * changes where fonts may lie.
 */
static void shelves_get_a_png(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    char home[] = "/tmp/deckbind-XXXXXX";
    assert_non_null(mkdtemp(home));
    setenv("XDG_DATA_HOME", home, 1);
    fill(&f);
    assert_true(make(&f, &bytes));
    Str opf = member(bytes, "EPUB/package.opf", &f.book.arena);
    const char *fonts = file_path(&f.book.arena, str_of(home), STR("fonts"));
    assert_int_equal(times(opf, "\"cover-image\""), 1);
    if (!has(opf, "href=\"images/cover.png\" media-type=\"image/png\" properties=\"cover-image\"")) {
        rmdir(home);
        empty(&f);
        skip();
    }
    Str png_bytes = member(bytes, "EPUB/images/cover.png", &f.book.arena);
    MediaForm form = picture_read(png_bytes);
    assert_string_equal(form.type, "image/png");
    assert_int_equal(form.width, 1600);
    assert_int_equal(form.height, 2400);
    assert_memory_equal(png_bytes.at + 24, "\x08\0", 2); /* 8 bits, grey */
    assert_true(png_bytes.n < 300000);
    Str broken[] = {STR_INIT("x"), STR_INIT("\n\n\x89PNG"), STR_INIT("0123456789abcdef\n/usr\n\n\x89PNG"),
                    str_take(f.book.drawn, f.book.drawn.n - 1)};
    assert_true(knows(&f.book.drawn, bytes));
    for (size_t i = 0; i < COUNT(broken); i++)
        assert_false(knows(&broken[i], bytes));
    assert_int_equal(mkdir(fonts, 0700), 0);
    assert_false(knows(&f.book.drawn, bytes));
    rmdir(fonts);
    assert_true(knows(&f.book.drawn, bytes));
    setenv("XDG_DATA_HOME", "/nonexistent", 1);
    assert_false(knows(&f.book.drawn, bytes));
    rmdir(home);
    empty(&f);
}

static void nothing_of_the_machine_where_none_is_wanted(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    fill(&f);
    f.book.reproducible = true;
    assert_true(make(&f, &bytes));
    Str opf = member(bytes, "EPUB/package.opf", &f.book.arena);
    assert_true(has(opf, "href=\"images/cover.svg\" media-type=\"image/svg+xml\" properties=\"cover-image\""));
    assert_false(has(opf, "cover.png"));
    empty(&f);
}

/* Characters without width could stand in a line in any number. */
static void what_has_no_width_is_cut_too(void **state)
{
    (void)state;
    Arena a = {0};
    Buf endless = {.arena = &a};
    buf_puts(&endless, "x");
    for (int i = 0; i < 100000; i++)
        buf_puts(&endless, "\u200B");
    assert_true(cover_of(buf_str(&endless).at).n < 10000);
    assert_true(words_cut(buf_str(&endless), 10).n < 1000);
    assert_int_equal(words_cut(STR("e\u0301\u0302中文"), 3).n, STR("e\u0301\u0302中").n);
    arena_free(&a);
}

/* A file in a new folder, which becomes the folder of the notes. */
static void put_cover(Fixture *f, char folder[], Str bytes)
{
    assert_non_null(mkdtemp(folder));
    f->book.folder = str_of(folder);
    f->book.config.cover = STR("my cover");
    FILE *to = fopen(file_path(&f->book.arena, f->book.folder, f->book.config.cover), "wb");
    assert_non_null(to);
    assert_int_equal(fwrite(bytes.at, 1, bytes.n, to), bytes.n);
    assert_int_equal(fclose(to), 0);
}

static void remove_cover(Fixture *f)
{
    remove(file_path(&f->book.arena, f->book.folder, f->book.config.cover));
    remove(f->book.folder.at);
}

static void covers_may_be_pictures(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    char folder[] = "/tmp/deckbind-XXXXXX";
    fill(&f);
    put_cover(&f, folder, (Str){png, sizeof png - 1});
    assert_true(make(&f, &bytes));
    assert_int_equal(member(bytes, "EPUB/images/cover.png", &f.book.arena).n, sizeof png - 1);
    assert_true(has(member(bytes, "EPUB/text/cover.xhtml", &f.book.arena), "src=\"../images/cover.png\""));
    assert_true(has(member(bytes, "EPUB/package.opf", &f.book.arena),
                    "href=\"images/cover.png\" media-type=\"image/png\" properties=\"cover-image\""));
    remove_cover(&f);
    empty(&f);
}

static void a_cover_that_cannot_be_used_is_told_and_drawn(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    char folder[] = "/tmp/deckbind-XXXXXX";
    fill(&f);
    put_cover(&f, folder, STR("<svg/>"));
    f.book.reproducible = true;
    assert_true(make(&f, &bytes));
    assert_true(member(bytes, "EPUB/images/cover.svg", &f.book.arena).n > 6);
    assert_int_equal(f.book.diags.list.at[0].code, D_IMAGE_KIND);
    remove_cover(&f);
    assert_true(make(&f, &bytes));
    assert_int_equal(f.book.diags.list.at[1].code, D_IMAGE_MISSING);
    static const Str outside[] = {STR_INIT("/etc/passwd"), STR_INIT("../cover.png"), STR_INIT("./../b.png")};
    for (size_t i = 0; i < COUNT(outside); i++) {
        f.book.folder = STR("/tmp");
        f.book.config.cover = outside[i];
        assert_true(make(&f, &bytes));
        assert_int_equal(f.book.diags.list.at[2 + i].code, D_CONFIG_INVALID);
    }
    empty(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_break_where_words_part),
        cmocka_unit_test(no_line_begins_with_a_mark_that_closes),
        cmocka_unit_test(covers_hold_any_title),
        cmocka_unit_test(what_has_no_width_is_cut_too),
        cmocka_unit_test(shelves_get_a_png),
        cmocka_unit_test(nothing_of_the_machine_where_none_is_wanted),
        cmocka_unit_test(covers_may_be_pictures),
        cmocka_unit_test(a_cover_that_cannot_be_used_is_told_and_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
