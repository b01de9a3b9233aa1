/*
 * yaml.c -- libyaml's events, folded into pairs as they come.
 */
#include "read/yaml.h"

#include "base/utf8.h"

#include <yaml.h>

/* libyaml looks at every open bracket again for each word: 65,000 took 14 seconds. */
enum { MOST_BRACKETS = 1000 };

typedef struct Reader {
    Arena *arena;
    Yaml *yaml;
    size_t depth;   /* of open collections */
    YamlPair *pair; /* whose value comes next; NULL: a key comes next */
    YamlPair *inner; /* the same, in a mapping in a sequence */
    bool in_list;   /* the value is a sequence */
    size_t item;    /* mappings of it that have ended */
    size_t documents;
} Reader;

static YamlMark mark(yaml_mark_t m)
{
    return (YamlMark){(uint32_t)m.line + 1, (uint32_t)m.column + 1};
}

static void stop(Reader *r, const char *problem, yaml_mark_t at)
{
    r->yaml->problem = problem;
    r->yaml->at = mark(at);
}

static void take_scalar(Reader *r, const yaml_event_t *e)
{
    r->yaml->is_empty = r->yaml->is_empty && !e->data.scalar.length;
    if (!r->yaml->is_mapping || r->depth > 4 || (r->depth >= 2 && !r->in_list))
        return;
    bool outer = r->depth <= 2;
    YamlPair **pair = outer ? &r->pair : &r->inner;
    Str text = str_copy(r->arena, (Str){(const char *)e->data.scalar.value, e->data.scalar.length});
    if (r->depth % 2 == 0) {
        if (*pair)
            *vec_push(&(*pair)->items, r->arena) = text;
    } else if (*pair) {
        (*pair)->value = text;
        *pair = NULL;
    } else {
        *pair = outer ? vec_push(&r->yaml->pairs, r->arena) : vec_push(&r->yaml->inner, r->arena);
        **pair = (YamlPair){.key = text, .mark = mark(e->start_mark), .item = outer ? 0 : r->item};
    }
}

static void open_collection(Reader *r, const yaml_event_t *e)
{
    bool is_list = e->type == YAML_SEQUENCE_START_EVENT;
    r->yaml->is_empty = false;
    if (r->depth == 0)
        r->yaml->is_mapping = !is_list;
    YamlPair *pair = r->depth == 1 ? r->pair : r->depth == 3 ? r->inner : NULL;
    if (pair)
        pair->is_mapping = !is_list;
    if (r->depth == 1 && r->yaml->is_mapping && !r->pair)
        stop(r, "a key must be a word", e->start_mark);
    if (r->depth == 1) {
        r->in_list = is_list;
        r->item = 0;
    }
    r->depth++;
}

static void close_collection(Reader *r, const yaml_event_t *e)
{
    (void)e;
    r->depth--;
    r->item += r->depth == 2;
    if (r->depth <= 3)
        r->inner = NULL;
    if (r->depth == 1)
        r->pair = NULL;
}

static void open_document(Reader *r, const yaml_event_t *e)
{
    if (++r->documents > 1)
        stop(r, "a second document begins", e->start_mark);
}

static void refuse_alias(Reader *r, const yaml_event_t *e)
{
    stop(r, "aliases are not used here; put quotes around a text that begins with *", e->start_mark);
}

static void (*const takers[])(Reader *, const yaml_event_t *) = {
    [YAML_DOCUMENT_START_EVENT] = open_document,
    [YAML_ALIAS_EVENT] = refuse_alias,
    [YAML_SCALAR_EVENT] = take_scalar,
    [YAML_SEQUENCE_START_EVENT] = open_collection,
    [YAML_SEQUENCE_END_EVENT] = close_collection,
    [YAML_MAPPING_START_EVENT] = open_collection,
    [YAML_MAPPING_END_EVENT] = close_collection,
};

/* libyaml's own words are constants. */
static void stop_at_error(Reader *r, const yaml_parser_t *p)
{
    if (p->error == YAML_MEMORY_ERROR)
        out_of_memory();
    stop(r, p->problem ? p->problem : "not YAML", p->problem_mark);
}

static void read_events(Reader *r, yaml_parser_t *p)
{
    bool more = true;
    while (more && !r->yaml->problem) {
        yaml_event_t e;
        if (!yaml_parser_parse(p, &e)) {
            stop_at_error(r, p);
            return;
        }
        if (e.type < COUNT(takers) && takers[e.type])
            takers[e.type](r, &e);
        more = e.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&e);
    }
}

static bool is_bomb(Str text)
{
    size_t brackets = 0;
    for (size_t i = 0; i < text.n; i++)
        brackets += text.at[i] == '[' || text.at[i] == '{';
    return brackets > MOST_BRACKETS;
}

Yaml yaml_read(Str text, Arena *a)
{
    Yaml yaml = {.is_empty = true};
    if (is_bomb(text)) {
        yaml.problem = "there are more than 1000 brackets";
        yaml.at = (YamlMark){1, 1};
        return yaml;
    }
    Reader r = {.arena = a, .yaml = &yaml};
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        out_of_memory();
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.at, text.n);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    read_events(&r, &parser);
    yaml_parser_delete(&parser);
    return yaml;
}

uint32_t yaml_column(Str line, uint32_t characters)
{
    size_t i = 0, n = 0;
    for (uint32_t c = 1; c < characters && i < line.n; c++, i += n)
        utf8_at(line, i, &n);
    return (uint32_t)i + 1;
}
