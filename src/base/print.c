/*
 * print.c -- see print.h.
 */
#include "base/print.h"

#include "base/utf8.h"

static const Str commands[] = {STR_INIT("##["), STR_INIT("##vso[")};

/* The length of what a build server would take for a command at `i`; 0: nothing. */
static size_t command_at(Str s, size_t i)
{
    for (size_t k = 0; k < COUNT(commands); k++)
        if (str_starts_nocase(str_drop(s, i), commands[k]))
            return commands[k].n;
    return 0;
}

static bool is_shown(Str s, size_t i, size_t *n)
{
    uint32_t code = utf8_at(s, i, n);
    return code == '\t' || (utf8_is_shown(code) && !(*n == 1 && code > 0x7F));
}

/* A backslash after the first mark of what would be a command. */
static void print_all(Str s, bool escaped, FILE *out)
{
    for (size_t i = 0, n; i < s.n; i += n) {
        bool shown = is_shown(s, i, &n);
        if (shown)
            fwrite(s.at + i, 1, n, out);
        else if (!escaped)
            fputc('?', out);
        for (size_t k = 0; k < n && !shown && escaped; k++)
            fprintf(out, "\\x%02X", (unsigned)(unsigned char)s.at[i + k]);
        if (s.at[i] == '#' && command_at(s, i))
            fputc('\\', out);
    }
}

void print_safe(Str s, FILE *out)
{
    print_all(s, false, out);
}

void print_path(Str path, FILE *out)
{
    if (str_starts(str_trim(path), STR(":")))
        fputs("./", out);
    print_all(path, true, out);
}

void print_json(Str json, FILE *out)
{
    for (size_t i = 0, n; i < json.n; i += n) {
        uint32_t code = utf8_at(json, i, &n);
        bool plain = utf8_is_shown(code) && !(code == '#' && command_at(json, i));
        if (plain)
            fwrite(json.at + i, 1, n, out);
        else if (code <= 0xFFFF)
            fprintf(out, "\\u%04X", (unsigned)code);
        else
            fprintf(out, "\\u%04X\\u%04X", (unsigned)(0xD7C0 + (code >> 10)),
                    (unsigned)(0xDC00 + (code & 0x3FF)));
    }
}
