/*
 * reader_media.c -- the names of the pictures and sounds of a package, and their digests.
 *
 * A package says the digests itself in one of its variants; they are made here in all,
 * since nothing vouches for what it says.
 */
#include "emit/apkg/reading.h"

#include "base/json.h"
#include "base/protobuf.h"

#include <stdio.h>
#include <stdlib.h>

enum { MEMBER_DIGITS = 5 }; /* an archive has at most 65535 members */

/* Whether it is the name of a file and of nothing else. */
static bool is_file_name(Str name)
{
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.at[i] < ' ' || strchr("/\\\x7F", name.at[i]))
            return false;
    return name.n && !str_eq(name, STR(".")) && !str_eq(name, STR(".."));
}

static bool take_media(Reading *r, bool packed, const char *member, Str name)
{
    if (!is_file_name(name))
        return reading_refuse(r, "media", "the name of member %s is none of a file", member);
    Arena scratch = {0};
    Str bytes;
    bool ok = reading_unpack(r, member, packed, LARGEST, &scratch, &bytes);
    if (ok) {
        ReadMedia *m = vec_push(&r->package->media, &r->package->arena);
        m->name = reading_keep(r, name);
        hash_sha1(bytes, m->sha1);
    }
    arena_free(&scratch);
    return ok;
}

/* {"0":"name","1":…}: the keys are names of members. */
static bool take_json(Reading *r, bool packed, Str list, Arena *a)
{
    Json *all = json_read(list);
    bool ok = all || reading_refuse(r, "media", "it is no JSON");
    JsonItems items = json_items(all, a);
    for (size_t i = 0; i < items.n && ok; i++) {
        Str key = items.at[i].key;
        if (!key.n || key.n > MEMBER_DIGITS || strspn(key.at, "0123456789") != key.n)
            ok = reading_refuse(r, "media", "a key that is no number of a member");
        else
            ok = take_media(r, packed, key.at, json_text(items.at[i].value));
    }
    json_free(all);
    return ok;
}

/* Entries, of which the first is member 0: MediaEntries { repeated MediaEntry entries = 1; }. */
static bool take_messages(Reading *r, bool packed, Str list, Arena *a)
{
    (void)a;
    bool ok = true;
    ProtobufField f;
    for (unsigned i = 0; ok && protobuf_next(&list, &f); i += f.number == 1) {
        char member[16];
        snprintf(member, sizeof member, "%u", i);
        ProtobufField name = {0};
        while (f.number == 1 && protobuf_next(&f.bytes, &name) && name.number != 1)
            ;
        if (f.number == 1)
            ok = take_media(r, packed, member, name.bytes);
    }
    return ok && (!list.n || reading_refuse(r, "media", "it is damaged"));
}

static int by_name(const void *a, const void *b)
{
    const ReadMedia *x = a, *y = b;
    int order = str_cmp(x->name, y->name);
    return order ? order : memcmp(x->sha1, y->sha1, SHA1_BYTES);
}

bool reading_media(Reading *r, bool packed)
{
    Arena scratch = {0};
    Str list;
    if (!packed && !archive_has(&r->archive, "media"))
        return true; /* Anki takes it for an empty one */
    bool ok = reading_unpack(r, "media", packed, LARGEST_TEXT, &scratch, &list)
           && (packed ? take_messages : take_json)(r, packed, list, &scratch);
    arena_free(&scratch);
    ReadPackage *p = r->package;
    if (p->media.n)
        qsort(p->media.at, p->media.n, sizeof *p->media.at, by_name);
    size_t kept = 0;
    for (size_t i = 0; i < p->media.n; i++)
        if (!kept || !str_eq(p->media.at[i].name, p->media.at[kept - 1].name))
            p->media.at[kept++] = p->media.at[i];
    p->media.n = kept;
    return ok;
}
