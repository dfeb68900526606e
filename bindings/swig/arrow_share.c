/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow_share.h"

#include <stdatomic.h>
#include <stdlib.h>

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

void shared_array_unref(struct shared_array *shared)
{
    if (!shared || atomic_fetch_sub_explicit(&shared->references, 1, memory_order_acq_rel) != 1) return;
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
        if (array->children[i]->release) array->children[i]->release(array->children[i]);
    if (array->dictionary && array->dictionary->release) array->dictionary->release(array->dictionary);
    shared_array_unref(node->shared);
    free(node);
    array->release = NULL;
}

/* The arrays are the library's own: a table, its columns, their dictionaries; no deeper. */
static bool export_node(struct shared_array *shared, const struct ArrowArray *from, struct ArrowArray *out)
{
    size_t children = (size_t)from->n_children;
    struct shared_node *node = calloc(1, sizeof *node + children * (sizeof *node->children + sizeof *node->pointers));
    *out = *from;
    out->release = NULL;
    if (!node) return false;
    atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    node->shared = shared;
    node->pointers = (struct ArrowArray **)(void *)(node->children + children);
    for (size_t i = 0; i < children; i++) node->pointers[i] = &node->children[i];
    out->children = children ? node->pointers : NULL;
    out->dictionary = from->dictionary ? &node->dictionary : NULL;
    out->private_data = node;
    out->release = release_node;
    bool is_made = !from->dictionary || export_node(shared, from->dictionary, &node->dictionary);
    for (size_t i = 0; i < children && is_made; i++) is_made = export_node(shared, from->children[i], &node->children[i]);
    if (!is_made) release_node(out);
    return is_made;
}

bool shared_array_export(struct shared_array *shared, struct ArrowArray *out)
{
    return export_node(shared, &shared->array, out);
}
