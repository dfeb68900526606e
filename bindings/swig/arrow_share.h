/* SPDX-License-Identifier: Apache-2.0 */
/* An Arrow array that several consumers hold: each gets structs of its own over the same buffers, which go when the last
 * one has released them. Any thread may release. */
#ifndef TUOYU_BINDINGS_ARROW_SHARE_H
#define TUOYU_BINDINGS_ARROW_SHARE_H

#include <stdbool.h>
#include <tuoyu/arrow_abi.h>

struct shared_array;

/* Takes the array over: *array is then empty. NULL, and *array is released, when memory is refused. */
struct shared_array *shared_array_new(struct ArrowArray *array);
void shared_array_unref(struct shared_array *shared);
const struct ArrowArray *shared_array_look(const struct shared_array *shared);
/* One consumer's structs. false when memory is refused. */
bool shared_array_export(struct shared_array *shared, struct ArrowArray *out);

#endif
