/*
 * sample_deck.c -- write the hand-made book as a deck: sample_deck FILE [CARD.CSS]
 */
#include "base/file.h"
#include "emit/backend.h"
#include "sample.h"

#include <stdio.h>

extern const char style_card[];
extern const size_t style_card_size;

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    Arena a = {0};
    Book *b = sample_book(&a);
    Str bytes;
    b->style.card = (Str){style_card, style_card_size};
    if (argc > 2 && !file_read(argv[2], &a, &b->style.card, &b->diags))
        return 2;
    bool ok = backend_apkg.make(b, &bytes);
    diag_print(&b->diags, DIAG_NOTE, stderr);
    FILE *f = ok ? fopen(argv[1], "wb") : NULL;
    ok = f && fwrite(bytes.at, 1, bytes.n, f) == bytes.n;
    ok = f && fclose(f) == 0 && ok;
    arena_free(&b->arena);
    arena_free(&a);
    return ok ? 0 : 2;
}
