/*
 * replies.c -- bullets of a second sign that answer those of the first:
 *
 *     - 什么是猴子补丁？
 *     + 在运行时替换类的属性。
 */
#include "recognise/evidence.h"

/* Between two headings, the bullets on the indent of the first. */
typedef struct Talk {
    size_t first;      /* index; the number of marks: none yet */
    bool asked;        /* the latest has the sign of the first */
    uint32_t questions, asks, replied; /* of the first sign: all, those that ask, those with another right below */
} Talk;

static void talk_add(Talk *t, const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    t->first = t->first < v->marks->n ? t->first : i;
    bool question = m->sign == v->marks->at[t->first].sign;
    t->questions += question;
    t->asks += question && m->asks;
    t->replied += t->asked && !question;
    t->asked = question;
}

/* Nearly each of the first has a reply, and many ask. */
static bool talk_holds(const Talk *t)
{
    return t->questions >= FEW && t->replied * 5 >= t->questions * 4 && t->asks * FEW >= t->questions;
}

static bool is_of_talk(const Vote *v, const Talk *t, const Mark *m)
{
    return m->class == MARK_BULLET && m->sign != '[' && m->sign != '1'
        && (t->first == v->marks->n || m->indent == v->marks->at[t->first].indent);
}

static void talk_tell(Vote *v, const Talk *t, size_t end)
{
    if (!talk_holds(t))
        return;
    const Mark *first = &v->marks->at[t->first];
    for (size_t i = t->first; i < end; i++) {
        Mark *m = &v->marks->at[i];
        m->reply = is_of_talk(v, t, m) && m->sign != first->sign;
        if (m->reply)
            reason_add(v, m, "it answers a bullet of another sign, as others of its sign do");
    }
}

void find_replies(Vote *v)
{
    size_t n = v->marks->n;
    Talk talk = {.first = n};
    for (size_t i = 0; i <= n; i++) {
        if (i == n || v->marks->at[i].level) {
            talk_tell(v, &talk, i);
            talk = (Talk){.first = n};
        } else if (is_of_talk(v, &talk, &v->marks->at[i])) {
            talk_add(&talk, v, i);
        }
    }
}
