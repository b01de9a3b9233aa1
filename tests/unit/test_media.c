/*
 * test_media.c -- which bytes are a picture, a drawing or a sound.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "inline/svg.h"
#include "model/sound.h"

static void pictures(void **state)
{
    static const struct {
        const char *head, *want; /* NULL: no picture */
        size_t n;
    } cases[] = {
#define HEAD(head, want) {head, want, sizeof head - 1}
        HEAD("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x40\0\0\0\0\1\x8\0\0\0\0....\0\0\0\0IEND....", "image/png"),
        HEAD("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x40\0\0\0\0\1\x8\0\0\0\0....\0\0\0\1IDAT.....", NULL),
        HEAD("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x40\0\0\0\0\1\x8\0\0\0\0....\x7F\xFF\xFF\xFFIDAT", NULL),
        HEAD("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x40\1\0\0\0\1\x8\0", NULL),
        HEAD("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\0\x8\0", NULL),
        HEAD("\x89PNG\r\n\x1A\n", NULL),
        HEAD("\xFF\xD8\xFF\xE0\0\4ab\xFF\xFF\xC4\0\3x\xFF\xC2\0\x8\x8\0\2\0\3.\xFF\xDA\0\2..\xFF\xD9", "image/jpeg"),
        HEAD("\xFF\xD8\xFF\xE0\0\4\xFF\xD9\xFF\xC2\0\x8\x8\0\2\0\3.\xFF\xDA\0\2....", NULL),
        HEAD("\xFF\xD8\xFF\xE0\0\4ab\xFF\xC0\0\x11\x8\0\0\0\3", NULL),
        HEAD("\xFF\xD8\xFF\xE0\0\0", NULL),
        HEAD("\xFF\xD8\xFF\xE0\0\4ab\xFF\xDA\0\4ab", NULL),
#define GIF "GIF89a\1\0\2\0\0\0\0" "!\xFE\2;;\0" ",....\1\0\2\0\0\2"
        HEAD(GIF "\2L\1\0;", "image/gif"),
        HEAD(GIF "\2L\1\0;bytes behind the trailer", "image/gif"),
        HEAD(GIF "\2L\1\1;\0" GIF "\2L\1\0;", "image/gif"),
        HEAD("GIF89a\1\0\2\0\x80\0\0;;;;;;,....\1\0\2\0\x80;;;;;;\2\2L\1\0;", "image/gif"),
        HEAD("GIF89a\1\0\2\0\x80\0\0;;;;;;", NULL),
        HEAD(GIF "\x7F;", NULL),
#undef GIF
        HEAD("GIF89a\1\0\0\0", NULL),
        HEAD("RIFF\x40\0\0\0WEBPVP8 \1\2\3\4\0\0\0\x9D\1\x2A\1\x40\2\0", "image/webp"),
        HEAD("RIFF\1\2\3\4WEBPVP8 \1\2\3\4\0\0\0\x9D\1\x2A\1\x40\2\0", NULL),
        HEAD("RIFF\x40\0\0\0WEBPVP8 \1\2\3\4\0\0\0\x9D\1\x2A\0\0\2\0", NULL),
        HEAD("RIFF\x40\0\0\0WEBPVP8L\1\2\3\4\x2F\0\0\0\0", "image/webp"),
        HEAD("RIFF\x40\0\0\0WEBPVP8X\1\2\3\4\0\0\0\0\0\0\0\0\0\0", "image/webp"),
        HEAD("RIFF\x40\0\0\0WEBPVP8X\1\2\3\4\0\0\0\0\0\0\1\0\0\0", NULL),
        HEAD("RIFF\1\2\3\4WAVEfmt ", NULL),
        HEAD("<svg xmlns=", NULL),
#undef HEAD
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char bytes[128] = {0};
        memcpy(bytes, cases[i].head, cases[i].n);
        const char *type = picture_read((Str){bytes, sizeof bytes}).type;
        if (!type != !cases[i].want || (type && strcmp(type, cases[i].want) != 0))
            fail_msg("case %zu: %s", i, type ? type : "no picture");
        assert_null(picture_read((Str){bytes, 4}).type);
    }
}

static void sounds(void **state)
{
    static const struct {
        const char *head, *want; /* NULL: no sound */
        size_t n;
    } cases[] = {
#define HEAD(head, want) {head, want, sizeof head - 1}
        HEAD("ID3\3", "audio/mpeg"),
        HEAD("\xFF\xFB\x90", "audio/mpeg"),
        HEAD("\xFF\xF1\x50", NULL), /* AAC without a container */
        HEAD("\0\0\0\x1C" "ftypM4A ", "audio/mp4"),
        HEAD("\0\0\0\x1C" "ftypisom....hdlr\0\0\0\0\0\0\0\0soun", "audio/mp4"),
        HEAD("\0\0\0\x1C" "ftypisom....hdlr\0\0\0\0\0\0\0\0vide", NULL),
        HEAD("\0\0\0\x1C" "ftypavif", NULL),
        HEAD("OggS........................OpusHead", "audio/ogg; codecs=opus"),
        HEAD("OggS........................\1vorbis", "audio/ogg"),
        HEAD("RIFF....WAVEfmt ", "audio/wav"),
        HEAD("RIFF....AVI LIST", NULL),
        HEAD("fLaC", "audio/flac"),
        HEAD("text", NULL),
#undef HEAD
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char bytes[128] = {0};
        memcpy(bytes, cases[i].head, cases[i].n);
        MediaForm form = sound_read((Str){bytes, sizeof bytes});
        if (!form.type != !cases[i].want || (form.type && strcmp(form.type, cases[i].want) != 0))
            fail_msg("case %zu: %s", i, form.type ? form.type : "no sound");
        assert_null(sound_read((Str){bytes, 8}).type);
    }
}

#define SVG "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""

/* Each drawing is 4 by 2 pixels; `inside` is between the tags of its root. */
static void drawings(void **state)
{
    static const struct {
        const char *inside, *want; /* NULL: it is refused */
    } cases[] = {
        {"<path d=\"M0 0h9\" fill=\"#f00\"/>", "<path d=\"M0 0h9\" fill=\"#f00\"/>"},
        {"<text>A <tspan>中</tspan> &lt;b&gt;</text>", "<text>A <tspan>中</tspan> &lt;b&gt;</text>"},
        {" <g>\n text <rect/> </g>", "<g><rect/></g>"},
        {"<script>alert(1)</script><g onclick=\"x()\"/>", "<g/>"},
        {"<animate attributeName=\"href\" to=\"x\"/><set/><metadata><rect/></metadata>", ""},
        {"<x:grid xmlns:x=\"urn:x\"><rect/></x:grid><g xmlns:x=\"urn:x\" x:label=\"1\"/>", "<g/>"},
        {"<a xlink:href=\"http://x\"><rect/></a><text><a href=\"http://x\">b</a></text>",
         "<g><rect/></g><text><tspan>b</tspan></text>"},
        {"<use href=\"#a\"/>", "<use xlink:href=\"#a\"/>"},
        {"<use xlink:href=\"other.svg#a\"/>", NULL},
        {"<image href=\"x.png\"/>", NULL},
        {"<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject>", NULL},
        {"<switch><foreignObject/><text>x</text></switch>", "<switch><text>x</text></switch>"},
        {"<g fill=\"url(#a)\" mask=\"url(http://x)\" style=\"fill:URL( 'x' )\"/>", "<g fill=\"url(#a)\"/>"},
        {"<g style=\"fill:\\75rl(x)\" class=\"a\"/>", "<g class=\"a\"/>"},
        {"<style>.a{fill:red}</style>", "<style>.a{fill:red}</style>"},
        {"<style>@font-face{src:url(http://x)}.a{fill:red}</style>", "<style>.a{fill:red}</style>"},
        {"<style>@import 'x';.a{fill:red}</style>", "<style>.a{fill:red}</style>"},
        {"<style>.a{fill:red}@IMPORT url(http://x) print</style>", "<style>.a{fill:red}</style>"},
        {"<style>@imp@import 'x';ort 'x';</style>", NULL},
        {"<style>.a{fill:ur<!-- -->l(http://x)}</style>", NULL},
        {"<style>.a{fill:<![CDATA[ur]]>l(http://x)}</style>", NULL},
        {"<g id=\"a\"/><g id=\"a\"/><g id=\"1\"/>", "<g id=\"a\"/><g/><g/>"},
        {"<?xml-stylesheet href=\"x\"?><!-- c --><g/>", "<g/>"},
        {"<g>", NULL},
        {"&x;", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        Buf in = {.arena = &a}, want = {.arena = &a};
        buf_printf(&in, SVG " width=\"4\" height=\"2px\">%s</svg>", cases[i].inside);
        buf_printf(&want, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" SVG
                   " width=\"4\" height=\"2px\" viewBox=\"0 0 4 2\"%s%s%s\n",
                   cases[i].want && *cases[i].want ? ">" : "/>", cases[i].want ? cases[i].want : "",
                   cases[i].want && *cases[i].want ? "</svg>" : "");
        Str bytes = buf_str(&in);
        assert_true(svg_is(bytes));
        MediaForm form = svg_read(&bytes, &a);
        if (!form.type != !cases[i].want || (form.type && !str_eq(bytes, buf_str(&want))))
            fail_msg("%s: %s", cases[i].inside, form.type ? bytes.at : form.why);
        assert_true(!form.type || (form.width == 4 && form.height == 2));
        arena_free(&a);
    }
}

/* What could cost more than a drawing is worth, and what only calls itself one. */
static void refused(void **state)
{
    static const struct {
        const char *head, *repeated;
        size_t times;
        const char *tail;
    } cases[] = {
        {SVG ">", "<g>", 70, ""},
        {SVG ">", "<g/>", 20001, "</svg>"},
        {SVG "><g ", "x='1' ", 300, "/></svg>"},
        {SVG "><text>", "................", 140000, "</text></svg>"},
        {"<!DOCTYPE svg [<!ENTITY a \"b\">]>" SVG ">", "&a;", 1, "</svg>"},
        {"<html><svg/>", "", 0, "</html>"},
        {SVG "><title>\xFF</title>", "", 0, "</svg>"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        Buf in = {.arena = &a};
        buf_puts(&in, cases[i].head);
        for (size_t k = 0; k < cases[i].times; k++)
            buf_puts(&in, cases[i].repeated);
        buf_puts(&in, cases[i].tail);
        Str bytes = buf_str(&in);
        MediaForm form = svg_read(&bytes, &a);
        if (form.type || !form.why)
            fail_msg("case %zu", i);
        arena_free(&a);
    }
    assert_false(svg_is(STR("a word about <svg")));
    assert_true(svg_is(STR("\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- x -->\n<svg>")));
}

/* A drawing of levels: @ in `level` is the number of each, ! that of the next. */
static bool is_taken(const char *level, int levels)
{
    Arena a = {0};
    Buf in = {.arena = &a};
    buf_puts(&in, SVG ">");
    for (int i = 0; i < levels; i++)
        for (const char *c = level; *c; c++)
            if (*c == '@' || *c == '!')
                buf_printf(&in, "%d", i + (*c == '!'));
            else
                buf_put_char(&in, *c);
    buf_puts(&in, "</svg>");
    Str bytes = buf_str(&in);
    bool taken = svg_read(&bytes, &a).type;
    arena_free(&a);
    return taken;
}

/* What each level shows of the next grows with every level, or does not. */
static void repeated(void **state)
{
#define EIGHT(x) x x x x x x x x
    static const char *const growing[] = {
        "<g id='a@'>" EIGHT("<use href='#a!'/>") "</g>",
        "<g><use href='#a!'/><use href='#a!'/><g id='a@'>" EIGHT("<use href='#a!' id='b@'/>") "</g></g>",
        "<pattern id='a@'>" EIGHT("<rect fill='url(#a!)'/>") "</pattern>",
        "<mask id='a@'><g style=\"stroke:#a00;fill:url( '#a!' )\">" EIGHT("<rect/>") "</g></mask>",
        "<clipPath id='a@'>" EIGHT("<g clip-path='url(#a!)'/>") "</clipPath>",
        "<g stroke='url(#a!)'><pattern id='a@'>" EIGHT("<path/>") "</pattern></g>",
        "<marker id='a@' class='x b@'>" EIGHT("<path/>") "</marker><style>.c, g .b@{marker-mid:url(#a!)}</style>",
        "<style>@media print{.b@{fill:red;mask:url(#a!)}}</style><g id='a@'>" EIGHT("<g class='b@'/>") "</g>",
        "<pattern id='a@'>" EIGHT("<path/>") "</pattern><style>path:not(.b@){fill:url(#a!)}</style>",
        "<pattern id='a@'>" EIGHT("<path/>") "</pattern><style>.b{/*}.c{*/fill:url(#a!)}</style>",
        "<g id='a@'>" EIGHT("<use href='#&#9;%61!'/>") "</g>",
    };
    static const char *const steady[] = {
        "<g id='a@'><use href='#a!'/></g>",
        "<g id='a@'><g clip-path='url(#a!)'>" EIGHT("<path/>") "</g></g>",
        "<clipPath id='a@'><path class='b@'/></clipPath><style>.b@{clip-path:url(#a!)}</style>",
        "<linearGradient id='a@' href='#a!'>" EIGHT("<stop/>") "</linearGradient><path fill='url(#a@)'/>",
        "<style>#a@{fill:#fff}@media(x:y){#a@{fill:#000}}</style><path id='a@'/>",
        "<style>path{fill:url(#a@)}</style><radialGradient id='a@'/><path/>",
        EIGHT("<use href='#b' style='fill:#fff;&#10;stroke:#000&#10;'/>"),
        "<g clip-path='url(#a@)'>" EIGHT("<path marker-end='url(#m)'/>") "</g><clipPath id='a@'><path/></clipPath>",
    };
#undef EIGHT
    (void)state;
    for (size_t i = 0; i < COUNT(growing); i++)
        if (is_taken(growing[i], 100))
            fail_msg("taken: %s", growing[i]);
    for (size_t i = 0; i < COUNT(steady); i++)
        if (!is_taken(steady[i], 100))
            fail_msg("refused: %s", steady[i]);
    assert_true(is_taken(growing[0], 3));
    assert_false(is_taken("<g id='a'><use href='#a'/></g>", 1));
}

static void sizes(void **state)
{
    static const struct {
        const char *attributes;
        size_t width, height;
    } cases[] = {
        {"width=\"10.2\" height=\"5\"", 11, 5},
        {"width=\"100%\" viewBox=\"0 0 30 20\"", 30, 20},
        {"viewBox=\"-1,-1, 30.5 , 20\"", 31, 20},
        {"width=\"10pt\" height=\"5pt\"", 10, 5},
        {"width=\"-3\" height=\"5\"", 0, 0},
        {"", 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        Buf in = {.arena = &a};
        buf_printf(&in, SVG " %s/>", cases[i].attributes);
        Str bytes = buf_str(&in);
        MediaForm form = svg_read(&bytes, &a);
        assert_non_null(form.type);
        assert_int_equal(form.width, cases[i].width);
        assert_int_equal(form.height, cases[i].height);
        bool pixels = i == 0; /* only there it is known what the numbers mean */
        assert_int_equal(str_find(bytes, STR("viewBox=\"0 0")) != STR_NONE, pixels || i == 1);
        arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures), cmocka_unit_test(sounds), cmocka_unit_test(drawings),
        cmocka_unit_test(refused),  cmocka_unit_test(repeated), cmocka_unit_test(sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
