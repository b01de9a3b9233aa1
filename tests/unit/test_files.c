/*
 * test_files.c -- reading, packing and publishing files; above all that a build
 * which fails leaves the old products as they were.
 */
#include "base/file.h"
#include "base/pack.h"
#include "base/publish.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

typedef struct Folder {
    Arena arena;
    Diags diags;
    char path[64];
} Folder;

static int open_folder(void **state)
{
    Folder *f = calloc(1, sizeof *f);
    f->diags.arena = &f->arena;
    strcpy(f->path, "/tmp/deckbind-test-XXXXXX");
    *state = f;
    return mkdtemp(f->path) ? 0 : -1;
}

static int close_folder(void **state)
{
    Folder *f = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", f->path);
    int failed = system(command);
    arena_free(&f->arena);
    free(f);
    return failed;
}

static const char *at(Folder *f, const char *name)
{
    return file_path(&f->arena, str_of(f->path), str_of(name));
}

static void put(Folder *f, const char *name, Str bytes)
{
    int fd = open(at(f, name), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.at, bytes.n), (ssize_t)bytes.n);
    close(fd);
}

static void holds(Folder *f, const char *name, Str want)
{
    Str got = {0};
    Diags d = {.arena = &f->arena};
    assert_true(file_read(at(f, name), &f->arena, &got, &d));
    if (!str_eq(got, want))
        fail_msg("%s holds %zu bytes, not the %zu wanted", name, got.n, want.n);
}

/* No file of `f` is temporary. */
static void is_tidy(Folder *f)
{
    char command[160];
    snprintf(command, sizeof command, "test -z \"$(ls -A '%s' | grep deckbind-new)\"", f->path);
    assert_int_equal(system(command), 0);
}

static ProductVec products(Folder *f, Str one, Str two)
{
    ProductVec v = {0};
    *vec_push(&v, &f->arena) = (Product){.name = STR("a.apkg"), .bytes = one};
    *vec_push(&v, &f->arena) = (Product){.name = STR("b.epub"), .bytes = two};
    return v;
}

static void test_read(void **state)
{
    Folder *f = *state;
    static const Str texts[] = {STR_INIT(""), STR_INIT("a\0b\xFF\n")};
    for (size_t i = 0; i < COUNT(texts); i++) {
        put(f, "x", texts[i]);
        holds(f, "x", texts[i]);
    }
    Str got;
    assert_true(file_read(at(f, "x"), &f->arena, &got, &f->diags));
    assert_int_equal(got.at[got.n], '\0');
}

/* A missing file, a folder, a pipe, a link that loops: told, and none blocks. */
static void test_read_refused(void **state)
{
    Folder *f = *state;
    assert_int_equal(mkdir(at(f, "folder"), 0777), 0);
    assert_int_equal(mkfifo(at(f, "pipe"), 0666), 0);
    assert_int_equal(symlink("loop", at(f, "loop")), 0);
    static const char *const names[] = {"missing", "folder", "pipe", "loop", "folder/x/y"};
    for (size_t i = 0; i < COUNT(names); i++) {
        Str got;
        assert_false(file_read(at(f, names[i]), &f->arena, &got, &f->diags));
        assert_int_equal(f->diags.list.n, i + 1);
        assert_string_equal(diag_name(f->diags.list.at[i].code), "FILE_UNREADABLE");
    }
    assert_true(file_is_folder(at(f, "folder")));
    assert_false(file_is_folder(at(f, "pipe")));
}

static void test_list(void **state)
{
    Folder *f = *state;
    static const char *const folders[] = {"b", "b/c", "out", ".git"};
    static const char *const files[] = {"b/c/x.md", "a.md", "b/z.md", "B.md", "b.md", "中.md",
                                        "out/no.md", ".git/no.md", ".no.md"};
    for (size_t i = 0; i < COUNT(folders); i++)
        assert_int_equal(mkdir(at(f, folders[i]), 0777), 0);
    for (size_t i = 0; i < COUNT(files); i++)
        put(f, files[i], STR("x"));
    assert_int_equal(symlink("a.md", at(f, "link.md")), 0);
    assert_int_equal(symlink(".", at(f, "loop")), 0);

    StrVec got = {0};
    assert_true(file_list(f->path, at(f, "out"), &f->arena, &got, &f->diags));
    static const char *const want[] = {"B.md", "a.md", "b.md", "b/c/x.md", "b/z.md", "中.md"};
    assert_int_equal(got.n, COUNT(want));
    for (size_t i = 0; i < got.n; i++)
        assert_string_equal(got.at[i].at, want[i]);

    assert_false(file_list(at(f, "missing"), NULL, &f->arena, &got, &f->diags));
    assert_int_equal(f->diags.count[DIAG_FATAL], 1);
}

static void test_path(void **state)
{
    Folder *f = *state;
    assert_string_equal(file_path(&f->arena, STR("a"), STR("b")), "a/b");
    assert_string_equal(file_path(&f->arena, STR("a/"), STR("b")), "a/b");
    assert_string_equal(file_path(&f->arena, STR(""), STR("b")), "b");
}

/* Bytes that deflate well in some places and badly in others. */
static Str sample(Arena *a, size_t n)
{
    char *bytes = arena_new(a, char, n + 1);
    uint32_t seed = 7;
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = i / 1000 % 3 ? (char)('a' + i % 17) : (char)(seed >> 24);
    }
    return (Str){bytes, n};
}

static Str joined(const Packed *p, Arena *a)
{
    Buf all = {.arena = a};
    for (size_t i = 0; i < p->count; i++)
        buf_put(&all, p->pieces[i]);
    assert_int_equal(buf_str(&all).n, p->packed);
    return buf_str(&all);
}

static void inflates_to(const Packed *p, Str want, Arena *a)
{
    z_stream z = {0};
    assert_int_equal(inflateInit2(&z, -MAX_WBITS), Z_OK);
    unsigned char *out = arena_new(a, unsigned char, want.n + 1);
    Str packed = joined(p, a);
    z.next_in = (Bytef *)(uintptr_t)packed.at;
    z.avail_in = (uInt)packed.n;
    z.next_out = out;
    z.avail_out = (uInt)want.n + 1;
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.avail_in, 0);
    assert_int_equal(z.total_out, want.n);
    inflateEnd(&z);
    if (want.n)
        assert_memory_equal(out, want.at, want.n);
}

static bool is_whole(const Packed *p)
{
    bool whole = true;
    for (size_t i = 0; i < pack_parts(p); i++)
        whole = pack_part_is_whole(p, i) && whole;
    return whole;
}

static void test_pack(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 524287, 524288, 524289, 3000000};
    for (size_t i = 0; i < COUNT(sizes) * PACK_STORE; i++) {
        Arena a = {0};
        Packing packing = i % PACK_STORE;
        Str bytes = sample(&a, sizes[i / PACK_STORE]);
        Packed one = pack(bytes, packing, 1, &a), many = pack(bytes, packing, 5, &a);
        Packed stored = pack(bytes, PACK_STORE, 1, &a);
        inflates_to(&one, bytes, &a);
        assert_true(is_whole(&one));
        assert_true(str_eq(joined(&one, &a), joined(&many, &a)));
        assert_int_equal(one.crc, many.crc);
        assert_int_equal(one.crc, crc32(0, (const Bytef *)bytes.at, (uInt)bytes.n));
        assert_int_equal(one.crc, stored.crc);
        assert_int_equal(one.packing, packing);
        assert_int_equal(one.size, bytes.n);
        assert_ptr_equal(stored.pieces[0].at, bytes.at);
        if (one.count > 1) {
            Str last = one.pieces[one.count - 1];
            one.pieces[one.count - 1] = one.pieces[0];
            one.pieces[0] = last;
            assert_false(is_whole(&one));
        }
        arena_free(&a);
    }
}

/* Whether `text` is packed as the file "product" of the folder has it from its third byte on. */
static bool is_taken(Folder *f, uint64_t way, Str text, Str stream)
{
    Earlier *e = earlier_open(f->path, way);
    Packed p = pack_again(text, PACK_DEFLATE, e, NULL, 1, &f->arena);
    earlier_close(e);
    assert_true(is_whole(&p));
    inflates_to(&p, text, &f->arena);
    return str_eq(p.pieces[0], stream);
}

/* `text` as a stream that is not deflated, after two bytes of something else. */
static Str stored(Folder *f, Str text)
{
    Buf b = {.arena = &f->arena};
    const char head[] = {'.', '.', 1, (char)text.n, 0, (char)~text.n, '\xFF'};
    buf_put(&b, (Str){head, sizeof head});
    buf_put(&b, text);
    return buf_str(&b);
}

/* A stream that nobody would make shows that it was taken. */
static void test_earlier(void **state)
{
    Folder *f = *state;
    Str text = STR("hello, hello, hello, hello, hello"), other = STR("hello, hello, hello, hello, hallo");
    Str product = stored(f, text), stream = str_drop(product, 2);
    struct stat st;
    put(f, "product", product);
    Earlier *e = earlier_open(f->path, 7);
    earlier_product(e, STR("product"));
    earlier_tell(e, (uint32_t)crc32(0, (const Bytef *)text.at, (uInt)text.n), text.n, 2, stream.n);
    earlier_save(e);
    earlier_close(e);
#ifdef WITH_LIBDEFLATE
    assert_true(is_taken(f, 7, text, stream));
#endif
    assert_false(is_taken(f, 8, text, stream));
    assert_false(is_taken(f, 7, other, str_drop(stored(f, other), 2)));

    assert_int_equal(stat(at(f, "product"), &st), 0);
    put(f, "product", stored(f, other));
    assert_int_equal(utimensat(AT_FDCWD, at(f, "product"), (struct timespec[]){st.st_atim, st.st_mtim}, 0), 0);
    assert_false(is_taken(f, 7, text, str_drop(stored(f, other), 2)));
    put(f, "product", product);
    assert_false(is_taken(f, 7, text, stream));
    assert_int_equal(unlink(at(f, "product")), 0);
    assert_false(is_taken(f, 7, text, stream));
}

static void test_publish(void **state)
{
    Folder *f = *state;
    const char *deep = at(f, "new/folder");
    ProductVec v = products(f, STR("one"), STR("two"));
    assert_true(publish(deep, &v, &f->diags));
    holds(f, "new/folder/a.apkg", STR("one"));
    v = products(f, STR("longer than one"), STR(""));
    assert_true(publish(deep, &v, &f->diags));
    holds(f, "new/folder/a.apkg", STR("longer than one"));
    holds(f, "new/folder/b.epub", STR(""));
    assert_int_equal(f->diags.list.n, 0);
    is_tidy(f);
}

/* What a killed build left under the temporary name is no hindrance, nor a link there. */
static void test_publish_stale(void **state)
{
    Folder *f = *state;
    put(f, "victim", STR("safe"));
    put(f, ".a.apkg.deckbind-new", STR("half of a deck"));
    assert_int_equal(symlink("victim", at(f, ".b.epub.deckbind-new")), 0);
    ProductVec v = products(f, STR("one"), STR("two"));
    assert_true(publish(f->path, &v, &f->diags));
    holds(f, "a.apkg", STR("one"));
    holds(f, "b.epub", STR("two"));
    holds(f, "victim", STR("safe"));
    is_tidy(f);
}

/* Publishing must fail with that one message and leave nothing behind. */
static void check_failure(Folder *f, const char *folder, const ProductVec *v, DiagCode code)
{
    assert_false(publish(folder, v, &f->diags));
    assert_int_equal(f->diags.list.n, 1);
    assert_string_equal(diag_name(f->diags.list.at[0].code), diag_name(code));
    is_tidy(f);
}

static void test_publish_blocked(void **state)
{
    Folder *f = *state;
    put(f, "a.apkg", STR("old"));
    assert_int_equal(mkdir(at(f, "b.epub"), 0777), 0);
    ProductVec v = {0};
    *vec_push(&v, &f->arena) = (Product){.name = STR("b.epub"), .bytes = STR("two")};
    *vec_push(&v, &f->arena) = (Product){.name = STR("a.apkg"), .bytes = STR("new")};
    check_failure(f, f->path, &v, D_FILE_UNWRITABLE);
    holds(f, "a.apkg", STR("old"));
}

static void test_publish_no_folder(void **state)
{
    Folder *f = *state;
    put(f, "file", STR("old"));
    ProductVec v = products(f, STR("one"), STR("two"));
    check_failure(f, at(f, "file/below"), &v, D_FILE_UNWRITABLE);
    holds(f, "file", STR("old"));
}

/* A temporary name that cannot be made: a folder stands there. */
static void test_publish_no_temporary(void **state)
{
    Folder *f = *state;
    put(f, "a.apkg", STR("old"));
    assert_int_equal(mkdir(at(f, ".b.epub.deckbind-new"), 0777), 0);
    ProductVec v = products(f, STR("one"), STR("two"));
    assert_false(publish(f->path, &v, &f->diags));
    holds(f, "a.apkg", STR("old"));
    assert_int_equal(access(at(f, ".a.apkg.deckbind-new"), F_OK), -1);
}

static void test_publish_busy(void **state)
{
    Folder *f = *state;
    put(f, "a.apkg", STR("old"));
    put(f, ".deckbind-busy", STR(""));
    int fd = open(at(f, ".deckbind-busy"), O_RDWR);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    ProductVec v = products(f, STR("one"), STR("two"));
    check_failure(f, f->path, &v, D_BUSY);
    holds(f, "a.apkg", STR("old"));
    close(fd);
    assert_true(publish(f->path, &v, &f->diags));
}

/* The disk is full after `limit` bytes of a file, as far as a child can tell. */
static void publish_limited(Folder *f, const ProductVec *v, rlim_t limit)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit, limit});
        _exit(publish(f->path, v, &f->diags) ? 1 : 0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void test_publish_full(void **state)
{
    Folder *f = *state;
    put(f, "a.apkg", STR("old"));
    put(f, "b.epub", STR("older"));
    ProductVec v = products(f, STR("one"), sample(&f->arena, 100000));
    static const rlim_t limits[] = {0, 1, 4096, 99999};
    for (size_t i = 0; i < COUNT(limits); i++) {
        publish_limited(f, &v, limits[i]);
        holds(f, "a.apkg", STR("old"));
        holds(f, "b.epub", STR("older"));
        is_tidy(f);
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_folder, close_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_read),            TEST(test_read_refused),      TEST(test_list),
        TEST(test_path),            cmocka_unit_test(test_pack),  TEST(test_earlier),
        TEST(test_publish),
        TEST(test_publish_stale),   TEST(test_publish_blocked),   TEST(test_publish_no_folder),
        TEST(test_publish_no_temporary), TEST(test_publish_busy), TEST(test_publish_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
