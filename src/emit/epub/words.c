/*
 * words.c -- a row for each language.
 */
#include "emit/epub/words.h"

#include "base/utf8.h"

enum { LABEL_COLUMNS = 80 }; /* two lines on a telephone */
enum { MOST_OF_A_COLUMN = 8 }; /* characters: some have no width, and any number of them */

static const Words languages[] = {
    {
        .language = "zh",
        .cover = STR_INIT("封面"),
        .title_page = STR_INIT("书名页"),
        .colophon = STR_INIT("版本信息"),
        .contents = STR_INIT("目录"),
        .text = STR_INIT("正文"),
        .untitled = STR_INIT("无题"),
        .questions = STR_INIT("题数 "),
        .missing = STR_INIT("待补 "),
        .unanswered = STR_INIT("待补"),
        .see = STR_INIT("，见："),
        .see_also = STR_INIT("另见："),
        .self_test = STR_INIT("自测"),
        .answers = STR_INIT("自测答案"),
        .answer = STR_INIT("答"),
        .question = STR_INIT("题"),
        .whole = STR_INIT("全文见正文"),
        .index = STR_INIT("索引"),
        .places = STR_INIT("　"),
        .next_page = STR_INIT("；"),
        .and = STR_INIT("、"),
        .role = {
#define RELATOR(code, chinese, english) STR_INIT(chinese),
#include "model/relator.def"
#undef RELATOR
        },
        .part = {[PART_HINT] = STR_INIT("提示"), [PART_ANSWER] = STR_INIT("答案"),
                 [PART_EXPLANATION] = STR_INIT("解析")},
        .source = STR_INIT("来源文件 "),
        .id = STR_INIT("标识 "),
        .date = STR_INIT("日期 "),
        .made = STR_INIT("制作 "),
        .summary = STR_INIT("全书为文字，按标题分章分题。"),
        .wordless = STR_INIT("有的图片没有文字说明。"),
    },
    {
        .language = "",
        .cover = STR_INIT("Cover"),
        .title_page = STR_INIT("Title page"),
        .colophon = STR_INIT("Colophon"),
        .contents = STR_INIT("Contents"),
        .text = STR_INIT("Text"),
        .untitled = STR_INIT("Untitled"),
        .questions = STR_INIT("Questions: "),
        .missing = STR_INIT("Unanswered: "),
        .unanswered = STR_INIT("To be answered"),
        .see = STR_INIT("; see "),
        .see_also = STR_INIT("See also: "),
        .self_test = STR_INIT("Self-test"),
        .answers = STR_INIT("Answers"),
        .answer = STR_INIT("Answer"),
        .question = STR_INIT("Question"),
        .whole = STR_INIT("The whole answer"),
        .index = STR_INIT("Index"),
        .places = STR_INIT(": "),
        .next_page = STR_INIT("; "),
        .and = STR_INIT(", "),
        .role = {
#define RELATOR(code, chinese, english) STR_INIT("(" english ")"),
#include "model/relator.def"
#undef RELATOR
        },
        .part = {[PART_HINT] = STR_INIT("Hint"), [PART_ANSWER] = STR_INIT("Answer"),
                 [PART_EXPLANATION] = STR_INIT("Explanation")},
        .source = STR_INIT("Source files: "),
        .id = STR_INIT("Identifier: "),
        .date = STR_INIT("Date: "),
        .made = STR_INIT("Made with "),
        .summary = STR_INIT("The text is divided by headings into chapters and questions."),
        .wordless = STR_INIT(" Some pictures have no text that describes them."),
    },
};

const Words *words_of(const Book *b)
{
    size_t i = 0;
    while (!str_starts_nocase(b->config.language, str_of(languages[i].language)))
        i++;
    return &languages[i];
}

void words_number(Buf *out, Str number)
{
    size_t digits = 0;
    while (digits < number.n && is_digit(number.at[digits]))
        digits++;
    bool han = number.n && utf8_is_han(utf8_before(number, number.n));
    buf_put(out, number);
    if (number.n)
        buf_put(out, digits == number.n ? STR(". ") : han ? STR("、") : STR(" "));
}

Str words_cut(Str s, size_t columns)
{
    size_t width = 0, end = utf8_take(s, columns * MOST_OF_A_COLUMN).n;
    for (size_t i = 0, n; i < end; i += n) {
        utf8_at(s, i, &n);
        width += utf8_width((Str){s.at + i, n});
        if (width > columns)
            return str_take(s, i);
    }
    return str_take(s, end);
}

Str words_or_untitled(const Words *w, Str title)
{
    return utf8_is_blank(title) ? w->untitled : title;
}

Str words_label(const Words *w, Str number, Str title, Arena *a)
{
    Buf b = {.arena = a};
    words_number(&b, number);
    Str cut = words_cut(title, LABEL_COLUMNS);
    buf_put(&b, cut);
    buf_put(&b, cut.n < title.n ? STR("…") : STR(""));
    return words_or_untitled(w, str_trim(buf_str(&b)));
}
