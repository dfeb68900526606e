/* SPDX-License-Identifier: Apache-2.0 */
/* Runs threads that take pieces, work on them, and hand them on in order. Two mutexes keep taking and handing
 * on apart, so that one thread may read while another writes. */
#include "cli/ordered_threads.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "cli/allocation.h"

/* What the threads share. `taking` guards taken and has_ended, `handing_on` guards handed_on_count. */
struct queue {
    const struct ordered_work *work;
    pthread_mutex_t taking, handing_on;
    pthread_cond_t handed_on;
    size_t taken, handed_on_count; /* numbers of pieces */
    bool has_ended;                /* no more pieces are taken */
};

/* A thread with its piece. */
struct worker {
    struct queue *queue;
    void *piece;
    pthread_t thread;
};

/* Takes the next piece, and sets *turn to its number among all. Returns false where there is none any
 * more. */
static bool take_turn(struct queue *queue, void *piece, size_t *turn)
{
    pthread_mutex_lock(&queue->taking);
    if (!queue->has_ended && !queue->work->take(queue->work->context, piece))
        queue->has_ended = true;
    bool is_taken = !queue->has_ended;
    if (is_taken)
        *turn = queue->taken++;
    pthread_mutex_unlock(&queue->taking);
    return is_taken;
}

/* Lets no more pieces be taken. */
static void end_taking(struct queue *queue)
{
    pthread_mutex_lock(&queue->taking);
    queue->has_ended = true;
    pthread_mutex_unlock(&queue->taking);
}

/* Waits until all pieces before this one were handed on, then hands it on. */
static void hand_on_in_turn(struct queue *queue, void *piece, size_t turn)
{
    pthread_mutex_lock(&queue->handing_on);
    while (queue->handed_on_count != turn)
        pthread_cond_wait(&queue->handed_on, &queue->handing_on);
    assert(queue->handed_on_count == turn);
    bool goes_on = queue->work->hand_on(queue->work->context, piece);
    queue->handed_on_count++;
    pthread_cond_broadcast(&queue->handed_on);
    pthread_mutex_unlock(&queue->handing_on);
    if (!goes_on)
        end_taking(queue);
}

/* Takes, works on and hands on pieces until there are none: what each thread does. Returns NULL. */
static void *serve(void *argument)
{
    const struct worker *worker = argument;
    struct queue *queue = worker->queue;
    size_t turn;
    while (take_turn(queue, worker->piece, &turn)) {
        queue->work->work(queue->work->context, worker->piece);
        hand_on_in_turn(queue, worker->piece, turn);
    }
    return NULL;
}

void ordered_threads_run(const struct ordered_work *work, void *const *pieces, size_t thread_count)
{
    assert(thread_count > 0);
    struct queue queue = {.work = work,
                          .taking = PTHREAD_MUTEX_INITIALIZER,
                          .handing_on = PTHREAD_MUTEX_INITIALIZER,
                          .handed_on = PTHREAD_COND_INITIALIZER};
    struct worker *workers = must_resize(NULL, thread_count, sizeof *workers);
    size_t started = 1; /* the calling thread is the first worker */
    for (size_t i = 0; i < thread_count; i++)
        workers[i] = (struct worker){.queue = &queue, .piece = pieces[i]};
    while (started < thread_count &&
           pthread_create(&workers[started].thread, NULL, serve, &workers[started]) == 0)
        started++;
    serve(&workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    free(workers);
}
