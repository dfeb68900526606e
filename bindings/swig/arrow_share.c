/* SPDX-License-Identifier: Apache-2.0 */
/* Shared Arrow structs. What a consumer gets refers to the shared one and has nothing of its own but the
 * structs. */
#include "arrow_share.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { DEPTH_MOST = 64, CHILDREN_MOST = 1 << 20 };

/* ---- Schemas ---- */

struct shared_schema {
    atomic_size_t references;
    struct ArrowSchema schema;
};

/* What a consumer's struct owns: its children's structs, and one reference. */
struct shared_schema_node {
    struct shared_schema *shared;
    struct ArrowSchema dictionary;
    struct ArrowSchema **pointers; /* behind the children */
    struct ArrowSchema children[];
};

struct shared_schema *shared_schema_new(struct ArrowSchema *schema)
{
    struct shared_schema *shared = malloc(sizeof *shared);
    if (!shared) {
        schema->release(schema);
        return NULL;
    }
    atomic_init(&shared->references, 1);
    shared->schema = *schema;
    schema->release = NULL;
    return shared;
}

struct shared_schema *shared_schema_ref(struct shared_schema *shared)
{
    if (shared)
        atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    return shared;
}

void shared_schema_unref(struct shared_schema *shared)
{
    if (!shared || atomic_fetch_sub_explicit(&shared->references, 1, memory_order_acq_rel) != 1)
        return;
    shared->schema.release(&shared->schema);
    free(shared);
}

const struct ArrowSchema *shared_schema_look(const struct shared_schema *shared)
{
    return &shared->schema;
}

static void release_schema_node(struct ArrowSchema *schema)
{
    struct shared_schema_node *node = schema->private_data;
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release)
            schema->children[i]->release(schema->children[i]);
    if (schema->dictionary && schema->dictionary->release)
        schema->dictionary->release(schema->dictionary);
    shared_schema_unref(node->shared);
    free(node);
    schema->release = NULL;
}

static bool has_schema_children(const struct ArrowSchema *schema, int depth)
{
    bool is_good = schema && depth < DEPTH_MOST && schema->n_children >= 0 &&
                   schema->n_children <= CHILDREN_MOST && (schema->children || schema->n_children == 0);
    for (int64_t i = 0; is_good && i < schema->n_children; i++)
        is_good = schema->children[i];
    return is_good;
}

static bool export_schema_node(struct shared_schema *shared, const struct ArrowSchema *from, int depth,
                               struct ArrowSchema *out)
{
    out->release = NULL;
    if (!has_schema_children(from, depth))
        return false;
    size_t children = (size_t)from->n_children;
    struct shared_schema_node *node =
        calloc(1, sizeof *node + children * (sizeof *node->children + sizeof *node->pointers));
    *out = *from;
    out->release = NULL;
    if (!node)
        return false;
    atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    node->shared = shared;
    node->pointers = (struct ArrowSchema **)(void *)(node->children + children);
    for (size_t i = 0; i < children; i++)
        node->pointers[i] = &node->children[i];
    out->children = children ? node->pointers : NULL;
    out->dictionary = from->dictionary ? &node->dictionary : NULL;
    out->private_data = node;
    out->release = release_schema_node;
    bool is_made =
        !from->dictionary || export_schema_node(shared, from->dictionary, depth + 1, &node->dictionary);
    for (size_t i = 0; i < children && is_made; i++)
        is_made = export_schema_node(shared, from->children[i], depth + 1, &node->children[i]);
    if (!is_made)
        release_schema_node(out);
    return is_made;
}

bool shared_schema_export(struct shared_schema *shared, struct ArrowSchema *out)
{
    return export_schema_node(shared, &shared->schema, 0, out);
}

bool shared_schema_export_child(struct shared_schema *shared, int64_t child, struct ArrowSchema *out)
{
    out->release = NULL;
    if (child >= shared->schema.n_children || !has_schema_children(&shared->schema, 0))
        return false;
    return export_schema_node(shared, shared->schema.children[child], 1, out);
}

/* ---- Arrays ---- */

struct shared_array {
    atomic_size_t references;
    struct ArrowArray array;
};

/* What a consumer's struct owns: its children's structs, and one reference. */
struct shared_node {
    struct shared_array *shared;
    struct ArrowArray dictionary;
    struct ArrowArray **pointers; /* behind the children */
    struct ArrowArray children[];
};

struct shared_array *shared_array_new(struct ArrowArray *array)
{
    struct shared_array *shared = malloc(sizeof *shared);
    if (!shared) {
        array->release(array);
        return NULL;
    }
    atomic_init(&shared->references, 1);
    shared->array = *array;
    array->release = NULL;
    return shared;
}

struct shared_array *shared_array_ref(struct shared_array *shared)
{
    if (shared)
        atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    return shared;
}

void shared_array_unref(struct shared_array *shared)
{
    if (!shared || atomic_fetch_sub_explicit(&shared->references, 1, memory_order_acq_rel) != 1)
        return;
    shared->array.release(&shared->array);
    free(shared);
}

const struct ArrowArray *shared_array_look(const struct shared_array *shared)
{
    return &shared->array;
}

static void release_node(struct ArrowArray *array)
{
    struct shared_node *node = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release)
            array->children[i]->release(array->children[i]);
    if (array->dictionary && array->dictionary->release)
        array->dictionary->release(array->dictionary);
    shared_array_unref(node->shared);
    free(node);
    array->release = NULL;
}

/* Whether an array that somebody else made can be walked through. */
static bool has_children(const struct ArrowArray *array, int depth)
{
    bool is_good = array && depth < DEPTH_MOST && array->n_children >= 0 &&
                   array->n_children <= CHILDREN_MOST && (array->children || array->n_children == 0);
    for (int64_t i = 0; is_good && i < array->n_children; i++)
        is_good = array->children[i];
    return is_good;
}

static bool export_node(struct shared_array *shared, const struct ArrowArray *from, int depth,
                        struct ArrowArray *out)
{
    out->release = NULL;
    if (!has_children(from, depth))
        return false;
    size_t children = (size_t)from->n_children;
    struct shared_node *node =
        calloc(1, sizeof *node + children * (sizeof *node->children + sizeof *node->pointers));
    *out = *from;
    out->release = NULL;
    if (!node)
        return false;
    atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    node->shared = shared;
    node->pointers = (struct ArrowArray **)(void *)(node->children + children);
    for (size_t i = 0; i < children; i++)
        node->pointers[i] = &node->children[i];
    out->children = children ? node->pointers : NULL;
    out->dictionary = from->dictionary ? &node->dictionary : NULL;
    out->private_data = node;
    out->release = release_node;
    bool is_made = !from->dictionary || export_node(shared, from->dictionary, depth + 1, &node->dictionary);
    for (size_t i = 0; i < children && is_made; i++)
        is_made = export_node(shared, from->children[i], depth + 1, &node->children[i]);
    if (!is_made)
        release_node(out);
    return is_made;
}

bool shared_array_export(struct shared_array *shared, struct ArrowArray *out)
{
    return export_node(shared, &shared->array, 0, out);
}

bool shared_array_export_child(struct shared_array *shared, int64_t child, int64_t first, int64_t count,
                               struct ArrowArray *out)
{
    const struct ArrowArray *parent = &shared->array;
    int64_t start, offset;
    out->release = NULL;
    if (child >= parent->n_children || !has_children(parent, 0))
        return false;
    const struct ArrowArray *from = parent->children[child];
    if (__builtin_add_overflow(parent->offset, first, &start) || start < 0 || from->length < 0 ||
        count > from->length || start > from->length - count ||
        __builtin_add_overflow(from->offset, start, &offset))
        return false;
    if (!export_node(shared, from, 1, out))
        return false;
    out->offset = offset;
    out->length = count;
    if (out->null_count != 0)
        out->null_count = -1; /* of these rows it is not known */
    return true;
}
