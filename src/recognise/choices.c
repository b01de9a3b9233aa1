/*
 * choices.c -- one walk down the lines, counting letters.
 */
#include "recognise/choices.h"

#include "recognise/label.h"

static Str without_bullet(Str line)
{
    Str text = str_trim(line);
    line_eat_bullet(&text);
    return text;
}

/* The letter of the option at the front of `text`, taken off with its mark; 0 for none. */
static char eat_letter(Str *text)
{
    static const char *const marks[] = {".", "、", ")", "）", ":", "：", "．"};
    Str s = *text;
    str_eat(&s, STR("**"));
    char letter = s.n && s.at[0] >= 'A' && s.at[0] <= 'H' ? s.at[0] : 0;
    s = str_drop(s, 1);
    str_eat(&s, STR("**"));
    for (size_t i = 0; letter && i < COUNT(marks); i++)
        if (str_eat(&s, str_of(marks[i])) && !str_starts(s, STR(":")) && !str_starts(s, STR("="))) {
            *text = s;
            return letter;
        }
    return 0;
}

/* The last letter that counts on from `letter` on one line: `A. 甲  B. 乙`. */
static char last_letter(Str rest, char letter)
{
    for (size_t i = 1; i < rest.n; i++) {
        Str option = str_drop(rest, i);
        if (is_blank(rest.at[i - 1]) && option.at[0] == letter + 1 && eat_letter(&option))
            letter++;
    }
    return letter;
}

bool choice_letters(Str line)
{
    Str text = str_trim(line);
    size_t letters = 0, n;
    while (text.n) {
        n = text.at[0] >= 'A' && text.at[0] <= 'H' ? 1 : 0;
        letters += n;
        size_t wide = str_starts(text, STR("、")) || str_starts(text, STR("，")) ? 3 : 0;
        n = n ? n : text.at[0] == ',' || text.at[0] == ' ' ? 1 : wide;
        if (!n)
            return false;
        text = str_drop(text, n);
    }
    return letters > 0 && letters <= 8;
}

uint32_t choice_box(Str line, bool *checked)
{
    Str text = without_bullet(line);
    *checked = str_eat(&text, STR("[x] ")) || str_eat(&text, STR("[X] "));
    bool box = (*checked || str_eat(&text, STR("[ ] "))) && str_trim(text).n;
    return box ? (uint32_t)(str_trim(text).at - line.at) : 0;
}

/* Boxes from `line` on; at least one is checked and one is not. */
static bool read_boxes(const Source *s, uint32_t line, uint32_t to, Choices *c)
{
    uint32_t count = 0, right = 0, first = line;
    bool checked;
    for (; line <= to && choice_box(source_line(s, line), &checked); line++) {
        count++;
        right += checked;
    }
    *c = (Choices){first, line - 1, true};
    return right && right < count;
}

/* Whether a line that is no option goes on with the one above: with no blank line, or a fence. */
static bool goes_on(Str text, uint8_t state, bool near)
{
    Label label;
    if (state == LINE_FENCE || state == LINE_CODE)
        return true;
    return near && state == LINE_TEXT && !choice_letters(text) && text.at[0] != '<' && text.at[0] != '#'
        && !label_read(text, false, &label);
}

bool choices_find(const Source *s, const uint8_t *states, uint32_t from, uint32_t to, Choices *c)
{
    char letter = 0; /* the last one */
    bool open = false;
    bool begins_box = true;
    for (uint32_t line = from; line <= to; line++) {
        Str text = without_bullet(source_line(s, line));
        bool plain = states[line - 1] == LINE_TEXT, checked;
        char next = plain ? eat_letter(&text) : 0;
        if (plain && begins_box && !letter && read_boxes(s, line, to, c))
            return true;
        begins_box = !plain || !choice_box(source_line(s, line), &checked);
        if (next == 'A' && letter > 'A')
            break;
        if (next && (next == 'A' || (letter && (next == letter || next == letter + 1)))) {
            c->from = next == 'A' ? line : c->from;
            c->to = line;
            letter = last_letter(text, next);
            open = true;
        } else if (line_speaks(states[line - 1]) && open) {
            open = goes_on(text, states[line - 1], line == c->to + 1);
            c->to = open ? line : c->to;
        }
    }
    c->boxes = false;
    return letter > 'A';
}

bool choices_asked(Str question)
{
    static const char *const signs[] = {
        "（）", "（ ）", "（  ）", "（　）", "()", "( )", "(  )", "___", "下列", "以下", "哪个", "哪一", "哪项",
        "哪些", "正确的是", "错误的是", "选择", "单选", "多选", "which ", "Which ",
    };
    for (size_t i = 0; i < COUNT(signs); i++)
        if (str_find(question, str_of(signs[i])) != STR_NONE)
            return true;
    return false;
}
