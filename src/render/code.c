/*
 * code.c -- code as it stands in cards and books.
 *
 * In a card each line is an element of its own, so that the style can show where one is
 * turned; tokens do not reach over line ends.  In a book keywords alone are marked, by
 * weight: colours fade on paper, and readers of books cut what is wrapped line by line.
 */
#include "render/html_parts.h"

enum { TAB = 4, LONGEST_TOKEN = 1 << 20 };

typedef struct Code {
    Writer *w;
    const Node *block;
    Str tokens;      /* those ahead */
    char letter;     /* of the current one */
    size_t left;     /* bytes of it ahead */
    size_t column;
} Code;

/* Readers of books have no common idea of a tab. */
static void put_spaced(Code *c, Str s)
{
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        c->column += ((unsigned char)s.at[i] & 0xC0) != 0x80;
        if (s.at[i] != '\t')
            continue;
        html_text(c->w->out, (Str){s.at + done, i - done});
        size_t blanks = TAB - (c->column - 1) % TAB;
        buf_put(c->w->out, str_take(STR("    "), blanks));
        c->column += blanks - 1;
        done = i + 1;
    }
    html_text(c->w->out, str_drop(s, done));
}

static void put_piece(Code *c, Str s)
{
    bool card = c->w->profile->card;
    bool marked = card ? c->letter != '.' : c->letter == 'k';
    if (marked)
        buf_printf(c->w->out, "<%s class=\"%c\">", card ? "span" : "b", c->letter);
    if (card)
        html_text(c->w->out, s);
    else
        put_spaced(c, s);
    if (marked)
        buf_puts(c->w->out, card ? "</span>" : "</b>");
}

bool code_eat_token(Str *tokens, char *letter, size_t *n)
{
    size_t i = 1;
    *n = 0;
    for (; i < tokens->n && is_digit(tokens->at[i]) && *n < LONGEST_TOKEN; i++)
        *n = 10 * *n + (size_t)(tokens->at[i] - '0');
    if (i < 2)
        return false;
    *letter = tokens->at[0];
    *tokens = str_drop(*tokens, i);
    return true;
}

/* Where no token is left all that follows is one without a colour. */
static void next_token(Code *c, size_t rest)
{
    if (code_eat_token(&c->tokens, &c->letter, &c->left))
        return;
    c->letter = '.';
    c->left = rest;
}

/* A line with its end, which belongs to no token's element. */
static void put_line(Code *c, Str line, size_t rest)
{
    bool card = c->w->profile->card && c->block->tokens.at;
    buf_puts(c->w->out, card ? "<span class=\"l\">" : "");
    c->column = 0;
    for (size_t done = 0; done < line.n;) {
        while (!c->left)
            next_token(c, rest - done);
        size_t n = c->left < line.n - done ? c->left : line.n - done;
        Str piece = {line.at + done, n};
        c->left -= n;
        done += n;
        bool end = piece.at[n - 1] == '\n';
        piece.n -= end;
        if (piece.n)
            put_piece(c, piece);
        if (end)
            buf_put_char(c->w->out, '\n');
    }
    buf_puts(c->w->out, card ? "</span>" : "");
}

/* Its lines are U+2500 to U+257F. */
bool code_is_drawing(Str text)
{
    enum { FEWEST = 4 };
    size_t n = 0;
    for (size_t i = 0; i + 2 < text.n && n < FEWEST; i++)
        n += text.at[i] == '\xE2' && (text.at[i + 1] == '\x94' || text.at[i + 1] == '\x95');
    return n == FEWEST;
}

void code_write(Writer *w, const Node *block)
{
    Code c = {.w = w, .block = block, .tokens = block->tokens};
    if (w->profile->commonmark) {
        html_text(w->out, block->text);
        return;
    }
    for (Str rest = block->text; rest.n;) {
        size_t end = str_find_char(rest, '\n');
        Str line = str_take(rest, end == STR_NONE ? rest.n : end + 1);
        put_line(&c, line, rest.n);
        rest = str_drop(rest, line.n);
    }
}
