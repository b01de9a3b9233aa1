/*
 * lock.h -- what deckbind.lock remembers: the entries as the last build knew them.
 *
 * It is what makes an entry the same entry after an edit, and what dates it.  Strings
 * are views of the file's text.
 */
#ifndef DECKBIND_MODEL_LOCK_H
#define DECKBIND_MODEL_LOCK_H

#include "base/str.h"
#include "base/vec.h"
#include "model/read_type.h"

#include <stdint.h>

enum { SKETCH_BYTES = 32 };

/*
 * 2100, the latest date: Anki takes no change that is dated earlier than the last.  A build
 * has its date a year before that at the latest, so what it dates behind each other fits.
 */
#define LATEST_TIME ((int64_t)4102444800)
#define LATEST_NOW (LATEST_TIME - 366 * 24 * 3600)

/* What a lock can have: ids are milliseconds, guids so many bytes. */
#define LATEST_ID (LATEST_TIME * 1000)
enum { LONGEST_GUID = 200, MOST_TYPES = 1000 };

/* What a text is recognised by when it comes back changed. */
typedef struct Sketch {
    uint8_t of[SKETCH_BYTES]; /* of two texts, the share of equal ones tells how alike they are */
} Sketch;

typedef enum { LOCKED_LIVE, LOCKED_UNANSWERED, LOCKED_RETIRED, LOCKED_STATES } LockedState;

/* An entry, as the lock holds it. */
typedef struct Locked {
    Str guid;
    int64_t id;         /* of its note; milliseconds: when it was first seen */
    int64_t time;       /* of its note; seconds: when what it shows last changed; 0: never in a deck */
    LockedState state;
    bool tagged;        /* retired, and dated for a package that tells Anki so by a tag */
    bool cloze;         /* its note type, which no note can change: one of ours, or */
    uint32_t adopted;   /* 1 + index in `adopted` of the lock */
    StrVec fields;      /* of such a note: what stands where no part of the entry goes */
    Str tags;           /* that such a note had, parted by blanks */
    Vec(uint32_t) cards; /* of such a note, unless it is a cloze: ordinals from 0, ascending */
    uint64_t question, answer; /* fingerprints of both; the answer's is 0 where there is none */
    uint64_t source;    /* fingerprint of all in the notes that it is made of */
    uint64_t shown;     /* fingerprint of what its cards show, or showed when it was last in a deck */
    Sketch sketch;      /* of the answer */
    Str gaps;           /* its counted gaps: see gap.h; may be empty */
    Str number, text;   /* as written; the question, cut where it is long */
    uint32_t file;      /* index in `files` */
    uint32_t line;      /* in the lock */

    /* match */
    bool apart;         /* its file is there, but was not read: it stays as it is */
    bool matched;       /* an entry of the notes goes on with it */

    /* settle */
    bool retiring;      /* it was in a deck, and is gone from the notes since the lock was written */
} Locked;

/* A note type of another tool, whose notes go on in it so that their history does. */
typedef struct AdoptedType {
    ReadType type;
    uint32_t question, answer; /* the fields that hold them */
    uint32_t line;             /* in the lock */
} AdoptedType;

/* A note type: its name, or the id of one that was adopted, what it looks like, and when that last changed. */
typedef struct LockedType {
    Str name;
    int64_t time;
    uint64_t shown;
} LockedType;

typedef struct Lock {
    Arena *arena;
    const char *path;    /* NULL: the build has none */
    bool found;          /* there was one */
    bool fixed;          /* it may not change */
    Str bytes;           /* as it was read */
    uint32_t revision;   /* of rendering, that the entries were last shown by */
    Vec(LockedType) types;
    Vec(AdoptedType) adopted;
    StrVec files;        /* relative to the notes folder */
    StrVec decks;        /* of each file: the deck that its cards were adopted from; may be empty */
    Vec(Locked) entries; /* in the order of the lock: by file, and as they follow each other */
    bool stale;          /* a note, or a note type, had to be dated anew */
    int64_t now;         /* see lock_now; 0: nobody has asked yet */
} Lock;

/*
 * Seconds since 1970 for what changes in this build.  Without an earlier lock it is
 * `otherwise`, so that a first build is the same on any day.
 */
int64_t lock_now(Lock *l, int64_t otherwise);

/* The note type of that name; NULL for none. */
LockedType *lock_find_type(Lock *l, Str name);

/* When the note type `name` last changed, if it now looks like `shown`; remembers that. */
int64_t lock_type(Lock *l, Str name, uint64_t shown, int64_t otherwise);

#endif
