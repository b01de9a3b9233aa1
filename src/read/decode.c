/*
 * decode.c -- see decode.h for the order of trial.
 *
 * libuchardet errs on short texts (one GBK character is TIS-620 to it) and calls
 * UTF-8 what only begins so; its word counts where the whole file converts.
 */
#include "read/decode.h"

#include "base/utf8.h"
#include "base/vec.h"

#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

enum { SAMPLE = 64 * 1024 };

/* What libuchardet may say, and the widest superset of it that iconv knows. */
static const struct {
    const char *name, *codec;
} encodings[] = {
    {"GB18030", "GB18030"},  {"GBK", "GB18030"},  {"GB2312", "GB18030"}, {"BIG5", "BIG5"},
    {"SHIFT_JIS", "CP932"},  {"EUC-KR", "CP949"}, {"UHC", "CP949"},      {"UTF-16", "UTF-16"},
};

typedef struct Decoder {
    Str raw, file;
    Arena *arena;
    Diags *diags;
    Str text;    /* what the last trial made, up to where it failed */
    size_t used; /* the bytes of `raw` that it took; all: it did not fail */
} Decoder;

static size_t count(Str s, char c)
{
    size_t n = 0;
    for (size_t i; (i = str_find_char(s, c)) != STR_NONE; n++)
        s = str_drop(s, i + 1);
    return n;
}

static Str last_line(Str s)
{
    const char *end = s.n ? memrchr(s.at, '\n', s.n) : NULL;
    return end ? str_drop(s, (size_t)(end - s.at) + 1) : s;
}

/* The last trial failed: quote the line as far as it could be read. */
static bool report(const Decoder *t, const char *encoding)
{
    Str line = last_line(t->text);
    Buf quoted = {.arena = t->arena};
    buf_put(&quoted, line);
    buf_put_char(&quoted, '?');
    Place place = {.file = t->file,
                   .line = (uint32_t)count(t->text, '\n') + 1,
                   .column = (uint32_t)line.n + 1,
                   .text = buf_str(&quoted)};
    unsigned char byte = t->used < t->raw.n ? (unsigned char)t->raw.at[t->used] : 0;
    diag(t->diags, D_TEXT_ENCODING, place, "byte 0x%02X cannot be read as %s", byte, encoding);
    return false;
}

static Buf buffer(Arena *a, size_t room)
{
    return (Buf){.arena = a, .at = arena_new(a, char, room + 1), .cap = room + 1};
}

/* Half a pair is kept as the three bytes that its number would be. */
static void put_unit(Buf *b, uint32_t code)
{
    if (code < 0xD800 || code > 0xDFFF) {
        utf8_put(b, code);
        return;
    }
    buf_put_char(b, (char)0xED);
    buf_put_char(b, (char)(0x80 | (code >> 6 & 0x3F)));
    buf_put_char(b, (char)(0x80 | (code & 0x3F)));
}

static uint32_t unit(Str raw, size_t i, bool big)
{
    unsigned char first = (unsigned char)raw.at[i], second = (unsigned char)raw.at[i + 1];
    return big ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
}

static bool read_utf16(Decoder *t, bool big)
{
    Buf b = buffer(t->arena, t->raw.n / 2 * 3);
    size_t i = 0;
    for (; i + 2 <= t->raw.n; i += 2) {
        uint32_t code = unit(t->raw, i, big);
        if (code >= 0xD800 && code < 0xDC00 && i + 4 <= t->raw.n) {
            uint32_t low = unit(t->raw, i + 2, big);
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        put_unit(&b, code);
    }
    t->text = buf_str(&b);
    t->used = i;
    return i == t->raw.n || report(t, "UTF-16");
}

static bool read_iconv(Decoder *t, const char *codec)
{
    size_t room = 3 * t->raw.n; /* a byte of Shift_JIS can become three */
    char *out = arena_new(t->arena, char, room + 1), *to = out;
    char *from = (char *)(uintptr_t)t->raw.at; /* iconv only reads there */
    size_t left = t->raw.n;
    iconv_t cd = iconv_open("UTF-8", codec);
    if (cd == (iconv_t)-1)
        return false;
    bool ok = iconv(cd, &from, &left, &to, &room) != (size_t)-1;
    iconv_close(cd);
    t->text = (Str){out, (size_t)(to - out)};
    t->used = t->raw.n - left;
    return ok;
}

static bool is_common_unit(uint32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0x7F)
        || (code >= 0x2010 && code < 0x2030) || (utf8_is_cjk(code) && code < 0xFFF0);
}

/*
 * UTF-16 without a BOM: the upper bytes of its ASCII are NULs.  Where the bytes are UTF-8
 * these must be many; else a Chinese note with one NUL in it would be taken for it.
 */
static bool looks_like_utf16(Str raw, bool big, bool is_utf8)
{
    size_t n = raw.n < SAMPLE ? raw.n : SAMPLE, units = n / 2, common = 0, zero[2] = {0};
    if (raw.n % 2 || n < 4)
        return false;
    for (size_t i = 0; i + 2 <= n; i += 2) {
        zero[0] += raw.at[i] == 0;
        zero[1] += raw.at[i + 1] == 0;
        common += is_common_unit(unit(raw, i, big));
    }
    size_t upper = zero[big ? 0 : 1], lower = zero[big ? 1 : 0];
    return upper > lower && upper > units / (is_utf8 ? 4 : 100) && common > units / 20 * 19;
}

typedef struct Verdict {
    size_t bad, wide; /* bytes that are no UTF-8, characters beyond ASCII */
    size_t triples;   /* of these, the ones of three bytes and more */
} Verdict;

static Verdict judge_utf8(Str raw)
{
    Verdict v = {0};
    while (raw.n) {
        Survey part = text_survey(raw);
        v.wide += part.wide;
        for (size_t i = 0; i < part.valid; i++)
            v.triples += (unsigned char)raw.at[i] >= 0xE0;
        v.bad += part.valid < raw.n;
        raw = str_drop(raw, part.valid + 1);
    }
    return v;
}

/* Bad bytes become U+FFFD. */
static void mend_utf8(Decoder *t, size_t bad)
{
    Buf b = buffer(t->arena, t->raw.n + 2 * bad);
    for (Str rest = t->raw; rest.n;) {
        Str valid = str_take(rest, text_survey(rest).valid);
        buf_put(&b, valid);
        if (valid.n < rest.n)
            utf8_put(&b, 0xFFFD);
        rest = str_drop(rest, valid.n + 1);
    }
    t->text = buf_str(&b);
}

/* The codec of what libuchardet sees around the byte `at`; NULL: none of ours. */
static const char *detect(const Decoder *t, size_t at)
{
    size_t from = at - last_line(str_take(t->raw, at)).n;
    Str sample = str_take(str_drop(t->raw, at - from < SAMPLE ? from : at), SAMPLE);
    const char *codec = NULL;
    uchardet_t u = uchardet_new();
    if (uchardet_handle_data(u, sample.at, sample.n) == 0) {
        uchardet_data_end(u);
        const char *name = uchardet_get_charset(u);
        for (size_t i = 0; i < COUNT(encodings); i++)
            if (strcmp(name, encodings[i].name) == 0)
                codec = encodings[i].codec;
    }
    uchardet_delete(u);
    return codec;
}

/*
 * Whether seven in ten of the wide characters, read as GB18030, are marks and
 * full-width forms (rows A1 to A3 of GB 2312) or its 3755 common characters
 * (rows B0 to D7).  Latin-1, KOI8 and broken UTF-8 are not.
 */
static bool looks_like_gb(Str raw)
{
    size_t wide = 0, common = 0;
    for (size_t i = 0; i < raw.n; i++) {
        unsigned char lead = (unsigned char)raw.at[i];
        if (lead < 0x80)
            continue;
        unsigned char trail = ++i < raw.n ? (unsigned char)raw.at[i] : 0;
        wide++;
        common += trail > 0xA0 && ((lead > 0xA0 && lead < 0xA4) || (lead >= 0xB0 && lead < 0xD8));
    }
    return common > wide / 10 * 7 && common;
}

static bool note(const Decoder *t, const char *encoding)
{
    diag(t->diags, D_TEXT_DECODED, (Place){.file = t->file}, "%s", encoding);
    return true;
}

static bool read_codec(Decoder *t, const char *codec)
{
    return read_iconv(t, codec) && note(t, codec);
}

/*
 * Not UTF-8 from the byte `bad` on.  Triples are hardly ever valid by accident, so
 * a text with as many of them as bad bytes is damaged UTF-8 and nothing else.
 */
static bool read_foreign(Decoder *t, size_t bad)
{
    Decoder utf8 = *t;
    utf8.text = str_take(t->raw, bad);
    utf8.used = bad;
    Verdict v = judge_utf8(t->raw);
    if (v.bad <= v.wide / 99) {
        mend_utf8(t, v.bad);
        report(&utf8, "UTF-8");
        return true;
    }
    if (v.triples >= v.bad)
        return report(&utf8, "UTF-8");
    const char *codec = detect(t, bad);
    if (codec && read_codec(t, codec))
        return true;
    if (looks_like_gb(t->raw)) {
        codec = "GB18030";
        if (read_codec(t, codec))
            return true;
    }
    return report(codec ? t : &utf8, codec ? codec : "UTF-8");
}

static bool read_any(Decoder *t, Survey *v)
{
    if (str_eat(&t->raw, STR("\xFF\xFE")))
        return read_utf16(t, false) && note(t, "UTF-16LE");
    if (str_eat(&t->raw, STR("\xFE\xFF")))
        return read_utf16(t, true) && note(t, "UTF-16BE");
    str_eat(&t->raw, STR("\xEF\xBB\xBF"));
    *v = text_survey(t->raw);
    if (v->valid == t->raw.n && !v->unclean) {
        t->text = t->raw;
        return true;
    }
    bool is_utf8 = v->valid == t->raw.n;
    if (looks_like_utf16(t->raw, false, is_utf8))
        return read_utf16(t, false) && note(t, "UTF-16LE");
    if (looks_like_utf16(t->raw, true, is_utf8))
        return read_utf16(t, true) && note(t, "UTF-16BE");
    t->text = t->raw;
    return is_utf8 || read_foreign(t, v->valid);
}

bool text_decode(Str raw, Str file, Arena *a, Decoded *decoded, Diags *d)
{
    Decoder t = {.raw = raw, .file = file, .arena = a, .diags = d};
    Survey v = {0};
    if (!read_any(&t, &v))
        return false;
    decoded->text = t.text;
    decoded->survey = t.text.at == t.raw.at ? v : text_survey(t.text);
    return true;
}
