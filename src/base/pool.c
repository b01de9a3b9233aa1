/*
 * pool.c -- threads that draw numbers from one counter until none are left.
 */
#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

typedef struct Job {
    void (*work)(void *context, size_t i, unsigned thread);
    void *context;
    size_t count;
    atomic_size_t next;
    atomic_uint threads; /* that work on it so far */
} Job;

static void *draw(void *argument)
{
    Job *job = argument;
    unsigned thread = atomic_fetch_add(&job->threads, 1);
    for (size_t i; (i = atomic_fetch_add(&job->next, 1)) < job->count;)
        job->work(job->context, i, thread);
    return NULL;
}

void pool_each(size_t count, unsigned threads,
               void (*work)(void *context, size_t i, unsigned thread), void *context)
{
    Job job = {.work = work, .context = context, .count = count};
    pthread_t helper[MOST_THREADS];
    unsigned helpers = 0;

    if (threads > MOST_THREADS)
        threads = MOST_THREADS;
    while (helpers + 1 < threads && helpers + 1 < count
           && pthread_create(&helper[helpers], NULL, draw, &job) == 0)
        helpers++;
    draw(&job); /* this thread works too; with no helper it does it all */
    while (helpers)
        pthread_join(helper[--helpers], NULL);
}

unsigned pool_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return (unsigned)CPU_COUNT(&set);
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (unsigned)n : 1;
}
