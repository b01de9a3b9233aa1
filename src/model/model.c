/*
 * model.c -- the tables behind the nouns.
 */
#include "model/book.h"

const char *const part_names[PARTS] = {
#define PART(part, name, answers) name,
#include "model/part.def"
#undef PART
};

const bool part_answers[PARTS] = {
#define PART(part, name, answers) answers,
#include "model/part.def"
#undef PART
};

const char *const entry_kind_names[] = {"question", "section", "other"};

const Str relator_codes[RELATORS] = {
#define RELATOR(code, chinese, english) STR_INIT(#code),
#include "model/relator.def"
#undef RELATOR
};

Relator relator_find(Str code)
{
    Relator found = 0;
    while (found < RELATORS && !str_eq(relator_codes[found], code))
        found++;
    return found;
}

Packing media_packing(const Media *m, Packing packing)
{
    return str_ends(m->type, STR("xml")) || str_eq(m->type, STR("audio/wav")) ? packing : PACK_STORE;
}

bool format_find(Str name, Format *format)
{
    static const Str names[FORMATS] = {STR_INIT("legacy1"), STR_INIT("legacy2"), STR_INIT("latest")};
    for (Format f = 0; f < FORMATS; f++)
        if (str_eq(names[f], name)) {
            *format = f;
            return true;
        }
    return false;
}

Place source_place(const Source *s, uint32_t line, const char *at)
{
    Place p = {.file = s->path, .line = line};
    if (line == 0 || line > s->line_count)
        return p;
    p.text = source_line(s, line);
    if (at >= p.text.at && at <= p.text.at + p.text.n)
        p.column = (uint32_t)(at - p.text.at) + 1;
    return p;
}

void source_report_repair(Source *s, const Repair *r)
{
    Place p = source_place(s, r->line, NULL);
    Str line = str_trim_end(p.text), rest = str_trim_end(r->rest);
    if (rest.n && str_ends(line, rest))
        p.column = (uint32_t)(line.n - rest.n) + 1;
    diag(&s->diags, repair_codes[r->kind], p, NULL);
}

size_t source_chapter_end(const Source *s, size_t first)
{
    size_t end = first + 1;
    while (end < s->pages.n && s->pages.at[end].piece)
        end++;
    return end;
}

const Page *source_page(const Source *s, size_t entry)
{
    size_t low = 0, high = s->pages.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->pages.at[middle].last <= entry)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->pages.n && s->pages.at[low].first <= entry ? &s->pages.at[low] : NULL;
}
