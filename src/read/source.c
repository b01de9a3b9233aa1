/*
 * source.c -- bytes to lines.  A note that is clean UTF-8, as nearly all are, is
 * used where it was read to, without a copy.
 */
#include "read/source.h"

#include "base/file.h"
#include "read/decode.h"

#include <string.h>
#include <sys/stat.h>

enum { LARGEST = 256 * 1024 * 1024 };

static bool is_too_large(Source *s)
{
    struct stat st;
    if (stat(s->path.at, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= LARGEST)
        return false; /* what else is wrong with it, file_read will say */
    diag(&s->diags, D_FILE_TOO_LARGE, (Place){.file = s->path}, "%lld MiB; the most is %d",
         (long long)st.st_size >> 20, LARGEST >> 20);
    return true;
}

static void split(Source *s, size_t breaks)
{
    s->starts = arena_new(&s->arena, uint32_t, breaks + 2);
    for (Str rest = s->text; rest.n; s->line_count++) {
        s->starts[s->line_count] = (uint32_t)(s->text.n - rest.n);
        str_cut(&rest, '\n');
    }
    bool ended = str_ends(s->text, STR("\n"));
    s->starts[s->line_count] = (uint32_t)s->text.n + !ended; /* as if it ended in a break */
}

/* The bytes of the text are the arena's own, so they may be changed in place. */
static Removed clean(Source *s, Survey *survey)
{
    Removed removed;
    char *at = (char *)(uintptr_t)s->text.at;
    s->text.n = text_clean(at, s->text.n, survey->breaks, &removed);
    survey->breaks = text_survey(s->text).breaks;
    return removed;
}

static void report(Source *s, const Removed *removed)
{
    Place place = source_place(s, removed->line, s->text.at + removed->at);
    diag(&s->diags, D_TEXT_CONTROL, place, "U+%04X; %zu in the file", removed->code,
         removed->count);
}

void source_read(Source *s)
{
    Str raw;
    Decoded decoded;
    s->failed = is_too_large(s) || !file_read(s->path.at, &s->arena, &raw, &s->diags)
             || !text_decode(raw, s->path, &s->arena, &decoded, &s->diags);
    if (s->failed)
        return;
    s->text = decoded.text;
    Removed removed = {0};
    if (decoded.survey.unclean)
        removed = clean(s, &decoded.survey);
    split(s, decoded.survey.breaks);
    if (removed.count)
        report(s, &removed);
    meta_read(s);
}
