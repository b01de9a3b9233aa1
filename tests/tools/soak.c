/*
 * soak.c -- notes made by chance go through the whole line, in one process:
 *
 *     soak COUNT SEED SCRATCH NOTE...
 *
 * They are tokens, pieces of the NOTEs, and passages of these that were damaged.  After
 * each: its lines are parted among its entries, and all markup is well-formed; no note
 * takes more time or memory, or makes more markup, than its length allows.  Only colours
 * are left out, which want scripts beside the program.  A sanitizer sees to the rest.  The
 * file SCRATCH holds the note at hand, so that what went wrong can be done again; each note
 * follows from SEED and its number alone.  Prints TAP.
 */
#include "book/duplicates.h"
#include "book/fingerprint.h"
#include "book/gather.h"
#include "book/identity.h"
#include "book/match.h"
#include "book/open.h"
#include "book/paginate.h"
#include "emit/backend.h"
#include "inline/inline.h"
#include "inline/link.h"
#include "read/block.h"
#include "read/source.h"
#include "recognise/recognise.h"
#include "render/html.h"
#include "render/katex.h"
#include "render/math.h"
#include "soup.h"
#include "well_formed.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    SECONDS = 60,                 /* after which a note is taken to hang */
    LONG_EVERY = 1024,            /* of so many notes one is repeated up to … */
    LONG = 32 * 1024,
    PAGES_EVERY = 16,             /* libxml2 sees the pages of one of so many */
    MICROSECONDS = 200000, MICROSECONDS_A_BYTE = 40,
    MARKUP = 64 * 1024, MARKUP_A_BYTE = 64,
    MEMORY = 256 * 1024, MEMORY_A_BYTE = 1024
};

#ifdef __SANITIZE_ADDRESS__
size_t __sanitizer_get_current_allocated_bytes(void); /* gcc has no header for it */
static size_t memory(void) { return __sanitizer_get_current_allocated_bytes(); }
#else
static size_t memory(void) { return mallinfo2().uordblks + mallinfo2().hblkhd; }
#endif

/* Marks of the dialects and of what the reader repairs, and bytes that are no text. */
static const Str note_tokens[] = {
    STR_INIT("Q: "), STR_INIT("A: "), STR_INIT("问："), STR_INIT("答："), STR_INIT("答案："), STR_INIT("解析："),
    STR_INIT("ANSWER:"), STR_INIT("？"), STR_INIT("?"), STR_INIT("\n?\n"), STR_INIT("\n??\n"), STR_INIT("\n%\n"),
    STR_INIT(" :: "), STR_INIT(":::"), STR_INIT("::"), STR_INIT(" >> "), STR_INIT("#card"), STR_INIT(" #flashcard\n"),
    STR_INIT("=="), STR_INIT("=="), STR_INIT("{{c1::"), STR_INIT("{{c2,3::"), STR_INIT("}}"), STR_INIT("{"), STR_INIT("}"),
    STR_INIT("::hint}}"), STR_INIT("[...]"), STR_INIT("<details>"), STR_INIT("</details>"), STR_INIT("<summary>"),
    STR_INIT("</summary>"), STR_INIT("> [!question] "), STR_INIT("> [!faq]- "), STR_INIT("\nSTART\n"), STR_INIT("\nEND\n"),
    STR_INIT("STARTI "), STR_INIT(" ENDI"), STR_INIT("Basic\n"), STR_INIT("Back: "), STR_INIT("Front: "),
    STR_INIT("| a | b |\n"), STR_INIT("|---|---|\n"), STR_INIT("\\|"), STR_INIT("[^1]"), STR_INIT("[^1]: "),
    STR_INIT("$"), STR_INIT("$$"), STR_INIT("$x_1$"), STR_INIT("\\("), STR_INIT("\\)"), STR_INIT("\\["), STR_INIT("\\]"),
    STR_INIT("\n$$\n"), STR_INIT("\\frac{a}{b}"), STR_INIT("\\begin{x}"), STR_INIT("[["), STR_INIT("]]"), STR_INIT("![["),
    STR_INIT("[[a|b]]"), STR_INIT("一、"), STR_INIT("二、"), STR_INIT("（1）"), STR_INIT("(2) "), STR_INIT("①"), STR_INIT("②"),
    STR_INIT("1、"), STR_INIT("2、"), STR_INIT("1.2 "), STR_INIT("第1题 "), STR_INIT("### 1. "), STR_INIT("### 2. "),
    STR_INIT("##甲"), STR_INIT("**1. 甲？**\n"), STR_INIT("\n---\n"), STR_INIT("\n===\n"), STR_INIT("tags: [a, b]\n"),
    STR_INIT("deck: x::y\n"), STR_INIT("<!-- deckbind: off -->\n"), STR_INIT("<!-- deckbind: on -->\n"),
    STR_INIT("<!-- deckbind: card -->\n"), STR_INIT("<!-- deckbind: text -->\n"), STR_INIT("<!--ID: 12-->"),
    STR_INIT("^1607361487244"), STR_INIT("- [ ] "), STR_INIT("- [x] "), STR_INIT("A. "), STR_INIT("B. "), STR_INIT("~~"),
    STR_INIT("```go\n"), STR_INIT("```card\n"), STR_INIT("func main() {\n"), STR_INIT("}\n"), STR_INIT("\treturn x;\n"),
    STR_INIT("import \"fmt\"\n"), STR_INIT("![x](images/gmp.png)"), STR_INIT("![](https://x.y/z.png)"), STR_INIT("(#甲)"),
    STR_INIT("[a](b.md#c)"), STR_INIT("www.x.y"), STR_INIT("mailto:a@b.c"), STR_INIT("javascript:"), STR_INIT("data:"),
    STR_INIT("<img src=x onerror=y>"), STR_INIT("<ruby>"), STR_INIT("<rt>"), STR_INIT("<table>"), STR_INIT("<tr>"),
    STR_INIT("<td>"), STR_INIT("<sub>"), STR_INIT("<br>"), STR_INIT("<kbd>"), STR_INIT("[sound:x.mp3]"), STR_INIT("[latex]"),
    STR_INIT("<p>"), STR_INIT("<li>"), STR_INIT("todo"), STR_INIT("\r"), STR_INIT("\xFF"), STR_INIT("\xE4\xB8"), STR_INIT("\x80"),
    STR_INIT("\xED\xA0\x80"), STR_INIT("\xEF\xBB\xBF"), STR_INIT("\xEF\xBF\xBE"), STR_INIT("\x1F"), STR_INIT("\x7F"),
    STR_INIT("\u200B"), STR_INIT("\u202E"), STR_INIT("\u0301"), STR_INIT("\u0338"), STR_INIT("\u2028"), STR_INIT("&#x1F;"),
    STR_INIT("&#xFFFE;"), STR_INIT("&#13;"), STR_INIT("---\n"), STR_INIT("中"), STR_INIT("什么是"), STR_INIT("为什么"),
};

static void put_passage(Soup *s, Buf *out)
{
    enum { MOST = 1500 };
    size_t lines = 1 + chance(s, 30);
    for (size_t i = chance(s, s->lines.n); lines-- && i < s->lines.n && out->n < MOST; i++)
        buf_put(out, s->lines.at[i]);
}

/* `text` with a few pieces taken out, put in again elsewhere, or made of something else. */
static Str damage(Soup *s, Str text, Arena *a)
{
    for (size_t times = 1 + chance(s, 8); times--;) {
        Buf b = {.arena = a};
        size_t at = chance(s, text.n + 1), from = chance(s, text.n + 1);
        size_t gone = chance(s, 3) ? 0 : chance(s, 20);
        buf_put(&b, str_take(text, at));
        switch (chance(s, 4)) {
        case 0: buf_put(&b, str_take(str_drop(text, from), chance(s, 100))); break;
        case 1: buf_put_char(&b, (char)chance(s, 256)); break;
        default: put_token(s, &b);
        }
        buf_put(&b, str_drop(text, at + gone));
        text = buf_str(&b);
    }
    return text;
}

static Str repeat(Str text, Arena *a)
{
    Buf b = {.arena = a};
    while (text.n && b.n < LONG)
        buf_put(&b, text);
    return buf_str(&b);
}

/* Note `number`, in `a`. */
static Str next_note(Soup *s, uint64_t seed, size_t number, Arena *a)
{
    s->state = (seed + number) * UINT64_C(0x9E3779B97F4A7C15) | 1;
    chance(s, 1);
    Buf passage = {.arena = a};
    if (chance(s, 2) == 0)
        put_passage(s, &passage);
    Str text = passage.n ? damage(s, buf_str(&passage), a) : soup_next(s, a);
    return number % LONG_EVERY ? text : repeat(text, a);
}

typedef struct Note {
    Book book;
    Source source;
    size_t before, engine; /* bytes of memory: when it began, and what an engine for formulas took since */
} Note;

static void read_note(Note *n, const char *path)
{
    Source *s = &n->source;
    *s = (Source){.path = str_of(path), .name = STR("a.md"), .diags.arena = &s->kept};
    n->book = (Book){.diags.arena = &n->book.arena, .folder = STR("sources"), .folder_name = STR("notes"),
                     .threads = 1, .sources = s, .source_count = 1, .lock.arena = &n->book.arena};
    source_read(s);
}

static void make_note(Note *n)
{
    static void (*const reading[])(Source *) = {recognise, source_titles, source_fingerprint, source_wordings,
                                               source_weigh, source_fragments};
    static void (*const binding[])(Book *) = {book_gather, book_match, book_identify, book_duplicates,
                                              book_paginate, book_slugs, book_names};
    for (size_t i = 0; i < COUNT(reading); i++)
        reading[i](&n->source);
    for (size_t i = 0; i < COUNT(binding); i++)
        binding[i](&n->book);
    source_blocks(&n->source);
    source_inline(&n->source);
    source_link(&n->source, &n->book);
    size_t before_math = memory();
    source_math(&n->source, &n->book);
    n->engine = memory() - before_math;
    source_render(&n->source, &n->book);
    source_sections(&n->source);
    source_seal(&n->source, &n->book);
}

static void free_note(Note *n)
{
    source_close(&n->source);
    arena_free(&n->book.arena);
}

/* Entries stand in order and own the lines up to the next; parts lie in their own lines. */
static bool is_parted(const Source *s)
{
    bool good = s->entries.n > 0 || s->line_count == 0;
    for (size_t i = 0; i < s->entries.n; i++) {
        const Entry *e = &s->entries.at[i];
        uint32_t next = i + 1 < s->entries.n ? e[1].line : s->line_count + 1, last = e->line - 1;
        good = good && (i || e->line == 1) && e->line <= e->end_line && e->end_line < next && e->parent <= i;
        for (size_t k = 0; k < e->slices.n; k++) {
            const Slice *slice = &e->slices.at[k];
            good = good && (slice->from > last || (slice->skip && slice->from >= e->line))
                && slice->to >= slice->from && slice->to < next;
            last = slice->to;
        }
    }
    return good;
}

/* The bytes of all markup of an entry; STR_NONE where one piece is not well-formed. */
static size_t markup_of(const Entry *e)
{
    Str pieces[2 + 2 * PARTS] = {e->card_title, e->made->page_title};
    for (Part part = 0; part < PARTS; part++) {
        pieces[2 + 2 * part] = e->card_part[part];
        pieces[3 + 2 * part] = e->made->page_part[part];
    }
    size_t n = 0;
    for (size_t i = 0; i < COUNT(pieces); i++) {
        if (!is_well_formed(pieces[i]))
            return STR_NONE;
        n += pieces[i].n;
    }
    return n;
}

/* What is wrong with a note; NULL: nothing. */
static const char *fault_of(Note *n, Str text, bool pages)
{
    Source *s = &n->source;
    size_t markup = 0;
    if (!is_parted(s))
        return "its lines are not parted";
    for (size_t i = 0; i < s->entries.n; i++) {
        size_t bytes = markup_of(&s->entries.at[i]);
        if (bytes == STR_NONE)
            return "its markup is not well-formed";
        markup += bytes;
    }
    if (markup > MARKUP + MARKUP_A_BYTE * text.n)
        return "it makes too much markup";
    if (pages)
        backend_epub.page(&n->book, s);
    return diag_any(&s->diags, DIAG_FATAL) ? "its page is not well-formed" : NULL;
}

static void write_scratch(const char *path, Str text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, text.at ? text.at : "", text.n) != (ssize_t)text.n || close(fd) != 0)
        exit(2);
}

/* What is wrong; NULL: nothing, or it is no text and was refused with a word. */
static const char *try_note(Str text, const char *scratch, Katexes *katexes, bool pages)
{
    Note *n = calloc(1, sizeof *n);
    if (!n)
        exit(2);
    write_scratch(scratch, text);
    n->before = memory();
    clock_t start = clock();
    read_note(n, scratch);
    n->book.katexes = katexes;
    const char *fault = NULL;
    if (n->source.failed) {
        fault = n->source.diags.list.n ? NULL : "it was refused without a word";
    } else {
        make_note(n);
        fault = fault_of(n, text, pages);
    }
    double spent = (double)(clock() - start) * 1e6 / CLOCKS_PER_SEC;
    if (!fault && spent > MICROSECONDS + MICROSECONDS_A_BYTE * (double)text.n)
        fault = "it takes too long";
    if (!fault && memory() - n->before - n->engine > MEMORY + MEMORY_A_BYTE * text.n)
        fault = "it takes too much memory";
    free_note(n);
    free(n);
    return fault;
}

/* Global for the handler of a signal, which is given nothing. */
static char hanging[] = "not ok - note 00000000000000000000: it hangs\n";

/* Before its alarm is set: the handler may do little more than write. */
static void write_number(size_t number)
{
    for (char *digit = strchr(hanging, ':') - 1; *digit != ' '; digit--, number /= 10)
        *digit = (char)('0' + number % 10);
}

static void hang(int signal)
{
    (void)signal;
    ssize_t written = write(STDOUT_FILENO, hanging, sizeof hanging - 1);
    _exit(written < 0 ? 2 : 1);
}

static const char *run(Soup *soup, size_t count, uint64_t seed, const char *scratch, Katexes *katexes,
                       size_t *number, size_t *bytes)
{
    const char *fault = NULL;
    for (*number = 0; *number < count && !fault; ++*number) {
        Arena a = {0};
        Str text = next_note(soup, seed, *number, &a);
        *bytes += text.n;
        write_number(*number);
        alarm(SECONDS);
        fault = try_note(text, scratch, katexes, *number % PAGES_EVERY == 0);
        arena_free(&a);
    }
    return fault;
}

int main(int argc, char **argv)
{
    if (argc < 5)
        return 2;
    Soup soup = {0};
    soup_add(&soup, markdown_tokens, COUNT(markdown_tokens));
    soup_add(&soup, note_tokens, COUNT(note_tokens));
    for (int i = 4; i < argc; i++)
        if (!soup_add_file(&soup, argv[i]))
            return 2;
    backend_epub.prepare();
    signal(SIGALRM, hang);
    Katexes *katexes = katexes_new(NULL);
    Memo memo = {.arena = &soup.arena};
    Katex first = {.all = katexes, .memo = &memo};
    katex_set(&first, STR("n"), STR("n"), false, &(KatexError){0}, &soup.arena);
    katex_give(&first); /* no note waits for it */
    size_t number, bytes = 0;
    const char *fault = run(&soup, strtoul(argv[1], NULL, 10), strtoul(argv[2], NULL, 10), argv[3],
                            katexes, &number, &bytes);
    if (fault)
        printf("not ok - note %zu, which is in %s: %s\n", number - 1, argv[3], fault);
    else
        printf("ok - %zu notes, %zu bytes\n", number, bytes);
    katexes_free(katexes);
    arena_free(&soup.arena);
    return fault ? 1 : 0;
}
