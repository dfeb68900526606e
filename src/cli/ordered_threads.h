/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of a stream that several threads work on, and that come out in the order in which they went in.
 * Every thread does all three: it takes a piece, works on it, and hands it on when the pieces before it have
 * been; so that there are never more pieces than threads. */
#ifndef TUOYU_CLI_ORDERED_THREADS_H
#define TUOYU_CLI_ORDERED_THREADS_H

#include <stdbool.h>
#include <stddef.h>

/* What is done with a piece; context is shared by all. */
struct ordered_work {
    void *context;
    bool (*take)(void *context, void *piece); /* one thread at a time; false: there is none any more */
    void (*work)(void *context,
                 void *piece); /* any number of threads at a time, each on a piece of its own */
    bool (*hand_on)(void *context, void *piece); /* one thread at a time; false: no more shall be taken */
};

/* A piece for each thread, of which the caller's is one; returns when all is done. Where the system gives
 * fewer threads, these do all. */
void ordered_threads_run(const struct ordered_work *work, void *const *pieces, size_t thread_count);

#endif
