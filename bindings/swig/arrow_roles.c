/* SPDX-License-Identifier: Apache-2.0 */
/* Hides columns of a table from the library, and passes columns on beside the answers. No cell is copied. */
#include "arrow_roles.h"

#include <stdlib.h>

static bool is_hidden(struct arrow_roles roles, int64_t column)
{
    return roles.of[column] & ROLE_HIDDEN;
}
static bool is_passed(struct arrow_roles roles, int64_t column)
{
    return roles.of[column] & ROLE_PASSED;
}

static int64_t count_passed(struct arrow_roles roles)
{
    int64_t count = 0;
    for (size_t i = 0; i < roles.count; i++)
        count += is_passed(roles, (int64_t)i);
    return count;
}

/* ---- What the library is shown ---- */

bool shown_table_open(struct shown_table *shown, struct arrow_roles roles, const struct ArrowSchema *schema,
                      const struct ArrowArray *array)
{
    *shown = (struct shown_table){.schema = *schema};
    if (array)
        shown->array = *array;
    bool fits = roles.count > 0 && schema->n_children == (int64_t)roles.count && schema->children &&
                (!array || (array->n_children == schema->n_children && array->children));
    if (!fits)
        return true;
    struct ArrowSchema **schemas = calloc(2 * roles.count, sizeof *schemas);
    if (!schemas)
        return false;
    struct ArrowArray **arrays = (struct ArrowArray **)(void *)(schemas + roles.count);
    int64_t count = 0;
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (is_hidden(roles, i))
            continue;
        schemas[count] = schema->children[i];
        if (array)
            arrays[count] = array->children[i];
        count++;
    }
    shown->memory = schemas;
    shown->schema.children = schemas;
    shown->schema.n_children = count;
    if (array) {
        shown->array.children = arrays;
        shown->array.n_children = count;
    }
    return true;
}

void shown_table_close(struct shown_table *shown)
{
    free(shown->memory);
}

/* ---- Arrays that go out ---- */

/* Whether an array begins and ends where a count can say. */
static bool is_bounded(const struct ArrowArray *array)
{
    int64_t end;
    return array && array->offset >= 0 && array->length >= 0 &&
           !__builtin_add_overflow(array->offset, array->length, &end);
}

bool passed_columns_fit(struct arrow_roles roles, const struct ArrowArray *table)
{
    if (count_passed(roles) == 0)
        return true;
    bool fits = is_bounded(table) && table->n_children == (int64_t)roles.count && table->children;
    for (int64_t i = 0; fits && i < (int64_t)roles.count; i++) {
        const struct ArrowArray *column = table->children[i];
        if (is_passed(roles, i))
            fits = is_bounded(column) && column->length >= table->offset + table->length;
    }
    return fits;
}

/* What the struct array of answers and passed columns owns. */
struct joined_arrays {
    struct ArrowArray answers;
    struct ArrowArray **pointers; /* of all children */
    int64_t passed_count;
    struct ArrowArray passed[];
};

static void free_arrays(struct joined_arrays *joined)
{
    for (int64_t i = 0; i < joined->passed_count; i++)
        if (joined->passed[i].release)
            joined->passed[i].release(&joined->passed[i]);
    joined->answers.release(&joined->answers);
    free(joined->pointers);
    free(joined);
}

static void release_arrays(struct ArrowArray *array)
{
    free_arrays(array->private_data);
    array->release = NULL;
}

static struct joined_arrays *new_arrays(int64_t passed_count, struct ArrowArray *answers)
{
    struct joined_arrays *joined = calloc(1, sizeof *joined + (size_t)passed_count * sizeof *joined->passed);
    struct ArrowArray **pointers = calloc((size_t)(passed_count + answers->n_children), sizeof *pointers);
    if (!joined || !pointers) {
        free(joined);
        free(pointers);
        answers->release(answers);
        return NULL;
    }
    joined->answers = *answers;
    joined->pointers = pointers;
    joined->passed_count = passed_count;
    for (int64_t i = 0; i < passed_count; i++)
        pointers[i] = &joined->passed[i];
    for (int64_t i = 0; i < answers->n_children; i++)
        pointers[passed_count + i] = answers->children[i];
    return joined;
}

bool join_passed_arrays(struct arrow_roles roles, struct shared_array *table, int64_t first, int64_t count,
                        struct ArrowArray *answers)
{
    int64_t passed_count = count_passed(roles), passed = 0;
    if (passed_count == 0)
        return true;
    struct joined_arrays *joined = new_arrays(passed_count, answers);
    bool is_made = joined;
    for (int64_t i = 0; is_made && i < (int64_t)roles.count; i++)
        if (is_passed(roles, i))
            is_made = shared_array_export_child(table, i, first, count, &joined->passed[passed++]);
    if (is_made) {
        answers->children = joined->pointers;
        answers->n_children += passed_count;
        answers->private_data = joined;
        answers->release = release_arrays;
    } else {
        if (joined)
            free_arrays(joined);
        answers->release = NULL;
    }
    return is_made;
}

/* ---- Schemas ---- */

struct joined_schemas {
    struct ArrowSchema answers;
    struct ArrowSchema **pointers;
    int64_t passed_count;
    struct ArrowSchema passed[];
};

static void free_schemas(struct joined_schemas *joined)
{
    for (int64_t i = 0; i < joined->passed_count; i++)
        if (joined->passed[i].release)
            joined->passed[i].release(&joined->passed[i]);
    joined->answers.release(&joined->answers);
    free(joined->pointers);
    free(joined);
}

static void release_schemas(struct ArrowSchema *schema)
{
    free_schemas(schema->private_data);
    schema->release = NULL;
}

static struct joined_schemas *new_schemas(int64_t passed_count, struct ArrowSchema *answers)
{
    struct joined_schemas *joined = calloc(1, sizeof *joined + (size_t)passed_count * sizeof *joined->passed);
    struct ArrowSchema **pointers = calloc((size_t)(passed_count + answers->n_children), sizeof *pointers);
    if (!joined || !pointers) {
        free(joined);
        free(pointers);
        answers->release(answers);
        return NULL;
    }
    joined->answers = *answers;
    joined->pointers = pointers;
    joined->passed_count = passed_count;
    for (int64_t i = 0; i < passed_count; i++)
        pointers[i] = &joined->passed[i];
    for (int64_t i = 0; i < answers->n_children; i++)
        pointers[passed_count + i] = answers->children[i];
    return joined;
}

bool join_passed_schemas(struct arrow_roles roles, struct shared_schema *table, struct ArrowSchema *answers)
{
    int64_t passed_count = count_passed(roles), passed = 0;
    if (passed_count == 0)
        return true;
    struct joined_schemas *joined = new_schemas(passed_count, answers);
    bool is_made = joined;
    for (int64_t i = 0; is_made && i < (int64_t)roles.count; i++)
        if (is_passed(roles, i))
            is_made = shared_schema_export_child(table, i, &joined->passed[passed++]);
    if (is_made) {
        answers->children = joined->pointers;
        answers->n_children += passed_count;
        answers->private_data = joined;
        answers->release = release_schemas;
    } else {
        if (joined)
            free_schemas(joined);
        answers->release = NULL;
    }
    return is_made;
}
