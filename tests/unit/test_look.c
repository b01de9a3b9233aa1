/*
 * test_look.c -- code of many languages, and text that is none.
 */
#include "read/block.h"
#include "read/block_parts.h"
#include "read/language.h"
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
    {"dockerfile", "FROM golang:1.22\nWORKDIR /app\nRUN go build -o app\nCMD [\"./app\"]"},
    {"json", "{\n  \"名字\": \"张三\",\n  \"age\": 3\n}"},
    {"", "*p = 1;\n_x_ = *p + 2;"},
};

/* Pieces as notes have them, with more Chinese in their comments than code around it. */
static const Sample pieces[] = {
    {"python", "def quick_sort(arr):\n    # 基准值：取中间的那一个，左边小，右边大。\n    if len(arr) <= 1:\n        return arr\n    return quick_sort(left) + mid"},
    {"python", "class Singleton:\n    \"\"\"单例：第一次创建之后，每次都返回同一个对象。\"\"\"\n    def __new__(cls):\n        return cls._instance"},
    {"python", "with open('数据.txt') as f:  # 打开文件，用完会自动关闭\n    for line in f:\n        print(line)"},
    {"python", "@decorator\ndef f(*args, **kwargs):  # 位置参数和关键字参数，都能传\n    pass"},
    {"java", "public class 单例 {\n    // 饿汉式：类加载的时候就创建，线程安全。\n    private static final 单例 INSTANCE = new 单例();\n}"},
    {"java", "// 遍历的时候删除，会抛出 ConcurrentModificationException。\nfor (String s : list) {\n    list.remove(s);\n}\nList<String> copy = new ArrayList<>();"},
    {"java", "synchronized (lock) {\n    // 临界区：同一时刻只有一个线程能进来。\n    count++;\n}\nThread.sleep(100);"},
    {"java", "@Override\npublic boolean equals(Object o) {\n    return this == o; // 同一个对象，直接相等\n}"},
    {"js", "// 防抖：事件停下来之后，再过一段时间才执行。\nfunction debounce(fn, delay) {\n  let timer = null;\n  return () => setTimeout(fn, delay);\n}"},
    {"js", "const p = new Promise((resolve) => {\n  console.log('立即执行，不是异步的');\n  resolve();\n});"},
    {"js", "async function load() {\n  // 等待结果，失败的时候会抛出异常\n  const res = await fetch('/api');\n  return res.json();\n}"},
    {"js", "var a = 1; // 变量提升：声明提到最前面，赋值留在原地。\nconsole.log(a === window.a);"},
    {"ts", "interface User {\n  name: string; // 姓名，必填\n  readonly id: number; // 编号，只读\n}"},
    {"sql", "-- 查询每个部门工资最高的员工，先分组，再连接。\nSELECT d.name, MAX(e.salary)\nFROM 员工 e JOIN 部门 d ON e.did = d.id\nGROUP BY d.name;"},
    {"sql", "CREATE TABLE `用户` (\n  `id` BIGINT NOT NULL COMMENT '主键，自增',\n  `name` VARCHAR(64) COMMENT '姓名，可以重复',\n  PRIMARY KEY (`id`)\n);"},
    {"sql", "select name from t where id > 10 order by id limit 10; -- 深分页，越往后越慢"},
    {"sql", "INSERT INTO users VALUES (1, '张三，程序员');\nUPDATE users SET age = 20 WHERE id = 1;"},
    {"sh", "#!/bin/bash\n# 备份数据库，保留最近七天的文件，其余的删除。\nfind /backup -mtime +7 -delete\necho \"备份完成，共 $n 个\""},
    {"sh", "ps aux | grep java    # 找到进程，记下它的编号\nkill -9 1234          # 强制结束，来不及清理"},
    {"sh", "docker run -d --name mysql -p 3306:3306 mysql  # 后台运行，映射端口\ndocker ps"},
    {"sh", "if [ -f /tmp/x ]; then\n  echo \"文件存在，跳过\"\nfi"},
    {"yaml", "# 服务的配置，改了之后要重启。\nserver:\n  port: 8080 # 端口，默认八千零八十\n  name: demo"},
    {"yaml", "apiVersion: v1\nkind: Service # 服务：给一组容器一个固定的地址\nmetadata:\n  name: web"},
    {"json", "{\n  \"name\": \"张三，程序员\",\n  \"说明\": \"这里是说明，可以很长。\"\n}"},
    {"cpp", "#include <iostream>\nusing namespace std;\nint main() {\n    cout << \"你好，世界\" << endl; // 输出，然后换行\n}"},
    {"cpp", "std::unique_ptr<T> p(new T()); // 独占所有权，离开作用域就释放。\nauto q = std::move(p);         // 移动之后，p 为空。"},
    {"cpp", "class Base {\npublic:\n    virtual ~Base() {} // 虚析构：通过基类指针删除的时候，才会调用子类的析构。\n};"},
    {"cpp", "template <typename T>\nT max(T a, T b) { return a > b ? a : b; } // 模板，编译期展开"},
    {"c", "#include <stdlib.h>\nint *p = (int *)malloc(sizeof(int) * 10); // 申请内存，记得释放。\nfree(p);"},
    {"c", "struct node {\n    int val;            // 值，整数\n    struct node *next;  // 下一个节点，最后一个为空\n};\ntypedef struct node node_t;"},
    {"rust", "fn main() {\n    let s = String::from(\"你好，世界\"); // 所有权：移动之后，就不能再用了。\n    println!(\"{}\", s);\n}"},
    {"rust", "match result {\n    Ok(v) => v, // 成功，取出里面的值\n    Err(e) => panic!(\"失败：{}\", e),\n}"},
    {"go", "func worker(jobs <-chan int) {\n\t// 从通道里取任务，通道关闭之后，循环会结束。\n\tfor j := range jobs {\n\t\tfmt.Println(j)\n\t}\n}"},
    {"go", "mu.Lock()         // 加锁，别的协程要等\ndefer mu.Unlock() // 函数返回的时候，一定会解锁\nx := m[k]"},
    {"html", "<div class=\"box\">\n  <!-- 这里放内容，可以是任何元素。 -->\n  <p>段落，里面是文字。</p>\n</div>"},
    {"css", ".box {\n  display: flex;     /* 弹性布局，子元素排成一行 */\n  margin: 0 auto;    /* 水平居中，上下没有外边距 */\n  width: 100px;\n}"},
    {"nginx", "server {\n    listen 80; # 监听端口，默认八十\n    location / {\n        proxy_pass http://backend; # 转发给后端，由它处理\n    }\n}"},
    {"protobuf", "syntax = \"proto3\";\nmessage User {\n  string name = 1; // 姓名，必填\n  repeated int32 ids = 2;\n}"},
    {"lua", "-- 取出库存，没有就返回空\nlocal n = redis.call('get', KEYS[1])\nif n then\n  return 1\nend"},
    {"", "mov eax, 1   ; 把一放进寄存器，然后调用\nint 0x80"},
    {"", "push(x)\npop()\ntop()"},
    {"", "a = b + c"},
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

static void pieces_of_all_languages_stay_code(void **state)
{
    (void)state;
    static const char *const tags[] = {"", "x"};
    for (size_t i = 0; i < COUNT(pieces); i++)
        for (size_t k = 0; k < COUNT(tags); k++) {
            Arena a = {0};
            Repairs repairs = {0};
            print_message("# %s\n", pieces[i].text);
            const Node *first = parse(&a, fenced(&a, pieces[i].text, tags[k]), &repairs)->first;
            assert_int_equal(first->kind, NODE_CODE_BLOCK);
            assert_ptr_equal(first, first->parent->last);
            assert_string_equal(str_copy(&a, first->title).at, k ? tags[k] : pieces[i].language);
            arena_free(&a);
        }
}

static void what_is_no_code_has_no_language(void **state)
{
    (void)state;
    static const char *const plain[] = {
        "浏览器 → 网关 → 服务",
        "标记-清扫\n标记-压缩\n引用计数",
        "项目目录\n├── main.go\n└── go.mod",
        "2024-01-01 12:00:00 ERROR [db] \"连接失败\" code=7",
        "total 8\ndrwxr-xr-x 2 root root 4096 Jan 1 00:00 src",
        "panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 [running]:",
        "GET /index.html HTTP/1.1\nHost: example.org\nAccept: */*",
        "select the option that fits from the list, where there is one",
        "If the value is None, or not in the list, it is left out; import it from the other list.",
        "THE SOFTWARE IS PROVIDED AS IS, WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED",
        "+----+------+\n| id | name |\n+----+------+\n|  1 | a    |\n+----+------+",
        "f(n) = f(n-1) + f(n-2)\nf(0) = 0",
        "输入：nums = [2,7,11,15], target = 9\n输出：[0,1]",
        "key: value",
        "a -> b -> c",
        "1 2 3\n4 5 6",
    };
    for (size_t i = 0; i < COUNT(plain); i++) {
        print_message("# %s\n", plain[i]);
        assert_int_equal(language_guess(str_of(plain[i])).n, 0);
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
        cmocka_unit_test(pieces_of_all_languages_stay_code),
        cmocka_unit_test(what_is_no_code_has_no_language),
        cmocka_unit_test(some_fences_hold_words),
        cmocka_unit_test(strict_reading_mends_nothing),
        cmocka_unit_test(deep_lines_are_looked_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
