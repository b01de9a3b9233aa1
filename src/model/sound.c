/*
 * sound.c -- the heads of five formats.
 *
 * MP3: a tag (ID3v2, 3.1) or a frame of layer III (ISO/IEC 11172-3, 2.4.1.3).  MP4: the
 * brand (ISO/IEC 14496-12, 4.3), and no track with pictures.  Ogg: the first packet of its
 * first page (RFC 3533, 6; RFC 7845, 5.1).  WAV and FLAC: their names.
 */
#include "model/sound.h"

enum { LEAST = 64 /* bytes of any sound */ };

static bool is_mp3(Str s)
{
    unsigned sync = (unsigned char)s.at[0], head = (unsigned char)s.at[1];
    return str_starts(s, STR("ID3")) || (sync == 0xFF && (head & 0xE6) == 0xE2);
}

static bool is_mp4(Str s)
{
    static const Str brands[] = {STR_INIT("M4A "), STR_INIT("M4B "), STR_INIT("mp42"), STR_INIT("isom")};
    bool known = false;
    for (size_t i = 0; i < COUNT(brands); i++)
        known = known || str_starts(str_drop(s, 8), brands[i]);
    return known && str_starts(str_drop(s, 4), STR("ftyp"))
        && str_find(s, STR("hdlr\0\0\0\0\0\0\0\0vide")) == STR_NONE;
}

static bool is_ogg(Str s)
{
    return str_starts(s, STR("OggS"));
}

static bool is_opus(Str s)
{
    return is_ogg(s) && str_starts(str_drop(s, 28), STR("OpusHead"));
}

static bool is_wav(Str s)
{
    return str_starts(s, STR("RIFF")) && str_starts(str_drop(s, 8), STR("WAVE"));
}

static bool is_flac(Str s)
{
    return str_starts(s, STR("fLaC"));
}

static const struct {
    bool (*is)(Str bytes);
    const char *type, *suffix;
    bool card_only;
} kinds[] = {
    {is_mp3, "audio/mpeg", "mp3", false},
    {is_mp4, "audio/mp4", "m4a", false},
    {is_opus, "audio/ogg; codecs=opus", "opus", false},
    {is_ogg, "audio/ogg", "ogg", true},
    {is_wav, "audio/wav", "wav", true},
    {is_flac, "audio/flac", "flac", true},
};

MediaForm sound_read(Str bytes)
{
    for (size_t i = 0; i < COUNT(kinds) && bytes.n >= LEAST; i++)
        if (kinds[i].is(bytes))
            return (MediaForm){.type = kinds[i].type, .suffix = kinds[i].suffix, .sound = true,
                               .card_only = kinds[i].card_only};
    return (MediaForm){0};
}
