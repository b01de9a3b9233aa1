/*
 * shelf.c -- the pictures and sounds of one source in a hash table, so that a thousand
 * mentions of one file are one read.
 *
 * Media are in it too, under their name, so that two files with the same bytes are
 * one.  A path is filed as "/path", so it is never taken for a name.
 */
#include "inline/shelf.h"

#include "base/below.h"
#include "base/hash.h"
#include "inline/svg.h"
#include "model/sound.h"

#include <fcntl.h>
#include <unistd.h>

void shelf_open(Shelf *shelf, Source *source, Str folder)
{
    int fd = open(folder.at, O_PATH | O_DIRECTORY | O_CLOEXEC);
    *shelf = (Shelf){.source = source, .folder = fd};
}

void shelf_close(Shelf *shelf)
{
    if (shelf->folder >= 0)
        close(shelf->folder);
}

/* The slot of `path`, or the empty one where it belongs. */
static size_t *slot_of(const Shelf *shelf, Str path)
{
    size_t mask = shelf->slot_count - 1, i = (size_t)hash64(path) & mask;
    while (shelf->slots[i] && !str_eq(shelf->pictures.at[shelf->slots[i] - 1].path, path))
        i = (i + 1) & mask;
    return &shelf->slots[i];
}

static void grow(Shelf *shelf)
{
    if (2 * shelf->pictures.n < shelf->slot_count)
        return;
    shelf->slot_count = shelf->slot_count ? 2 * shelf->slot_count : 16;
    shelf->slots = arena_new(&shelf->source->arena, size_t, shelf->slot_count);
    for (size_t i = 0; i < shelf->pictures.n; i++)
        *slot_of(shelf, shelf->pictures.at[i].path) = i + 1;
}

/* The picture filed under `path`; one without a state where it was not there. */
static Picture *file(Shelf *shelf, Str path, bool *is_new)
{
    grow(shelf);
    size_t *slot = slot_of(shelf, path);
    *is_new = !*slot;
    if (*is_new) {
        vec_push(&shelf->pictures, &shelf->source->arena)->path = path;
        *slot = shelf->pictures.n;
    }
    return &shelf->pictures.at[*slot - 1];
}

static void add_media(Shelf *shelf, Str bytes, Picture *p)
{
    Source *s = shelf->source;
    p->form = picture_read(bytes);
    if (!p->form.type && !p->form.why)
        p->form = svg_is(bytes) ? svg_read(&bytes, &s->kept) : sound_read(bytes);
    if (!p->form.type) {
        p->state = PICTURE_KIND;
        return;
    }
    Buf b = {.arena = &s->kept};
    buf_printf(&b, "deckbind-%016llx.%s", (unsigned long long)hash64(bytes), p->form.suffix);
    p->name = buf_str(&b);
    bool is_new;
    file(shelf, p->name, &is_new);
    if (is_new)
        *vec_push(&s->media, &s->kept) = (Media){p->name, str_of(p->form.type), bytes, p->form.card_only};
}

Picture shelf_find(Shelf *shelf, Str path)
{
    Source *s = shelf->source;
    Buf key = {.arena = &s->arena};
    buf_put_char(&key, '/');
    buf_put(&key, path);
    bool is_new;
    Picture found = *file(shelf, buf_str(&key), &is_new);
    if (!is_new)
        return found;
    static const PictureState states[] = {
        [BELOW_READ] = PICTURE_READ, [BELOW_MISSING] = PICTURE_MISSING,
        [BELOW_OUTSIDE] = PICTURE_OUTSIDE, [BELOW_LARGE] = PICTURE_LARGE,
    };
    Str bytes = {0};
    found.state = states[below_read(shelf->folder, path, PICTURE_MOST, &s->kept, &bytes)];
    if (found.state == PICTURE_READ)
        add_media(shelf, bytes, &found);
    *file(shelf, found.path, &is_new) = found;
    return found;
}
