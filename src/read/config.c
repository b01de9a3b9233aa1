/*
 * config.c -- deckbind.yaml: its syntax is looked at through yaml.h, which knows
 * places; its types by libcyaml and a schema; its values by value.h.  The only
 * module that knows libcyaml.
 *
 * libcyaml reports the place where its parser stood before the trouble, and the
 * reason and the backtrace in separate calls, innermost first.  So the reason is
 * kept, and the place is that of the key which the calls name.
 */
#include "read/config.h"

#include "base/file.h"
#include "base/utf8.h"
#include "read/value.h"
#include "read/yaml.h"

#include <cyaml/cyaml.h>

enum { LARGEST = 256 * 1024 };

typedef struct Loaded {
#define CONFIG(key, kind) char *key;
#include "read/config.def"
#undef CONFIG
    char **outputs;
    uint32_t outputs_count;
    char **subjects;
    uint32_t subjects_count;
    struct LoadedRule *files;
    uint32_t files_count;
    struct LoadedCreator *creators;
    uint32_t creators_count;
} Loaded;

typedef struct LoadedRule {
    char *match, *entry, *ignore;
} LoadedRule;

typedef struct LoadedCreator {
    char *name, *role, *file_as;
} LoadedCreator;

enum { MAY_BE_EMPTY = CYAML_FLAG_POINTER_NULL_STR | CYAML_FLAG_OPTIONAL };

static const cyaml_schema_value_t word = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED)};

static const cyaml_schema_field_t rule_fields[] = {
    CYAML_FIELD_STRING_PTR("match", CYAML_FLAG_POINTER, LoadedRule, match, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("entry", MAY_BE_EMPTY, LoadedRule, entry, 0, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("ignore", MAY_BE_EMPTY, LoadedRule, ignore, 0, CYAML_UNLIMITED),
    CYAML_FIELD_IGNORE("repairs", CYAML_FLAG_OPTIONAL), /* a word or a list: see take_repairs */
    CYAML_FIELD_END};

static const cyaml_schema_value_t rule = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, LoadedRule, rule_fields)};

static const cyaml_schema_field_t creator_fields[] = {
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, LoadedCreator, name, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("role", MAY_BE_EMPTY, LoadedCreator, role, 0, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("file_as", MAY_BE_EMPTY, LoadedCreator, file_as, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END};

static const cyaml_schema_value_t creator = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, LoadedCreator, creator_fields)};

static const cyaml_schema_field_t schema_fields[] = {
#define CONFIG(key, kind) \
    CYAML_FIELD_STRING_PTR(#key, MAY_BE_EMPTY, Loaded, key, 0, CYAML_UNLIMITED),
#include "read/config.def"
#undef CONFIG
    CYAML_FIELD_SEQUENCE("outputs", MAY_BE_EMPTY, Loaded, outputs, &word, 0, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("subjects", MAY_BE_EMPTY, Loaded, subjects, &word, 0, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("files", CYAML_FLAG_POINTER_NULL | CYAML_FLAG_OPTIONAL, Loaded, files, &rule, 0,
                         CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("creators", CYAML_FLAG_POINTER_NULL | CYAML_FLAG_OPTIONAL, Loaded, creators,
                         &creator, 0, CYAML_UNLIMITED),
    CYAML_FIELD_IGNORE("repairs", CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_END};

static const cyaml_schema_value_t schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, Loaded, schema_fields)};

static const struct {
    Str key;
    const ValueKind *kind;
    size_t loaded, config; /* offsets */
} keys[] = {
#define CONFIG(key, kind) \
    {STR_INIT(#key), &value_##kind, offsetof(Loaded, key), offsetof(Config, key)},
#include "read/config.def"
#undef CONFIG
};

typedef struct Reader {
    Str file, text;
    Arena *arena;
    Diags *diags;
    Yaml yaml;
    Str reason, backtrace; /* what libcyaml said */
} Reader;

/* Raise it at `at`; line 0 is the whole file. */
__attribute__((format(printf, 3, 4)))
static bool refuse(const Reader *r, YamlMark at, const char *format, ...)
{
    Place place = {.file = r->file, .line = at.line};
    Str rest = r->text;
    for (uint32_t i = 0; i < at.line; i++)
        place.text = str_cut(&rest, '\n');
    if (at.line)
        place.column = yaml_column(place.text, at.column);
    Buf words = {.arena = r->arena};
    va_list args;
    va_start(args, format);
    buf_vprintf(&words, format, args);
    va_end(args);
    diag(r->diags, D_CONFIG_INVALID, place, "%s", buf_str(&words).at);
    return false;
}

static YamlMark key_mark(const Reader *r, Str key)
{
    for (size_t i = r->yaml.pairs.n; i-- > 0;)
        if (str_eq(r->yaml.pairs.at[i].key, key))
            return r->yaml.pairs.at[i].mark;
    return (YamlMark){0};
}

/* The reason comes first; the rest says where. */
__attribute__((format(printf, 3, 0)))
static void listen(cyaml_log_t level, void *context, const char *format, va_list args)
{
    (void)level;
    Reader *r = context;
    Buf b = {.arena = r->arena};
    buf_vprintf(&b, format, args);
    Str line = str_trim(buf_str(&b));
    str_eat(&line, STR("Load: "));
    if (!r->reason.n)
        r->reason = line;
    else if (str_starts(line, STR("in mapping field '")))
        r->backtrace = line; /* the last is the outermost, which has a key of ours */
}

/* The key that libcyaml complains of. */
static Str blamed(const Reader *r)
{
    Str key = r->reason, rest = r->backtrace;
    if (str_eat(&key, STR("Unexpected key: ")) || str_eat(&key, STR("Mapping field already seen: ")))
        return key;
    str_cut(&rest, '\'');
    return str_cut(&rest, '\'');
}

static bool check_type(const Reader *r, cyaml_err_t error)
{
    if (error == CYAML_OK)
        return true;
    if (error == CYAML_ERR_OOM)
        out_of_memory();
    Str key = blamed(r);
    YamlMark at = key_mark(r, key);
    if (!at.line)
        at.line = 1;
    Str reason = r->reason.n ? r->reason : str_of(cyaml_strerror(error));
    if (key.n && str_ends(reason, key))
        key.n = 0; /* it is said already */
    return refuse(r, at, "%.*s%s%.*s", STR_ARG(key), key.n ? ": " : "", STR_ARG(reason));
}

/* The whole value: what libcyaml loads ends at a NUL. */
static Str written(const Reader *r, Str key)
{
    for (size_t i = 0; i < r->yaml.pairs.n; i++)
        if (str_eq(r->yaml.pairs.at[i].key, key))
            return str_trim(r->yaml.pairs.at[i].value);
    return STR("");
}

/* What is not wanted: all that is not named. */
static bool take_repairs(const Reader *r, const YamlPair *pair, RepairSet *off)
{
    RepairSet set = REPAIR_NONE;
    Str bad = {0};
    if (pair->value.n && !repair_add(&set, pair->value))
        bad = pair->value;
    for (size_t i = 0; i < pair->items.n && !bad.n; i++)
        if (!repair_add(&set, pair->items.at[i]))
            bad = pair->items.at[i].n ? pair->items.at[i] : STR("''");
    if (pair->is_mapping)
        bad = STR("keys with values");
    if (bad.n)
        return refuse(r, pair->mark, "repairs must be of %s, not %.*s", repair_names, STR_ARG(bad));
    if (pair->value.n || pair->items.n)
        *off = REPAIR_ALL & ~set;
    return true;
}

/* Those of the whole book, then those of its rules, which begin with the same. */
static bool take_all_repairs(const Reader *r, Config *config)
{
    for (size_t i = 0; i < r->yaml.pairs.n; i++)
        if (str_eq(r->yaml.pairs.at[i].key, STR("repairs"))
            && !take_repairs(r, &r->yaml.pairs.at[i], &config->repairs_off))
            return false;
    for (size_t i = 0; i < config->files.n; i++)
        config->files.at[i].repairs_off = config->repairs_off;
    for (size_t i = 0; i < r->yaml.inner.n; i++) {
        const YamlPair *pair = &r->yaml.inner.at[i];
        if (str_eq(pair->key, STR("repairs")) && pair->item < config->files.n
            && !take_repairs(r, pair, &config->files.at[pair->item].repairs_off))
            return false;
    }
    return true;
}

/* libcyaml takes any word for true. */
static bool take_rules(const Reader *r, const Loaded *loaded, Config *config)
{
    for (uint32_t i = 0; i < loaded->files_count; i++) {
        const LoadedRule *from = &loaded->files[i];
        Str ignore = from->ignore ? str_of(from->ignore) : STR("false");
        FileRule *to = vec_push(&config->files, r->arena);
        to->match = str_copy(r->arena, str_of(from->match));
        to->entry = from->entry ? str_copy(r->arena, str_of(from->entry)) : STR("");
        to->ignore = str_eq(ignore, STR("true"));
        if (!to->ignore && !str_eq(ignore, STR("false")))
            return refuse(r, key_mark(r, STR("files")), "ignore must be true or false, not %.*s",
                          STR_ARG(ignore));
    }
    return true;
}

/* The types are right: what the pairs of other lists are called, no creator has. */
static bool take_creator(const Reader *r, const YamlPair *pair, Creator *to)
{
    static const struct {
        Str key;
        const ValueKind *kind;
        size_t at;
    } fields[] = {
        {STR_INIT("name"), &value_line, offsetof(Creator, name)},
        {STR_INIT("role"), &value_role, offsetof(Creator, role)},
        {STR_INIT("file_as"), &value_line, offsetof(Creator, file_as)},
    };
    Str value = str_trim(pair->value);
    for (size_t i = 0; i < COUNT(fields) && value.n; i++) {
        if (!str_eq(pair->key, fields[i].key))
            continue;
        if (!fields[i].kind->holds(value))
            return refuse(r, pair->mark, "%s must be %s", fields[i].key.at, fields[i].kind->wanted);
        *(Str *)((char *)to + fields[i].at) = str_copy(r->arena, value);
    }
    return true;
}

static bool take_creators(const Reader *r, const Loaded *loaded, Config *config)
{
    for (uint32_t i = 0; i < loaded->creators_count; i++)
        *vec_push(&config->creators, r->arena) = (Creator){0};
    for (size_t i = 0; i < r->yaml.inner.n; i++) {
        const YamlPair *pair = &r->yaml.inner.at[i];
        if (pair->item < config->creators.n
            && !take_creator(r, pair, &config->creators.at[pair->item]))
            return false;
    }
    return true;
}

static bool take_subjects(const Reader *r, Config *config)
{
    for (size_t i = 0; i < r->yaml.pairs.n; i++) {
        const YamlPair *pair = &r->yaml.pairs.at[i];
        for (size_t k = 0; k < pair->items.n && str_eq(pair->key, STR("subjects")); k++) {
            Str subject = str_trim(pair->items.at[k]);
            if (!value_line.holds(subject))
                return refuse(r, pair->mark, "each of subjects must be %s", value_line.wanted);
            *vec_push(&config->subjects, r->arena) = str_copy(r->arena, subject);
        }
    }
    return true;
}

static bool take_values(const Reader *r, const Loaded *loaded, Config *config)
{
    for (size_t i = 0; i < COUNT(keys); i++) {
        const char *given = *(char *const *)((const char *)loaded + keys[i].loaded);
        Str value = given ? written(r, keys[i].key) : STR("");
        if (value.n && !keys[i].kind->holds(value))
            return refuse(r, key_mark(r, keys[i].key), "%s must be %s", keys[i].key.at,
                          keys[i].kind->wanted);
        if (value.n)
            *(Str *)((char *)config + keys[i].config) = str_copy(r->arena, value);
    }
    for (uint32_t i = 0; i < loaded->outputs_count; i++)
        *vec_push(&config->outputs, r->arena) = str_copy(r->arena, str_of(loaded->outputs[i]));
    if (config->series_index.n && !config->series.n)
        return refuse(r, key_mark(r, STR("series_index")), "series_index goes with a series");
    return take_rules(r, loaded, config) && take_all_repairs(r, config)
        && take_creators(r, loaded, config) && take_subjects(r, config);
}

static bool load(Reader *r, Config *config)
{
    cyaml_config_t settings = {.log_fn = listen,
                               .log_ctx = r,
                               .mem_fn = cyaml_mem,
                               .log_level = CYAML_LOG_ERROR,
                               .flags = CYAML_CFG_NO_ALIAS};
    cyaml_data_t *data = NULL;
    cyaml_err_t error = cyaml_load_data((const uint8_t *)r->text.at, r->text.n, &settings, &schema,
                                        &data, NULL);
    bool ok = check_type(r, error) && (!data || take_values(r, data, config));
    cyaml_free(&settings, &schema, data, 0);
    return ok;
}

/* The place of the first byte that is no UTF-8; libyaml would not tell the line. */
static bool check_utf8(const Reader *r)
{
    size_t bad = utf8_valid(r->text);
    if (bad == r->text.n)
        return true;
    YamlMark at = {1, 1};
    for (size_t i = 0, n; i < bad; i += n, at.column++)
        if (utf8_at(r->text, i, &n) == '\n')
            at = (YamlMark){at.line + 1, 0};
    return refuse(r, at, "a byte that is no UTF-8");
}

bool config_read(const char *path, Config *config, Arena *a, Diags *d)
{
    Reader r = {.file = str_of(path), .arena = a, .diags = d};
    if (!file_read(path, a, &r.text, d))
        return false;
    str_eat(&r.text, STR("\xEF\xBB\xBF"));
    if (r.text.n > LARGEST)
        return refuse(&r, (YamlMark){0}, "it is larger than 256 KiB");
    if (!check_utf8(&r))
        return false;
    r.yaml = yaml_read(r.text, a);
    if (r.yaml.problem)
        return refuse(&r, r.yaml.at, "%s", r.yaml.problem);
    return r.yaml.is_empty || load(&r, config);
}
