/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow schemas and arrays that several hold: each gets structs of its own over the same memory, which goes
 * when the last one has released them. Any thread may release. */
#ifndef TUOYU_BINDINGS_ARROW_SHARE_H
#define TUOYU_BINDINGS_ARROW_SHARE_H

#include <stdbool.h>
#include <tuoyu/arrow_abi.h>

struct shared_schema;
struct shared_array;

/* Takes the schema over: *schema is then empty. NULL, and *schema is released, when memory is refused. */
struct shared_schema *shared_schema_new(struct ArrowSchema *schema);
struct shared_schema *shared_schema_ref(struct shared_schema *shared);
void shared_schema_unref(struct shared_schema *shared);
const struct ArrowSchema *shared_schema_look(const struct shared_schema *shared);
/* Structs of one consumer, for all or for a child. False when memory is refused; *out is then empty. */
bool shared_schema_export(struct shared_schema *shared, struct ArrowSchema *out);
bool shared_schema_export_child(struct shared_schema *shared, int64_t child, struct ArrowSchema *out);

/* The same for arrays. */
struct shared_array *shared_array_new(struct ArrowArray *array);
struct shared_array *shared_array_ref(struct shared_array *shared);
void shared_array_unref(struct shared_array *shared);
const struct ArrowArray *shared_array_look(const struct shared_array *shared);
bool shared_array_export(struct shared_array *shared, struct ArrowArray *out);
/* Of a struct array: the rows first … first + count - 1 of a child. False also where it has no such rows. */
bool shared_array_export_child(struct shared_array *shared, int64_t child, int64_t first, int64_t count,
                               struct ArrowArray *out);

#endif
