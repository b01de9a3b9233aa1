/*
 * pinyin.c -- the place of each character in the table, found by its number.
 */
#include "base/pinyin.h"

#include "base/utf8.h"

enum { FIRST = 0x4E00, LAST = 0x9FFF, LETTERS = 26 };

struct Pinyin {
    uint16_t place[LAST - FIRST + 1]; /* from 1; 0: it is not in the table */
    uint16_t first[LETTERS];          /* the place of the first that begins with the letter */
};

static const struct {
    char letter;
    Str characters;
} initials[] = {
#define INITIAL(letter, characters) {letter, STR_INIT(characters)},
#include "base/pinyin.def"
#undef INITIAL
};

static const struct {
    Str word, stand_in;
} readings[] = {
#define READING(word, stand_in) {STR_INIT(word), STR_INIT(stand_in)},
#include "base/pinyin.def"
#undef READING
};

const Pinyin *pinyin_open(Arena *a)
{
    Pinyin *p = arena_new(a, Pinyin, 1);
    uint16_t place = 0;
    for (size_t i = 0; i < COUNT(initials); i++) {
        p->first[initials[i].letter - 'A'] = (uint16_t)(place + 1);
        Str s = initials[i].characters;
        for (size_t k = 0, n; k < s.n; k += n)
            p->place[utf8_at(s, k, &n) - FIRST] = ++place;
    }
    return p;
}

static unsigned place_of(const Pinyin *p, uint32_t code)
{
    return code >= FIRST && code <= LAST ? p->place[code - FIRST] : 0;
}

/* The character at the front of `term`, as it is read there. */
static uint32_t first_of(Str term)
{
    for (size_t i = 0; i < COUNT(readings); i++)
        if (str_starts(term, readings[i].word))
            return utf8_at(readings[i].stand_in, 0, NULL);
    return utf8_at(term, 0, NULL);
}

char pinyin_initial(const Pinyin *p, Str term)
{
    if (!term.n)
        return '#';
    if (is_alpha(term.at[0]))
        return (char)(to_lower(term.at[0]) - 'a' + 'A');
    unsigned place = place_of(p, first_of(term));
    char initial = '#';
    for (int i = 0; i < LETTERS; i++)
        if (p->first[i] && p->first[i] <= place)
            initial = (char)('A' + i);
    return initial;
}

/* Marks count last, so that "go build" and "go-build" stand together. */
Str pinyin_key(const Pinyin *p, Str term, Arena *a)
{
    enum { LETTER = 1, CHINESE, OTHER };
    Buf key = {.arena = a};
    for (size_t i = 0, n; i < term.n; i += n) {
        uint32_t code = utf8_at(term, i, &n);
        if (i == 0)
            code = first_of(term);
        unsigned place = place_of(p, code);
        int class = place ? CHINESE : code < 0x80 ? LETTER : OTHER;
        if (code < 0x80 && !is_alnum((char)code))
            continue;
        uint32_t value = place ? place : code;
        buf_put(&key, (Str){(char[]){(char)class, (char)(value >> 16), (char)(value >> 8), (char)value}, 4});
    }
    buf_put_char(&key, '\0');
    buf_put(&key, term);
    return buf_str(&key);
}
