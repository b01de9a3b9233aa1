/*
 * scripts.c -- where programs are found, and where answers are kept.
 */
#include "render/scripts.h"

#include "base/cache.h"
#include "base/file.h"
#include "base/hash.h"

#include <stdlib.h>

#define CACHE_FILE "answers"

extern const char script_highlight[];
extern const size_t script_highlight_size;

static bool read_below(ScriptSet *set, const char *folder, const char *name, Str *text)
{
    return file_read_silently(file_path(&set->arena, str_of(folder), str_of(name)), &set->arena, text);
}

static bool is_prism(ScriptSet *set, const char *folder)
{
    return read_below(set, folder, "components.json", &set->languages)
        && read_below(set, folder, "components/prism-core.js", &set->core);
}

static void find_prism(ScriptSet *set)
{
    const char *given = getenv("DECKBIND_PRISM"), *folder = given ? given : "/usr/share/nodejs/prismjs";
    if (is_prism(set, folder))
        set->prism = folder;
}

uint64_t scripts_version(const ScriptSet *set)
{
    Arena scratch = {0};
    Diags ignored = {.arena = &scratch};
    Buf all = {.arena = &scratch};
    StrVec names = {0};
    const char *folder = file_path(&scratch, str_of(set->prism), STR("components"));
    buf_put(&all, set->core);
    buf_put(&all, set->languages);
    buf_put(&all, (Str){script_highlight, script_highlight_size});
    file_list(folder, NULL, &scratch, &names, &ignored);
    for (size_t i = 0; i < names.n; i++) {
        buf_put(&all, names.at[i]);
        buf_put(&all, file_state(file_path(&scratch, str_of(folder), names.at[i]), &scratch));
    }
    uint64_t version = hash_quick(buf_str(&all));
    arena_free(&scratch);
    return version;
}

ScriptSet *scripts_open(const char *folder, bool plain)
{
    Arena arena = {0};
    ScriptSet *set = arena_new(&arena, ScriptSet, 1);
    set->arena = arena;
    set->plain = plain;
    if (!plain)
        find_prism(set);
    memo_read(cache_read(folder, STR(CACHE_FILE), &set->arena), &set->earlier, &set->arena);
    for (size_t i = 0; i < COUNT(set->of); i++) {
        Scripts *s = &set->of[i];
        s->set = set;
        s->memo = (Memo){.arena = &s->arena, .earlier = &set->earlier};
    }
    return set;
}

void scripts_save(ScriptSet *set, const char *folder)
{
    const Memo *memos[MOST_THREADS];
    size_t learned = 0;
    for (size_t i = 0; i < COUNT(memos); i++) {
        memos[i] = &set->of[i].memo;
        learned += memos[i]->learned.n;
    }
    if (!learned)
        return;
    cache_write(folder, STR(CACHE_FILE), memo_write(&set->earlier, memos, COUNT(memos), &set->arena),
                &set->arena);
}

void scripts_report(const ScriptSet *set, Diags *d)
{
    bool missed = false;
    for (size_t i = 0; i < COUNT(set->of); i++)
        missed = missed || set->of[i].missed;
    if (missed)
        diag(d, D_CODE_PLAIN, (Place){0}, NULL);
}

static void free_engines(Scripts *s)
{
    js_free(s->catalogue);
    s->catalogue = NULL;
    for (size_t i = 0; i < MOST_ENGINES; i++) {
        js_free(s->engines[i].js);
        s->engines[i] = (Engine){0};
    }
}

void scripts_rest(ScriptSet *set)
{
    for (size_t i = 0; set && i < COUNT(set->of); i++)
        free_engines(&set->of[i]);
}

void scripts_close(ScriptSet *set)
{
    if (!set)
        return;
    scripts_rest(set);
    for (size_t i = 0; i < COUNT(set->of); i++)
        arena_free(&set->of[i].arena);
    Arena arena = set->arena; /* which holds the set itself */
    arena_free(&arena);
}
