/*
 * test_foreign.c -- note types that were read: which fields make their cards, and that
 * they are written without what is not known.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/json.h"
#include "emit/apkg/foreign.h"
#include "emit/apkg/latest.h"

/* As the reader would have it. */
static ReadType read_type(const NoteType *type, Arena *a)
{
    ReadType read = {.id = type->id, .name = str_of(type->name), .cloze = type->cloze};
    for (size_t i = 0; i < type->field_count; i++)
        *vec_push(&read.fields, a) = str_of(type->fields[i].name);
    for (size_t i = 0; i < type->template_count; i++)
        *vec_push(&read.templates, a) = (ReadTemplate){
            str_of(type->templates[i].name), str_of(type->templates[i].front), str_of(type->templates[i].back)};
    return read;
}

static void our_own_types_come_back(void **state)
{
    (void)state;
    Arena a = {0};
    for (size_t i = 0; i < NOTE_TYPES; i++) {
        const NoteType *own = note_types[i];
        ReadType read = read_type(own, &a);
        const NoteType *copy = foreign_type(&read, &a);
        assert_true(copy->id == own->id && copy->cloze == own->cloze);
        assert_string_equal(copy->name, own->name);
        assert_int_equal(copy->field_count, own->field_count);
        for (size_t k = 0; k < own->field_count; k++)
            assert_string_equal(copy->fields[k].name, own->fields[k].name);
        assert_int_equal(copy->template_count, own->template_count);
        for (size_t k = 0; k < own->template_count; k++) {
            const Template *got = &copy->templates[k], *want = &own->templates[k];
            assert_string_equal(got->name, want->name);
            assert_string_equal(got->front, want->front);
            assert_string_equal(got->back, want->back);
            for (size_t n = 0; n < 3 && (!n || want->needs[n - 1] >= 0); n++)
                assert_int_equal(got->needs[n], want->needs[n]);
        }
    }
    arena_free(&a);
}

static void a_front_tells_what_makes_a_card(void **state)
{
    (void)state;
    static const struct { const char *front; int needs[3]; } rows[] = {
        {"{{b}}", {1, -1}},
        {"{{ b }}", {1, -1}},
        {"{{type:cloze:c}}", {2, -1}},
        {"{{#a}}{{c}}{{/a}}", {0, 2, -1}},
        {"{{#c}}{{a}}{{/c}}", {0, 2, -1}},
        {"{{#a}}{{#c}}x{{/c}}{{b}}{{/a}}", {0, 1, -1}},
        {"{{#a}}{{#a}}{{b}}{{/a}}{{/a}}", {0, 1, -1}},
        {"{{#a}}{{b}}{{/a}}{{c}}", {2, -1}},
        {"{{#a}}{{#b}}{{c}}{{b}}{{/b}}{{/a}}", {0, 1, -1}},
        {"{{^a}}{{b}}{{/a}}{{#b}}{{c}}{{/b}}", {1, 2, -1}},
        {"{{#Tags}}{{b}}{{/Tags}}{{c}}", {2, -1}},
        {"{{/a}}{{b}}", {1, -1}},
        {"{{#a}}{{#b}}{{#c}}{{d}}{{/c}}{{/b}}{{/a}}", {0, -1}}, /* more than two: the first will do */
        {"{{#1}}{{#2}}{{#3}}{{#4}}{{#5}}{{#6}}{{#7}}{{#8}}{{#9}}{{b}}", {0, -1}},
        {"{{FrontSide}} {{Deck}}", {0, -1}},
        {"no field", {0, -1}},
        {"{{b", {0, -1}},
        {"{{}}{{:}}{{#}}{{/}}{{", {0, -1}},
        {"", {0, -1}},
    };
    Arena a = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        ReadType type = {.id = 1, .name = STR("t")};
        for (const char *name = "abcd"; *name; name++)
            *vec_push(&type.fields, &a) = (Str){name, 1};
        *vec_push(&type.templates, &a) = (ReadTemplate){STR("c"), str_of(rows[i].front), STR("")};
        const int *needs = foreign_type(&type, &a)->templates[0].needs;
        for (size_t n = 0; n < 3 && (!n || rows[i].needs[n - 1] >= 0); n++)
            if (needs[n] != rows[i].needs[n])
                fail_msg("%s: need %zu is %d, not %d", rows[i].front, n, needs[n], rows[i].needs[n]);
    }
    arena_free(&a);
}

/* latest.c writes the number of a needed field as one byte. */
static void a_late_field_is_never_needed(void **state)
{
    (void)state;
    Arena a = {0};
    ReadType type = {.id = 1, .name = STR("t")};
    for (int i = 0; i < 200; i++) {
        Buf name = {.arena = &a};
        buf_printf(&name, "f%d", i);
        *vec_push(&type.fields, &a) = buf_str(&name);
    }
    *vec_push(&type.templates, &a) = (ReadTemplate){STR("x"), STR("{{f128}}"), STR("")};
    *vec_push(&type.templates, &a) = (ReadTemplate){STR("y"), STR("{{f127}}"), STR("")};
    const NoteType *copy = foreign_type(&type, &a);
    assert_int_equal(copy->field_count, 200);
    assert_int_equal(copy->templates[0].needs[0], 0);
    assert_int_equal(copy->templates[1].needs[0], 127);
    arena_free(&a);
}

static const char foreign_front[] = "{{正面}}";

static ReadType small_type(Arena *a)
{
    ReadType type = {.id = 1600000000001, .time = 1700000000, .name = STR("基础"), .style = STR(".card {}")};
    *vec_push(&type.fields, a) = STR("正面");
    *vec_push(&type.fields, a) = STR("背面");
    *vec_push(&type.templates, a) = (ReadTemplate){STR("卡片"), str_of(foreign_front), STR("{{背面}}")};
    return type;
}

static void json_has_no_ids_that_are_not_known(void **state)
{
    (void)state;
    Arena a = {0};
    Buf b = {.arena = &a};
    ReadType read = small_type(&a);
    DatedType types[] = {{foreign_type(&read, &a), read.style, 0}, {&note_type_cloze, STR(""), 7}};
    models_put(&b, types, COUNT(types));
    Json *all = json_read(buf_str(&b));
    assert_non_null(all);
    Json *theirs = json_member(all, "1600000000001"), *ours = json_member(all, "1719366149284");
    assert_int_equal(json_number(json_member(theirs, "mod")), 0);
    assert_true(str_eq(json_text(json_member(theirs, "css")), read.style));
    static const char *const lists[] = {"flds", "tmpls"};
    for (size_t i = 0; i < COUNT(lists); i++) {
        JsonItems unknown = json_items(json_member(theirs, lists[i]), &a);
        JsonItems known = json_items(json_member(ours, lists[i]), &a);
        assert_int_equal(unknown.n, i ? 1 : 2);
        for (size_t k = 0; k < unknown.n; k++)
            assert_null(json_member(unknown.at[k].value, "id"));
        for (size_t k = 0; k < known.n; k++)
            assert_true(json_number(json_member(known.at[k].value, "id")) > 0);
    }
    json_free(all);
    arena_free(&a);
}

static void tables_have_no_ids_that_are_not_known(void **state)
{
    (void)state;
    Arena a = {0};
    ReadType read = small_type(&a);
    DatedType types[] = {{foreign_type(&read, &a), read.style, 0}, {&note_type_cloze, STR(""), 7}};
    Collection c;
    collection_open(&c, SCHEMA_18, NULL);
    latest_put(&c, &(Decks){0}, types, COUNT(types), 0, 7);
    /* The key of field 9, and of 8, as a number: what an id would begin with. */
    static const char with_id[] =
        "SELECT (SELECT count(*) FROM fields WHERE ntid = 1600000000001 AND instr(config, x'48'))"
        " + (SELECT count(*) FROM templates WHERE ntid = 1600000000001 AND instr(config, x'40'))";
    assert_int_equal(database_ask(&c.db, with_id), 0);
    assert_int_equal(database_ask(&c.db, "SELECT count(*) FROM fields WHERE instr(config, x'48')"), 7);
    assert_int_equal(database_ask(&c.db, "SELECT count(*) FROM templates WHERE instr(config, x'40')"), 1);
    assert_int_equal(database_ask(&c.db, "SELECT count(*) FROM fields WHERE ntid = 1600000000001"), 2);
    assert_null(database_why(&c.db));
    collection_close(&c);
    arena_free(&a);
}

/* Every collection has types of the same few names; Anki's table takes each but once, whatever its case. */
static void types_of_one_name_are_parted(void **state)
{
    (void)state;
    Arena a = {0};
    static const char *const names[] = {"基础", "Basic", "basic", "BASIC", "basic 4", "Deckbind 填空"};
    DatedType types[COUNT(names) + 1] = {{&note_type_cloze, STR(""), 7}};
    for (size_t i = 0; i < COUNT(names); i++) {
        ReadType read = small_type(&a);
        read.id = (int64_t)i + 2;
        read.name = str_of(names[i]);
        types[i + 1] = (DatedType){foreign_type(&read, &a), STR(""), 0};
    }
    foreign_part_names(types, COUNT(types), &a);
    assert_ptr_equal(types[0].type, &note_type_cloze);
    assert_string_equal(types[1].type->name, "基础");
    assert_string_equal(types[2].type->name, "Basic");
    Collection c;
    collection_open(&c, SCHEMA_18, NULL);
    latest_put(&c, &(Decks){0}, types, COUNT(types), 0, 7);
    assert_null(database_why(&c.db));
    assert_int_equal(database_ask(&c.db, "SELECT count(*) FROM notetypes"), COUNT(types));
    collection_close(&c);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_own_types_come_back),
        cmocka_unit_test(a_front_tells_what_makes_a_card),
        cmocka_unit_test(a_late_field_is_never_needed),
        cmocka_unit_test(json_has_no_ids_that_are_not_known),
        cmocka_unit_test(tables_have_no_ids_that_are_not_known),
        cmocka_unit_test(types_of_one_name_are_parted),
    };
    return cmocka_run_group_tests_name("foreign", tests, NULL, NULL);
}
