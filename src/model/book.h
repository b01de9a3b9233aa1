/*
 * book.h -- everything that one build knows: the description, the sources, and
 * what the passes have made of them.
 *
 * Each pass reads the fields above its own and fills the next.  One arena a
 * source for what lives until its pages are made (`arena`), one for the fields of
 * its cards (`fields`), one for what stays (`kept`), and one for the book; each document of
 * the book's archive has its own, for it is gone as soon as it is in there.
 */
#ifndef DECKBIND_MODEL_BOOK_H
#define DECKBIND_MODEL_BOOK_H

#include "base/diag.h"
#include "base/pack.h"
#include "model/entry.h"
#include "model/lock.h"
#include "model/repair.h"
#include "model/relator.h"
#include "model/term.h"

#define DECKBIND_VERSION "0.1.0" /* of the program */

typedef struct Line {
    Str text;      /* without its line end */
    uint32_t number;
} Line;

typedef Vec(Line) LineVec;

/* What front matter may say. */
typedef struct Meta {
    Str title, deck;
    StrVec tags;
    uint32_t end_line; /* its last line; 0: the file has none */
} Meta;

/* What a link writes after '#' to lead to an entry; folded. */
typedef struct Slug {
    Str text;
    size_t entry;  /* index in the source */
} Slug;

/* A file of the notes folder, as links call it that give no way to it. */
typedef struct FileName {
    Str key;       /* folded, the last part of its path, of a note without suffix */
    Str path;      /* below the notes folder */
} FileName;

/* A picture or sound that entries show; `name` is made from the bytes. */
typedef struct Media {
    Str name;      /* deckbind-<16 hex digits>.png */
    Str type;      /* image/png */
    Str bytes;
    bool card_only; /* no book may hold it */
} Media;

/* `packing` where its form is not packed already, else none. */
Packing media_packing(const Media *m, Packing packing);

/* A finished document of the book. */
typedef struct Document {
    bool math;     /* it holds MathML */
    bool wordless; /* and a picture for which no text stands */
    Packed packed;
    Arena kept;    /* of what is packed */
} Document;

/* One XHTML document of the book, made where its source was rendered. */
typedef struct Page {
    Str name;      /* c-<12 hex digits>.xhtml; of later pieces c-<12 hex digits>-2.xhtml and so on */
    Str title;     /* plain text */
    size_t first, last; /* its entries: first <= i < last */
    unsigned piece; /* of its chapter, where that is too large for one document; from 0 */
    Document document;
    Document asked, answers; /* the self-test of its questions; of size 0: it has none */
} Page;

typedef struct Source {
    Arena arena, fields, kept;
    Diags diags;   /* in `kept` */
    Str path;      /* as given to the program; ends in NUL */
    Str name;      /* relative to the notes folder, '/' between parts; ends in NUL */
    bool plain_math; /* it has formulas, and there is nothing to set them with */
    bool failed;   /* could not be read: no later pass looks at it */
    Str entry;     /* what opens its entries, where its writer says so: see FileRule */
    RepairSet repairs_off; /* what is not to be mended */

    /* read */
    Str text;      /* UTF-8, LF; at most 256 MiB */
    uint32_t *starts; /* of each line in `text`, and where one more would start */
    uint32_t line_count;
    Meta meta;

    /* recognise */
    EntryVec entries; /* in order of the file */

    /* slug */
    bool fragments; /* a link with '#' may stand in its text */
    Vec(Slug) slugs; /* in byte order of text; in `kept` */

    /* gather */
    Str title;     /* of the note: front matter, its single h1, or the file name */
    Str deck;      /* full name, "::" between levels */
    Str adopted_deck; /* in which its cards were before; empty: they were not adopted */
    StrVec tags;  /* of every entry in the file */
    Vec(Page) pages;

    /* block */
    References references;
    Node *footnotes; /* a DOCUMENT with the definitions in use, in order of use */

    /* link */
    Vec(Media) media;

    /* page: what an index may list, each term of an entry once; in `kept` */
    Vec(TermUse) terms;

    /* highlight: the programs of the thread that makes it; NULL: none are asked */
    struct Scripts *scripts;

    /* page */
    uint64_t digest; /* hash64 of the text, which is gone by then */
} Source;

/* How the files that `match`, a pattern with * and ?, are to be read. */
typedef struct FileRule {
    Str match;
    Str entry;   /* what opens entries: the level of a heading, or a class of marks; may be empty */
    bool ignore;
    RepairSet repairs_off; /* that of the config, where the rule says nothing */
} FileRule;

/* Somebody who made the book. */
typedef struct Creator {
    Str name, role, file_as; /* `role` is a code of relator.def, or empty: the author */
} Creator;

typedef Vec(Creator) CreatorVec;

/* The book description; deckbind.yaml and its defaults.  Strings end in NUL. */
typedef struct Config {
    Str title, author, language, deck, identifier, date, description, publisher, rights;
    Str title_sort; /* by what shelves sort the title; may be empty */
    Str series, series_index; /* of which the book is a part, and which one; may be empty */
    CreatorVec creators; /* besides `author` */
    StrVec subjects;
    Str cover;     /* path of a picture below the notes folder, or empty */
    Str styles;    /* folder below it with card.css or book.css, or empty: the built-in ones */
    Str file_name; /* of the products, without suffix */
    Str source_url;
    Str most_changes; /* percent of the cards that one build may change unasked; may be empty */
    Str format;    /* of the deck: a name, or empty: the first */
    Str self_test, index; /* "false": the book has none */
    StrVec outputs; /* empty: all */
    RepairSet repairs_off; /* what is not to be mended in any file */
    Vec(FileRule) files; /* of those that match a file, the last counts */
} Config;

/* The variants of an Anki package, the oldest first: each is read by newer versions only. */
typedef enum { FORMAT_LEGACY1, FORMAT_LEGACY2, FORMAT_LATEST, FORMATS } Format;

/* Its value, as options and the book description name it.  False, and no change: none has that name. */
bool format_find(Str name, Format *format);

/* What one entry of the book, and no other, is about. */
typedef struct Subject {
    Str key, shown; /* of a term */
    uint32_t source, entry; /* indexes */
    bool question;  /* the entry is one, else a section */
} Subject;

/* The style sheets. */
typedef struct Style {
    Str card, book;
} Style;

typedef struct Book {
    Arena arena;
    Diags diags;
    Config config;
    Style style;
    Str folder;        /* the notes folder; ends in NUL */
    Str folder_name;   /* its own name, however it is written */
    bool with_unanswered; /* the deck holds questions without an answer too */
    Format format;     /* of the deck */
    bool reproducible; /* nothing of the machine goes into the products */
    Packing packing;   /* of what is not packed already */
    Earlier *earlier;  /* what an earlier build packed; NULL: nothing is known of it */
    Spool *spool;      /* for what is packed of a large book; NULL: it stays in memory */
    Str drawn;         /* the cover as it was drawn by an earlier build, then by this one */
    bool one_file;     /* the notes are one file that was named, no folder */
    bool cards_only;   /* nothing is wanted of pages */
    int64_t time;      /* seconds since 1970 UTC: SOURCE_DATE_EPOCH, else `date`, else that of
                          the latest change of a note, else a constant */
    bool dated;        /* by one of the first two */
    unsigned threads;
    struct Katexes *katexes; /* what sets formulas; NULL: nothing does */
    Source *sources;   /* in byte order of name */
    size_t source_count;
    StrVec attachments; /* paths of pictures and sounds below the notes folder */
    Vec(FileName) names;  /* of both, in byte order of key, then of path */
    Vec(Subject) subjects; /* in byte order of key */
    Vec(Media) media;  /* of all sources, each once, in byte order of name */
    size_t questions, answered;
    Lock lock;
    StrVec same;       /* FILE:LINE=GUID: the question there goes on with that entry of the lock */
    StrVec retire;     /* paths of earlier packages, to tag what is retired of them */
    size_t changes[CHANGES]; /* questions that each has happened to */
    size_t retiring;   /* entries of the lock that were in a deck and are now gone from the notes */
} Book;

/* Whether the entry goes into the deck: it is a question, and answered or asked for. */
static inline bool book_wants(const Book *b, const Entry *e)
{
    return e->kind == ENTRY_QUESTION && (e->answered || b->with_unanswered);
}

/* The text of a line, from 1, without its line end. */
static inline Str source_line(const Source *s, size_t number)
{
    uint32_t from = s->starts[number - 1];
    return (Str){s->text.at + from, s->starts[number] - from - 1};
}

/* The page that holds the entry with index `entry`; NULL for none. */
const Page *source_page(const Source *s, size_t entry);

/* One past the last page of the chapter that begins with page `first`. */
size_t source_chapter_end(const Source *s, size_t first);

/* Raise the message of a mend, at its place. */
void source_report_repair(Source *s, const Repair *r);

/* A place in `s`: the line and, where `at` lies in it, the column.  `at` may be NULL. */
Place source_place(const Source *s, uint32_t line, const char *at);

#endif
