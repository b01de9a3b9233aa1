/*
 * settle.c -- entries are compared with their earlier selves.
 */
#include "book/settle.h"

#include "base/hash.h"
#include "book/fingerprint.h"

#include <stdlib.h>

/* Ids of notes are times in milliseconds to Anki, which shows them as dates.  Without an
   earlier lock they count up from a date that differs from book to book. */
static const int64_t FIRST_TIME = 1500000000000; /* July 2017 */
enum { TIME_BITS = 36 };

enum { FEWEST_GUARDED = 5, /* changes that are never too many */
       MOST_CHANGES = 30 };  /* percent, where the book description does not say */

/* Then every other look is a change, also of what only a later build shows again. */
static void forget_sources(Lock *l)
{
    for (size_t i = 0; i < l->entries.n && l->revision < RENDER_REVISION; i++)
        l->entries.at[i].source = 0;
}

static bool looks_different(const Locked *earlier, const Entry *e)
{
    return earlier->shown != e->prints.shown && earlier->source != e->prints.source;
}

/* What is not in the deck now is compared with what Anki may have of it when it comes back. */
static void keep_shown(Entry *e, const Locked *earlier)
{
    e->prints.shown = earlier->shown;
    e->prints.source = earlier->source;
}

/* No later build could read a lock with what would follow; of many that is told once. */
static void refuse(Book *b, const Locked *e, const char *what)
{
    if (!diag_any(&b->diags, DIAG_FATAL))
        diag(&b->diags, D_LOCK_INVALID, (Place){.file = str_of(b->lock.path), .line = e->line}, "%s", what);
}

static void date(Book *b, Entry *e, const Locked *earlier)
{
    bool wanted = book_wants(b, e), tagged = earlier && earlier->tagged;
    e->time = earlier ? earlier->time : 0;
    if (!wanted && e->time)
        keep_shown(e, earlier);
    if (!tagged && (!wanted || (e->time && !looks_different(earlier, e))))
        return;
    int64_t now = lock_now(&b->lock, b->time);
    e->time = now > e->time ? now : e->time + 1;
    if (earlier && e->time > LATEST_TIME)
        refuse(b, earlier, "an entry that is dated so late that no change can follow");
    b->lock.stale = true;
}

static void compare(Book *b, const Source *s, Entry *e, const Locked *earlier)
{
    const bool changed[CHANGES] = {
        [CHANGED_NEW] = !earlier,
        [CHANGED_REVIVED] = earlier && earlier->state == LOCKED_RETIRED,
        [CHANGED_OUT] = earlier && earlier->state == LOCKED_LIVE && earlier->time && !book_wants(b, e),
        [CHANGED_QUESTION] = earlier && earlier->time && earlier->question != e->prints.question,
        [CHANGED_ANSWER] = earlier && earlier->answer != e->prints.answer,
        [CHANGED_FILE] = earlier && !str_eq(b->lock.files.at[earlier->file], s->name),
        [CHANGED_SHOWN] = earlier && earlier->time && e->time != earlier->time,
    };
    for (int i = 0; i < CHANGES; i++) {
        e->changes[i] = changed[i];
        b->changes[i] += changed[i];
    }
}

static const Locked *highest(const Lock *l)
{
    const Locked *high = NULL;
    for (size_t i = 0; i < l->entries.n; i++)
        if (!high || l->entries.at[i].id > high->id)
            high = &l->entries.at[i];
    return high;
}

static int64_t first_id(Book *b)
{
    if (!b->lock.found)
        return FIRST_TIME + (int64_t)(hash64(b->config.identifier) % (1ull << TIME_BITS));
    int64_t id = lock_now(&b->lock, b->time) * 1000;
    const Locked *high = highest(&b->lock);
    return high && high->id >= id ? high->id + 1 : id;
}

/* What was in a deck and is not in the notes any more. */
static void retire(Book *b)
{
    for (size_t i = 0; i < b->lock.entries.n; i++) {
        Locked *e = &b->lock.entries.at[i];
        if (e->matched || e->apart)
            continue;
        e->retiring = e->state != LOCKED_RETIRED && e->time;
        b->retiring += e->retiring;
        e->state = LOCKED_RETIRED;
    }
}

/* A book that is told no date is of the day when the last of its notes changed. */
static void date_book(Book *b)
{
    int64_t latest = 0;
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t k = 0; k < b->sources[i].entries.n; k++)
            if (b->sources[i].entries.at[k].time > latest)
                latest = b->sources[i].entries.at[k].time;
    if (!b->dated && b->lock.found && latest)
        b->time = latest;
}

void book_settle(Book *b)
{
    int64_t id = 0;
    forget_sources(&b->lock);
    for (size_t i = 0; i < b->source_count; i++) {
        Source *s = &b->sources[i];
        for (size_t k = 0; k < s->entries.n; k++) {
            Entry *e = &s->entries.at[k];
            if (!e->guid.n)
                continue;
            const Locked *earlier = e->locked ? &b->lock.entries.at[e->locked - 1] : NULL;
            date(b, e, earlier);
            compare(b, s, e, earlier);
            if (!earlier && !id)
                id = first_id(b);
            e->note_id = earlier ? earlier->id : id++;
        }
    }
    if (id > LATEST_ID && b->lock.entries.n)
        refuse(b, highest(&b->lock), "an id so high that too few are left for new questions");
    retire(b);
    date_book(b);
}

bool settle_guard(const Book *b, Diags *d)
{
    Str most = b->config.most_changes;
    unsigned percent = most.n ? (unsigned)strtoul(most.at, NULL, 10) : MOST_CHANGES;
    size_t all = 0, left = b->changes[CHANGED_OUT], reworded = b->changes[CHANGED_QUESTION];
    for (size_t i = 0; i < b->lock.entries.n; i++) {
        const Locked *e = &b->lock.entries.at[i];
        all += !e->apart && e->time && (e->matched || e->state != LOCKED_RETIRED);
    }
    all += b->retiring;
    size_t changed = b->retiring + left + reworded;
    if (changed < FEWEST_GUARDED || changed * 100 <= all * percent)
        return true;
    diag(d, D_TOO_MANY_CHANGES, (Place){.file = str_of(b->lock.path)},
         "of %zu cards' questions %zu would be gone, %zu left out of the deck, %zu reworded; %u %% are allowed",
         all, b->retiring, left, reworded, percent);
    return false;
}
