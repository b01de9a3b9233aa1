/*
 * picture.c -- the heads of four formats, and where each ends.
 *
 * PNG: the chunks IHDR and IEND, ISO/IEC 15948, 11.2.  JPEG: segments up to the start of a
 * frame and of a scan, ITU-T T.81, B.1.1 and B.2.  GIF: the logical screen and the blocks up to
 * the trailer, GIF89a, 15 to 27.  WebP: RFC 9649, 2.4 to 2.7, and RFC 6386, 9.1.
 */
#include "model/picture.h"

enum { LONGEST_SIDE = 16384 };

typedef struct Size {
    size_t width, height;
} Size;

static size_t byte(Str s, size_t at)
{
    return at < s.n ? (unsigned char)s.at[at] : 0;
}

static size_t big16(Str s, size_t at)
{
    return byte(s, at) << 8 | byte(s, at + 1);
}

static size_t big32(Str s, size_t at)
{
    return big16(s, at) << 16 | big16(s, at + 2);
}

static size_t little16(Str s, size_t at)
{
    return byte(s, at + 1) << 8 | byte(s, at);
}

static size_t little24(Str s, size_t at)
{
    return byte(s, at + 2) << 16 | little16(s, at);
}

static Size png_size(Str s)
{
    return (Size){big32(s, 16), big32(s, 20)};
}

static Size gif_size(Str s)
{
    return (Size){little16(s, 6), little16(s, 8)};
}

/* Whether a segment of this mark begins a frame: C0 to CF but DHT, JPG and DAC. */
static bool is_frame(size_t mark)
{
    return mark >= 0xC0 && mark <= 0xCF && mark != 0xC4 && mark != 0xC8 && mark != 0xCC;
}

static bool is_scan(size_t mark)
{
    return mark == 0xDA;
}

/* The offset of the first segment that `wanted` takes; 0 for none. */
static size_t jpeg_segment(Str s, bool (*wanted)(size_t mark))
{
    size_t at = 2;
    while (at + 4 < s.n && byte(s, at) == 0xFF) {
        size_t mark = byte(s, at + 1), length = big16(s, at + 2);
        if (wanted(mark))
            return at;
        at += mark == 0xFF ? 1 : 2 + (length < 2 ? s.n : length); /* FF may be repeated */
    }
    return 0;
}

static Size jpeg_size(Str s)
{
    size_t at = jpeg_segment(s, is_frame);
    return at ? (Size){big16(s, at + 7), big16(s, at + 5)} : (Size){0, 0};
}

/* The letter after VP8 tells a frame with loss, one without, and a file with a canvas. */
static Size webp_size(Str s)
{
    switch (byte(s, 15)) {
    case ' ':
        return (Size){little16(s, 26) & 0x3FFF, little16(s, 28) & 0x3FFF};
    case 'L':
        return (Size){(little16(s, 21) & 0x3FFF) + 1, (little24(s, 22) >> 6 & 0x3FFF) + 1};
    case 'X':
        return (Size){little24(s, 24) + 1, little24(s, 27) + 1};
    default:
        return (Size){0, 0};
    }
}

static bool png_ends(Str s)
{
    for (size_t at = 8, length; at + 12 <= s.n; at += 12 + length) {
        length = big32(s, at);
        if (length > s.n - at - 12)
            return false;
        if (str_starts(str_drop(s, at + 4), STR("IEND")))
            return true;
    }
    return false;
}

/* In a scan FF is followed by 0 or by a restart mark, so FF D9 is the end of the picture. */
static bool jpeg_ends(Str s)
{
    size_t scan = jpeg_segment(s, is_scan);
    return scan && str_find(str_drop(s, scan), STR("\xFF\xD9")) != STR_NONE;
}

/* Behind blocks of data that begin at `at`, each with its length before it; the last has none. */
static size_t behind_data(Str s, size_t at)
{
    while (byte(s, at))
        at += 1 + byte(s, at);
    return at + 1;
}

/* The bytes of a table of colours, by the flags before it. */
static size_t gif_colours(size_t flags)
{
    return flags & 0x80 ? (size_t)6 << (flags & 7) : 0;
}

/* Viewers take what stands behind the first picture, and begins no block, for the trailer. */
static bool gif_ends(Str s)
{
    bool shown = false;
    for (size_t at = 13 + gif_colours(byte(s, 10)); at < s.n;)
        switch (byte(s, at)) {
        case 0x21: /* an extension */
            at = behind_data(s, at + 2);
            break;
        case 0x2C: /* a picture */
            at = behind_data(s, at + 11 + gif_colours(byte(s, at + 9)));
            shown = true;
            break;
        default:
            return shown;
        }
    return false;
}

static bool webp_ends(Str s)
{
    return (little16(s, 6) << 16 | little16(s, 4)) + 8 <= s.n;
}

/* First bytes; for WebP there are four of any value after the first four. */
static const struct {
    Str first, at_eight;
    const char *type, *suffix;
    size_t least;
    Size (*size)(Str bytes);
    bool (*ends)(Str bytes);
} kinds[] = {
    {STR_INIT("\x89PNG\r\n\x1A\n"), STR_INIT("\0\0\0\rIHDR"), "image/png", "png", 57, png_size, png_ends},
    {STR_INIT("\xFF\xD8\xFF"), STR_INIT(""), "image/jpeg", "jpg", 64, jpeg_size, jpeg_ends},
    {STR_INIT("GIF87a"), STR_INIT(""), "image/gif", "gif", 14, gif_size, gif_ends},
    {STR_INIT("GIF89a"), STR_INIT(""), "image/gif", "gif", 14, gif_size, gif_ends},
    {STR_INIT("RIFF"), STR_INIT("WEBPVP8"), "image/webp", "webp", 30, webp_size, webp_ends},
};

static bool is_bearable(Size size)
{
    return size.width >= 1 && size.width <= LONGEST_SIDE && size.height >= 1
        && size.height <= LONGEST_SIDE;
}

MediaForm picture_read(Str bytes)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (bytes.n < kinds[i].least || !str_starts(bytes, kinds[i].first)
            || !str_starts(str_drop(bytes, 8), kinds[i].at_eight))
            continue;
        Size size = kinds[i].size(bytes);
        if (!is_bearable(size))
            return (MediaForm){.why = "its head is damaged, or a side longer than 16384 pixels"};
        if (!kinds[i].ends(bytes))
            return (MediaForm){.why = "its end is missing"};
        return (MediaForm){.type = kinds[i].type, .suffix = kinds[i].suffix, .width = size.width,
                           .height = size.height};
    }
    return (MediaForm){0};
}
