/*
 * settings.c -- Anki's own defaults, which importers want to find and hardly read.
 */
#include "emit/apkg/settings.h"

/* An empty value is made: the place of the next new card. */
static const Setting settings[] = {
    {STR_INIT("activeDecks"), STR_INIT("[1]")},
    {STR_INIT("curDeck"), STR_INIT("1")},
    {STR_INIT("newSpread"), STR_INIT("0")},
    {STR_INIT("collapseTime"), STR_INIT("1200")},
    {STR_INIT("timeLim"), STR_INIT("0")},
    {STR_INIT("estTimes"), STR_INIT("true")},
    {STR_INIT("dueCounts"), STR_INIT("true")},
    {STR_INIT("curModel"), STR_INIT("1718525371355")}, /* note_type_question */
    {STR_INIT("nextPos"), STR_INIT("")},
    {STR_INIT("sortType"), STR_INIT("\"noteFld\"")},
    {STR_INIT("sortBackwards"), STR_INIT("false")},
    {STR_INIT("addToCur"), STR_INIT("true")},
    {STR_INIT("dayLearnFirst"), STR_INIT("false")},
    {STR_INIT("schedVer"), STR_INIT("2")},
    {STR_INIT("creationOffset"), STR_INIT("null")},
    {STR_INIT("sched2021"), STR_INIT("true")},
};

/* Importers of old versions copy it as it stands here. */
const char preset_json[] =
    "{\"1\":{\"id\":1,\"mod\":0,\"name\":\"Default\",\"usn\":0,\"maxTaken\":60,\"autoplay\":true,"
    "\"timer\":0,\"replayq\":true,\"new\":{\"bury\":false,\"delays\":[1.0,10.0],"
    "\"initialFactor\":2500,\"ints\":[1,4,0],\"order\":1,\"perDay\":20,\"separate\":true},"
    "\"rev\":{\"bury\":false,\"ease4\":1.3,\"ivlFct\":1.0,\"maxIvl\":36500,\"perDay\":200,"
    "\"hardFactor\":1.2,\"fuzz\":0.05,\"minSpace\":1},\"lapse\":{\"delays\":[10.0],"
    "\"leechAction\":1,\"leechFails\":8,\"minInt\":1,\"mult\":0.0},\"dyn\":false}}";

/* DeckConfig.Config of deck_config.proto; 32-bit floats are little-endian after their key. */
static const char message[] =
    "\x0A\x08\0\0\x80\x3F\0\0\x20\x41"             /*  1 learn_steps: 1, 10 minutes */
    "\x12\x04\0\0\x20\x41"                         /*  2 relearn_steps: 10 */
    "\x48\x14\x50\xC8\x01"                         /*  9 new_per_day: 20; 10 reviews_per_day: 200 */
    "\x5D\0\0\x20\x40\x65\x66\x66\xA6\x3F"         /* 11 initial_ease: 2.5; 12 easy_multiplier: 1.3 */
    "\x6D\x9A\x99\x99\x3F\x7D\0\0\x80\x3F"         /* 13 hard_multiplier: 1.2; 15 interval_multiplier: 1 */
    "\x80\x01\x94\x9D\x02\x88\x01\x01"             /* 16 maximum_review_interval: 36500; 17 minimum_lapse: 1 */
    "\x90\x01\x01\x98\x01\x04"                     /* 18 graduating_interval_good: 1; 19 easy: 4 */
    "\xA8\x01\x01\xB0\x01\x08\xC0\x01\x3C";        /* 21 leech_action: tag; 22 threshold: 8; 24 seconds: 60 */

const Str preset_message = {message, sizeof message - 1};

SettingVec settings_make(size_t notes, Arena *a)
{
    SettingVec made = {0};
    for (size_t i = 0; i < COUNT(settings); i++) {
        Setting *s = vec_push(&made, a);
        *s = settings[i];
        Buf next = {.arena = a};
        if (!s->value.n) {
            buf_printf(&next, "%zu", notes + 1);
            s->value = buf_str(&next);
        }
    }
    return made;
}

void settings_put(Buf *b, size_t notes)
{
    SettingVec made = settings_make(notes, b->arena);
    for (size_t i = 0; i < made.n; i++)
        buf_printf(b, "%s\"%.*s\":%.*s", i ? "," : "{", STR_ARG(made.at[i].key), STR_ARG(made.at[i].value));
    buf_puts(b, "}");
}
