/*
 * notice.c -- a collection of schema 11 with one note of a type of its own.
 *
 * Without it an old client would fail over the package, or take it for damaged.
 */
#include "emit/apkg/notice.h"

#include "emit/apkg/decks.h"
#include "emit/apkg/field.h"
#include "emit/apkg/models.h"
#include "emit/apkg/settings.h"

#define WORDS "请把 Anki 更新到最新版本，再导入这个文件。<br>Please update Anki, then import this file again."

static const FieldType fields[] = {{2791650483126590, "Front", false}, {1830462759104833, "Back", false}};

static const Template templates[] = {{
    3360915274816402, "Card 1", "{{Front}}", "{{FrontSide}}\n<hr id=answer>\n{{Back}}", "", "", {0, -1},
}};

static const NoteType type = {
    1722830517046, "Deckbind 提示", false, fields, COUNT(fields), templates, COUNT(templates), 0,
};

static const int64_t NOTE = 1500000000000; /* a date, as in writer.c */

static void write_about(Collection *c, int64_t time)
{
    Arena scratch = {0};
    DatedType dated = {&type, STR(".card { font-size: 20px; text-align: center; }"), time};
    Buf conf = {.arena = &scratch}, models = {.arena = &scratch}, decks = {.arena = &scratch};
    settings_put(&conf, 1);
    models_put(&models, &dated, 1);
    decks_put(&decks, &(Decks){0}, time);
    collection_about(c, &(About){
        .time = time, .conf = buf_str(&conf), .models = buf_str(&models),
        .decks = buf_str(&decks), .presets = str_of(preset_json)});
    arena_free(&scratch);
}

void notice_write(Collection *c, int64_t time)
{
    Arena scratch = {0};
    Buf sort = {.arena = &scratch};
    field_strip(&sort, STR(WORDS));
    collection_open(c, SCHEMA_11, NULL);
    write_about(c, time);
    collection_note(c, &(NoteRow){
        .id = NOTE, .type = type.id, .time = time, .guid = STR("deckbind-notice"), .tags = STR(""),
        .fields = STR(WORDS "\x1F"), .sort = buf_str(&sort), .checksum = field_checksum(buf_str(&sort))});
    collection_card(c, &(CardRow){
        .id = NOTE, .note = NOTE, .deck = first_deck.id, .time = time, .position = 1});
    arena_free(&scratch);
}
