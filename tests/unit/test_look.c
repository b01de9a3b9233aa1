/*
 * test_look.c -- code of many languages, and text that is none.
 */
#include "read/block.h"
#include "read/block_parts.h"
#include "read/look.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

typedef struct Sample {
    const char *language, *text;
} Sample;

static const Sample code[] = {
    {"go", "func main() {\n\tx := 1 // 数一数，再说\n\n\tfmt.Println(x)\n}"},
    {"go", "type T struct {\n    a int //甲\n    b string\n}"},
    {"go", "v, ok := m[\"键\"]"},
    {"go", "for _, v := range in {\n\tout <- v\n}"},
    {"c", "#include <stdio.h>\n\nint main(void)\n{\n    puts(\"你好，世界\");\n    return 0;\n}"},
    {"", "hmap {\n    count // 个数\n    *buckets\n}"},
    {"java", "public class A {\n    private int x;\n\n    @Override\n    public int get() { return x; }\n}"},
    {"python", "import sys\n\ndef f(x):\n    # 加一\n    return x + 1\n\nprint(f(1))"},
    {"js", "const f = (a) => {\n  return a + 1;\n};\nconsole.log(f(1));"},
    {"rust", "fn main() {\n    let mut n = 1;\n    println!(\"{}\", n);\n}"},
    {"sql", "SELECT name, age FROM users WHERE age > 18 ORDER BY age;"},
    {"sql", "CREATE TABLE t (\n  id INT PRIMARY KEY,\n  name VARCHAR(20)\n);"},
    {"sh", "go build -ldflags=\"-s -w\" -o server main.go"},
    {"sh", "$ curl -s localhost:8080\n$ git push origin main"},
    {"sh", "docker run -d --name db \\\n  -p 3306:3306 mysql"},
    {"", "FROM golang:1.22\nWORKDIR /app\nRUN go build -o app\nCMD [\"./app\"]"},
    {"json", "{\n  \"名字\": \"张三\",\n  \"age\": 3\n}"},
    {"", "*p = 1;\n_x_ = *p + 2;"},
};

static const char *const text[] = {
    "make 只用于 slice、map、channel，返回的是 T 本身",
    "ch := make(chan int)    无缓冲的 channel 发送和接收需要同步.",
    "runtime.GC()、runtime.ReadMemStats()（会短暂 STW）。",
    "new(T) 返回指针",
    "Select the option that fits, and return to the list.",
    "git commit is a command that records what was staged",
    "If x == y holds, the two of them are the same.",
    "Size class = Span class / 2",
    "https://example.org/a?b=1&c=2",
    "TCP/IP",
    "B = 5",
    "pprof",
    "概览",
    "**重点**：a && b",
    "[link](https://example.org/f(x);)",
    "| a := 1 | b |",
    "{{c1::a::b}} && {{c2::c}}",
    "\\frac{a}{b} = \\sum_{i}",
    "Use for loops and if statements; they are simple.",
    "客户端发 FIN，进入 FIN_WAIT_1；服务端回 ACK;",
};

static const char *const text_in_fence[] = {
    "值传递会复制一份参数。\n地址传递（引用传递）传的是变量本身。",
    "标记-清扫\n标记-压缩\n引用计数",
    "errors.Is(err, fs.ErrNotExist) 沿着包装链找有没有这个值；errors.As(err, &e) 找第一个能赋给它的。",
    "分配步骤如下：\n    在 mcache 里找\n    没有则找 mcentral\n\ntype m struct {\n    a int\n}\n",
    "The first line is a sentence of its own.\nThe second line is one of the same kind.",
};

static const char *const code_in_fence[] = {
    "x := 1 // 数组的长度是类型的一部分，不能互相赋值\nfmt.Println(x) // 输出一",
    "mheap -- mcentral -- mcache",
    "浏览器 → 网关 → 服务",
    "┌────┐\n│ 客户端 │\n└────┘",
    "401\n |\n扫描失败了",
    "任务一\n  ↓\n发现一百个子目录\n  ↓\n结束",
    "+------+\n| 客户端 |\n+------+",
    "项目目录\n├── 配置文件目录\n└── 源代码目录",
    "if 还没扫描:\n    shade(ptr)\n*slot = ptr",
    "2024-01-01 12:00:00 ERROR [db] \"连接失败\" code=7",
    "FROM golang:1.22\nRUN go build ./...\nCMD [\"/app\"]",
    "-- 查询用户\nSELECT * FROM 用户 WHERE 年龄 > 18;",
    "panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 [running]:",
    "total 8\ndrwxr-xr-x 2 root root 4096 Jan 1 00:00 src",
    "server:\n  port: 8080\n  hosts: [a, b]",
    ".a {\n  color: red;\n}",
    "<p>中文</p>",
    "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b",
    "System.out.println(\"初始数据：\" + i);",
    "func f() {\n    输出()\n}",
};

static Node *parse(Arena *a, const char *note, Repairs *repairs)
{
    static References refs;
    LineVec lines = {0};
    Str rest = str_of(note);
    refs = (References){0};
    for (uint32_t number = 1; rest.n; number++)
        *vec_push(&lines, a) = (Line){str_cut(&rest, '\n'), number};
    Blocks b = {.arena = a, .refs = &refs, .lines = &lines, .tolerant = true,
                .wanted = REPAIR_ALL, .repairs = repairs};
    return blocks_parse(&b);
}

static const char *fenced(Arena *a, const char *inside, const char *tag)
{
    Buf b = {.arena = a};
    buf_printf(&b, "```%s\n%s\n```\n", tag, inside);
    return buf_str(&b).at;
}

static void bare_code_is_code(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(code); i++) {
        Arena a = {0};
        Repairs repairs = {0};
        Buf note = {.arena = &a};
        buf_printf(&note, "看这段：\n%s\n就是这样。\n", code[i].text);
        const Node *middle = parse(&a, buf_str(&note).at, &repairs)->first->next;
        assert_non_null(middle);
        print_message("# %s\n", code[i].text);
        assert_int_equal(middle->kind, NODE_CODE_BLOCK);
        assert_int_equal(middle->text.n, str_of(code[i].text).n + 1);
        assert_true(str_starts(middle->text, str_of(code[i].text)));
        assert_string_equal(str_copy(&a, middle->title).at, code[i].language);
        assert_int_equal(repairs.n, 1);
        assert_int_equal(repairs.at[0].kind, REPAIR_CODE);
        assert_int_equal(repairs.at[0].line, 2);
        arena_free(&a);
    }
}

static void text_is_no_code(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(text); i++) {
        Arena a = {0};
        Repairs repairs = {0};
        print_message("# %s\n", text[i]);
        parse(&a, text[i], &repairs);
        assert_int_equal(repairs.n, 0);
        arena_free(&a);
    }
}

static void text_leaves_its_fence(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(text_in_fence); i++) {
        Arena a = {0};
        Repairs repairs = {0};
        print_message("# %s\n", text_in_fence[i]);
        const Node *first = parse(&a, fenced(&a, text_in_fence[i], "go"), &repairs)->first;
        assert_int_equal(first->kind, NODE_PARAGRAPH);
        assert_int_equal(repairs.at[0].kind, REPAIR_PROSE);
        assert_int_equal(repairs.at[0].line, 1);
        arena_free(&a);
    }
}

static void code_stays_in_its_fence(void **state)
{
    (void)state;
    static const char *const tags[] = {"", "go", "text"};
    for (size_t i = 0; i < COUNT(code_in_fence) + COUNT(code); i++)
        for (size_t k = 0; k < COUNT(tags); k++) {
            Arena a = {0};
            Repairs repairs = {0};
            size_t bare = i - COUNT(code_in_fence);
            const char *inside = i < COUNT(code_in_fence) ? code_in_fence[i] : code[bare].text;
            print_message("# %s\n", inside);
            const Node *first = parse(&a, fenced(&a, inside, tags[k]), &repairs)->first;
            assert_int_equal(first->kind, NODE_CODE_BLOCK);
            assert_ptr_equal(first, first->parent->last);
            assert_int_equal(repairs.n, 0);
            arena_free(&a);
        }
}

static void some_fences_hold_words(void **state)
{
    (void)state;
    static const char *const words = "## 这是问题吗？\n是的，这是一个问题。";
    static const char *const tags[] = {"md", "markdown", "Mermaid", "yaml", "json {x}"};
    for (size_t i = 0; i < COUNT(tags); i++) {
        Arena a = {0};
        Repairs repairs = {0};
        assert_int_equal(parse(&a, fenced(&a, words, tags[i]), &repairs)->first->kind, NODE_CODE_BLOCK);
        arena_free(&a);
    }
    static const char *const output = "初始数据：一\n左移之后的数据：二";
    Arena a = {0};
    Repairs repairs = {0};
    assert_int_equal(parse(&a, fenced(&a, output, "plain"), &repairs)->first->kind, NODE_CODE_BLOCK);
    assert_int_equal(parse(&a, fenced(&a, output, "go"), &repairs)->first->kind, NODE_PARAGRAPH);
    arena_free(&a);
}

static void strict_reading_mends_nothing(void **state)
{
    (void)state;
    Arena a = {0};
    References refs = {0};
    LineVec lines = {0};
    Str rest = str_of("func main() {\n}\n\n1 a\n2 b\n```go\n这是一句话，不是代码。\n```\n");
    for (uint32_t number = 1; rest.n; number++)
        *vec_push(&lines, &a) = (Line){str_cut(&rest, '\n'), number};
    const Node *document = block_parse(&lines, false, &refs, &a);
    assert_int_equal(document->first->kind, NODE_PARAGRAPH);
    assert_int_equal(document->first->next->kind, NODE_PARAGRAPH);
    assert_int_equal(document->last->kind, NODE_CODE_BLOCK);
    arena_free(&a);
}

/* Lines of a quote that lie so deep that they would be code of Markdown's own. */
static void deep_lines_are_looked_at_once(void **state)
{
    (void)state;
    enum { LINES = 20000 };
    Arena a = {0};
    Buf note = {.arena = &a};
    buf_puts(&note, "> 甲");
    for (int i = 0; i < LINES; i++)
        buf_puts(&note, "\n    \treturn x;");
    Repairs repairs = {0};
    clock_t start = clock();
    const Node *quote = parse(&a, buf_str(&note).at, &repairs)->first;
    assert_true((clock() - start) / CLOCKS_PER_SEC < 5);
    assert_int_equal(quote->first->kind, NODE_PARAGRAPH);
    assert_int_equal(quote->first->end_line, LINES + 1);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bare_code_is_code),
        cmocka_unit_test(text_is_no_code),
        cmocka_unit_test(text_leaves_its_fence),
        cmocka_unit_test(code_stays_in_its_fence),
        cmocka_unit_test(some_fences_hold_words),
        cmocka_unit_test(strict_reading_mends_nothing),
        cmocka_unit_test(deep_lines_are_looked_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
