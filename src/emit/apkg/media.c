/*
 * media.c -- one list in two forms.
 *
 * Most pictures are compressed already, so they are stored; but where Anki asks for
 * Zstandard, each is a stream of its own.
 */
#include "emit/apkg/media.h"

#include "base/hash.h"
#include "base/json.h"
#include "base/protobuf.h"
#include "base/zstd.h"

/* {"0":"name","1":…}: the members and whose bytes they hold. */
static void put_names(Buf *b, const Media *media, size_t count)
{
    buf_puts(b, "{");
    for (size_t i = 0; i < count; i++) {
        buf_printf(b, "%s\"%zu\":", i ? "," : "", i);
        json_put(b, "s%", JSON_STR(media[i].name));
    }
    buf_puts(b, "}");
}

/* MediaEntries of import_export.proto; the entry of member 0 comes first. */
static void put_entries(Buf *b, const Media *media, size_t count)
{
    enum { ENTRY = 1, ENTRY_NAME = 1, ENTRY_SIZE = 2, ENTRY_SHA1 = 3 };
    Buf entry = {.arena = b->arena};
    for (size_t i = 0; i < count; i++) {
        const Media *m = &media[i];
        unsigned char digest[SHA1_BYTES];
        hash_sha1(m->bytes, digest);
        entry.n = 0;
        protobuf_put_bytes(&entry, ENTRY_NAME, m->name);
        protobuf_put(&entry, ENTRY_SIZE, (int64_t)m->bytes.n);
        protobuf_put_bytes(&entry, ENTRY_SHA1, (Str){(const char *)digest, SHA1_BYTES});
        protobuf_put_item(b, ENTRY, buf_str(&entry));
    }
}

void media_add(Bundle *bundle, const Media *media, size_t count, bool latest, Packing packing, Arena *a)
{
    Buf list = {.arena = a};
    for (size_t i = 0; i < count; i++) {
        Str bytes = media[i].bytes;
        Buf number = {.arena = a};
        buf_printf(&number, "%zu", i);
        bundle_add(bundle, buf_str(&number).at,
                   latest ? pack(zstd_pack(bytes, a), PACK_STORE, 1, a)
                          : pack(bytes, media_packing(&media[i], packing), 1, a));
    }
    (latest ? put_entries : put_names)(&list, media, count);
    bundle_add(bundle, "media", latest ? pack(zstd_pack(buf_str(&list), a), PACK_STORE, 1, a)
                                       : pack(buf_str(&list), packing, 1, a));
}
