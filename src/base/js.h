/*
 * js.h -- an engine for programs in JavaScript.  The only module that knows Duktape.
 *
 * A program can compute and nothing else: it has no file, no network, no output.  What it
 * needs of memory is bounded; how long it runs is not, so ask it for small things.  One
 * engine belongs to one thread at a time.
 */
#ifndef DECKBIND_BASE_JS_H
#define DECKBIND_BASE_JS_H

#include "base/str.h"

typedef struct Js Js;

Js *js_new(void);
void js_free(Js *js); /* NULL is allowed */

/* Run a whole program, called `name` in messages.  False: js_error says why. */
bool js_run(Js *js, Str program, const char *name);

/*
 * Call a global function with `n` texts; what it returns is a text in `a`.  Where it
 * throws, or returns something else, `at` is NULL and js_error says why.
 */
Str js_call(Js *js, const char *function, const Str *arguments, size_t n, Arena *a);

/* Why the last call failed; valid until the next one. */
const char *js_error(const Js *js);

#endif
