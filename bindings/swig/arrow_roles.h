/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of each column of a table: rules are not shown those that are no facts, such as an index of
 * pandas, and those that tell rows apart go out again beside the answers, without a copy. */
#ifndef TUOYU_BINDINGS_ARROW_ROLES_H
#define TUOYU_BINDINGS_ARROW_ROLES_H

#include <stddef.h>

#include "arrow_share.h"

/* Of one column, in a byte: both may be set. */
enum { ROLE_HIDDEN = 1, ROLE_PASSED = 2 };

/* The roles of all columns, in order; none where count is 0. */
struct arrow_roles {
    const char *of;
    size_t count;
};

/* A table as the library is shown it: structs of its own over the children of somebody else's. */
struct shown_table {
    struct ArrowSchema schema;
    struct ArrowArray array;
    void *memory;
};

/* Shows a table without the columns that are hidden. One that is not as roles say is shown as it is, so that
 * the library says what is wrong with it. array: NULL where only the schema is there. False when memory is
 * refused. */
bool shown_table_open(struct shown_table *shown, struct arrow_roles roles, const struct ArrowSchema *schema,
                      const struct ArrowArray *array);
void shown_table_close(struct shown_table *shown);

/* Whether the columns that are passed on are there and have all the rows of their table. */
bool passed_columns_fit(struct arrow_roles roles, const struct ArrowArray *table);

/* Puts the columns of a table that are passed on before those of the answers to its rows first … first +
 * count - 1. False when memory is refused, or the table has no such rows; the answers are then released. */
bool join_passed_arrays(struct arrow_roles roles, struct shared_array *table, int64_t first, int64_t count,
                        struct ArrowArray *answers);
/* The same for the schema. */
bool join_passed_schemas(struct arrow_roles roles, struct shared_schema *table, struct ArrowSchema *answers);

#endif
