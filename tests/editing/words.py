"""Interview notes in Chinese that never were: questions, other wordings of them, answers.

A question is a subject and an aspect of it; an aspect has several wordings, so a question can
be asked again in other words.  Sentences are put together from parts, so two answers share
turns of speech, as real ones do, and hardly ever a sentence.
"""
from editing.notes import plain

THINGS = """Redis MySQL Kafka etcd Nginx TCP HTTP/2 gRPC Linux Docker Kubernetes Go Java Rust
    Python RocketMQ Elasticsearch MongoDB ZooKeeper PostgreSQL ClickHouse HBase Spark Flink Netty
    Spring JVM Raft QUIC TLS DNS CDN RabbitMQ Consul Prometheus Envoy Istio SQLite LevelDB
    RocksDB Memcached Tomcat""".split()

PARTS = """连接池 内存分配 行锁 日志 主从复制 选举 缓存淘汰 调度器 超时重试 心跳 索引 事务 快照 消息顺序
    分区 副本 垃圾回收 线程模型 握手 流量控制 拥塞控制 序列化 反射 限流 熔断 灰度发布 服务发现 持久化 哈希槽
    写放大 零拷贝 定时器 信号 管道 惰性删除 布隆过滤器 跳表 页缓存 批量写入 回滚 死锁检测 预写日志""".split()

CONTEXTS = ["", "高并发下", "容器里", "跨机房时", "数据量很大时", "低延迟场景下", "重启之后", "升级期间"]

# One row an aspect: wordings of the same question.
ASPECTS = [
    ["{s}的原理是什么？", "说一下{s}是怎么实现的", "简述{s}的内部机制", "{s}底层做了哪些事？"],
    ["{s}有哪些优点？", "为什么要用{s}？", "谈谈{s}带来的好处", "{s}好在哪里？"],
    ["{s}有什么缺点？", "{s}的代价是什么？", "用{s}会付出什么？", "说说{s}的不足"],
    ["{s}适合什么场景？", "什么时候该用{s}？", "举例说明{s}的用武之地", "哪些业务离不开{s}？"],
    ["{s}出了故障怎么排查？", "{s}异常时从哪里查起？", "如何定位{s}的问题？", "线上{s}报错，你会怎么做？"],
    ["如何优化{s}的性能？", "{s}太慢怎么办？", "怎样让{s}更快？", "{s}调优有哪些手段？"],
    ["{s}有哪些参数？", "{s}怎么配置？", "部署{s}要设置什么？", "{s}的配置项各管什么？"],
    ["{s}如何保证一致性？", "{s}会丢数据吗？", "怎样避免{s}前后不一致？", "{s}的数据靠什么不乱？"],
    ["{s}的流程分几步？", "描述一次{s}的全过程", "{s}从头到尾经过了什么？", "按顺序讲讲{s}"],
    ["{s}容易踩哪些坑？", "使用{s}要注意什么？", "{s}常见的误用有哪些？", "新手在{s}上会犯什么错？"],
    ["{s}怎么测试？", "怎样验证{s}是对的？", "给{s}写测试从何下手？", "{s}的正确性如何检验？"],
    ["{s}的历史演进是怎样的？", "{s}各版本改了什么？", "{s}是怎么一步步变成今天这样的？", "新旧{s}差在哪里？"],
]

NOUNS = """调用方 服务端 客户端 主节点 从节点 缓冲区 工作线程 请求队列 元数据 时间戳 版本号 校验和 偏移量 租约 令牌
    页表 脏页 写缓存 读副本 协调者 参与者 监听器 回调函数 句柄 描述符 路由表 配置中心 网关 代理 消费组 生产者 槽位
    哨兵 日志段 检查点 滑动窗口 重试次数 超时时间 慢查询 热点数据 冷数据 索引页 叶子节点 栈帧 对象头 计数器 信号量
    事件循环 就绪列表 定时轮 映射关系 会话 事务号 回滚段 锁记录 等待队列 压缩块 字典树 位图 环形数组 哈希桶 备份
    快照文件 增量数据 心跳包 选票 任期 多数派 仲裁者 分片键 全局锁 局部变量 中间结果""".split()

OPENERS = ["", "", "", "", "一般来说，", "先看{a}，", "如果{a}不够用，", "在{a}那一侧，", "刚启动时，", "负载高的时候，",
           "从{a}的角度说，", "为了保护{a}，", "当{a}失效后，", "默认情况下，", "与{a}不同，", "出错之后，", "简单地讲，", "在最坏的情况下，"]

CORES = ["{b}把{c}交给{d}处理", "{b}只在{c}变化时才更新{d}", "{b}先写{c}再改{d}", "{b}用{c}来定位{d}", "{b}每隔{n}毫秒检查一次{c}",
         "{b}最多保留{n}份{c}", "{c}由{b}统一分配，{d}只读不写", "{b}和{c}之间靠{d}同步", "{b}持有{c}，直到{d}确认为止", "{b}会把{c}合并成一批交出去",
         "{b}不再等待{c}，直接返回{d}", "{b}按照{c}的大小给{d}排序", "{b}发现{c}落后就向{d}要增量", "{b}通过{c}避免了对{d}的竞争",
         "{b}丢弃过期的{c}，保住新的{d}", "{b}里记着{c}与{d}的对应关系", "{b}达到{n}个时触发{c}", "{b}把{c}切成{n}段分别放进{d}",
         "{c}失败{n}次以后，{b}标记{d}不可用", "{b}复用{c}，省去了建立{d}的开销", "{b}在{c}上加锁，{d}只好排队", "{b}对{c}做一次比较并交换",
         "{b}从{c}恢复出{d}", "{b}需要{c}与{d}同时在线", "{b}预读了{n}个{c}", "{b}的{c}写满后换一个新的{d}"]

TAILS = ["", "", "", "，否则{e}会反复重试", "，所以{e}不受影响", "，代价是{e}多占一些内存", "，这样{e}就不会成为瓶颈", "，随后通知{e}",
         "，而{e}要等到下一轮", "，不过{e}可能读到旧值", "，于是{e}的延迟降到{n}微秒", "，除非{e}被显式关闭", "，因此{e}必须是幂等的", "，顺便清理{e}"]

ENGLISH = (
    "The A keeps B until the C is confirmed.|Every N requests the A flushes its B to the C.|"
    "A slow A blocks the B, so the C has to wait.|The A compares B with C before it commits.|"
    "Without a A the B cannot find its C.|The A retries N times and then drops the B of the C."
).split("|")
ENGLISH_NOUNS = """scheduler buffer snapshot index replica listener lease token proxy queue worker
    closure prototype promise callback handler cache session shard branch commit stack heap""".split()


class Writer:
    """Writes what was never written before in a run; only `rng` decides what."""

    def __init__(self, rng):
        self.rng = rng
        self.asked = set()
        self.topics = {}

    def topic(self, subject=None):
        """A subject and an aspect that no question has had yet."""
        for _ in range(50):
            chosen = subject or (
                self.rng.choice(CONTEXTS) + self.rng.choice(THINGS) + " " + self.rng.choice(PARTS))
            topic = chosen, self.rng.randrange(len(ASPECTS))
            if topic not in self.asked:
                self.asked.add(topic)
                return topic
        return self.topic()  # all was asked about this subject

    def topic_of(self, question):
        return self.topics.get(plain(question))

    def wording(self, topic, but=""):
        subject, aspect = topic
        options = [w.format(s=subject) for w in ASPECTS[aspect]]
        wording = self.rng.choice([w for w in options if w != but])
        self.topics[plain(wording)] = topic
        return wording

    def sentence(self, english=False):
        if english:
            return self._english()
        noun = self.rng.choice
        parts = noun(OPENERS) + noun(CORES) + noun(TAILS) + "。"
        return parts.format(n=self.rng.randrange(2, 999), **{k: noun(NOUNS) for k in "abcde"})

    def _english(self):
        words = self.rng.choice(ENGLISH).split(" ")
        for i, word in enumerate(words):
            bare = word.rstrip(".,")
            if i and bare in ("A", "B", "C"):
                words[i] = self.rng.choice(ENGLISH_NOUNS) + word[1:]
            elif bare == "N":
                words[i] = str(self.rng.randrange(2, 999))
        return " ".join(words)

    def answer(self, english=False, least=2, most=5):
        return [self.sentence(english) for _ in range(self.rng.randint(least, most))]


# How a file marks its questions, and how an answer begins and goes on; %d counts.
STYLES = [
    ("### %d. {q}", "", "", True),
    ("## {q}", "", "", True),
    ("%d. {q}", "", "", True),
    ("%d、{q}", "答：", "", False),
    ("Q: {q}", "A: ", "", True),
    ("**{q}**", "", "", True),
    ("#### {q}", "- ", "- ", True),
    ("问：{q}", "答：", "", True),
]


def note(writer, count, style, question=None, answer=None):
    """A file of `count` questions in one style; some lack an answer.

    A `question` or an `answer` that is given is that of all entries.
    """
    mark, first, more, airy = STYLES[style % len(STYLES)]
    lines = ["# " + writer.rng.choice(PARTS) + "笔记", ""]
    for number in range(1, count + 1):
        asked = question or writer.wording(writer.topic())
        lines.append(mark.replace("%d", str(number)).format(q=asked))
        if writer.rng.random() < 0.93:
            said = answer or writer.answer()
            cut = writer.rng.randint(1, len(said))
            lines += [first + "".join(said[:cut])] + [more + s for s in said[cut:]]
        lines += [""] * airy
    return "\n".join(lines) + "\n"
