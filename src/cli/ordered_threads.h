/* SPDX-License-Identifier: Apache-2.0 */
/* Lets several threads work on the pieces of a stream, which come out in the order in which they went in.
 * Every thread does all three: it takes a piece, works on it, and hands it on when the pieces before it have
 * been. So there are never more pieces than threads. */
#ifndef TUOYU_CLI_ORDERED_THREADS_H
#define TUOYU_CLI_ORDERED_THREADS_H

#include <stdbool.h>
#include <stddef.h>

/* What is done with a piece. All threads share the context. */
struct ordered_work {
    void *context;
    bool (*take)(void *context,
                 void *piece); /* called by one thread at a time; false where there is no more */
    /* called by any number of threads at a time, each with a piece of its own */
    void (*work)(void *context, void *piece);
    bool (*hand_on)(void *context, void *piece); /* called by one thread at a time; false to take no more */
};

/* Runs thread_count threads, the calling one included, each with a piece of pieces, and returns when all is
 * done. Where the system gives fewer threads, these do all the work. */
void ordered_threads_run(const struct ordered_work *work, void *const *pieces, size_t thread_count);

#endif
