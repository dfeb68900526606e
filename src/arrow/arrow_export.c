/* SPDX-License-Identifier: Apache-2.0 */
/* Exports builders as Arrow structs: schemas with names and metadata, arrays that own their buffers, and the
 * functions that release them. */
#include "arrow/arrow_export.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "machine/bitmap.h"

/* ---- Memory that a struct owns ---- */

/* A block of memory and its size, which the allocator wants to know. */
struct owned {
    void *bytes;
    size_t size;
};

/* Frees the blocks; those that are NULL are skipped. */
static void free_owned(const tuoyu_allocator *allocator, struct owned *owned, size_t count)
{
    for (size_t i = 0; i < count; i++)
        allocator_free(allocator, owned[i].bytes, owned[i].size);
}

/* Memory with all bytes 0; NULL if memory is refused. */
static void *allocate_zeroed(const tuoyu_allocator *allocator, size_t size)
{
    void *made = allocator_allocate(allocator, size);
    if (made)
        memset(made, 0, size);
    return made;
}

/* ---- Schemas ---- */

enum { FORMAT_SIZE = 24 };

/* What a schema owns, in one block: its texts and its children. It is the schema's private_data. */
struct schema_node {
    tuoyu_allocator allocator;
    size_t size; /* bytes of this block */
    char format[FORMAT_SIZE];
    struct owned name, metadata;
    struct ArrowSchema dictionary;
    struct ArrowSchema **pointers; /* point to the children, behind this struct */
    struct ArrowSchema children[];
};

/* The schema's release function. A consumer may have moved children out, whose release is then NULL. */
static void release_schema(struct ArrowSchema *schema)
{
    struct schema_node *node = schema->private_data;
    tuoyu_allocator allocator = node->allocator;
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release)
            schema->children[i]->release(schema->children[i]);
    if (schema->dictionary && schema->dictionary->release)
        schema->dictionary->release(schema->dictionary);
    free_owned(&allocator, &node->name, 1);
    free_owned(&allocator, &node->metadata, 1);
    allocator_free(&allocator, node, node->size);
    schema->release = NULL;
}

/* Makes *out a schema that owns a node with room for this many children, which are still zeroed. Returns the
 * node, or NULL if memory is refused. */
static struct schema_node *make_schema(const tuoyu_allocator *allocator, size_t children,
                                       struct ArrowSchema *out)
{
    size_t size =
        sizeof(struct schema_node) + children * (sizeof(struct ArrowSchema) + sizeof(struct ArrowSchema *));
    struct schema_node *node = allocate_zeroed(allocator, size);
    if (!node)
        return NULL;
    node->allocator = *allocator;
    node->size = size;
    node->pointers = (struct ArrowSchema **)(void *)(node->children + children);
    for (size_t i = 0; i < children; i++)
        node->pointers[i] = &node->children[i];
    *out = (struct ArrowSchema){.format = node->format,
                                .name = "",
                                .n_children = (int64_t)children,
                                .children = children ? node->pointers : NULL,
                                .release = release_schema,
                                .private_data = node};
    return node;
}

/* Writes the length of a text in 4 bytes, then its bytes. Returns the address behind them. */
static char *put_counted(char *to, struct text text)
{
    int32_t length = (int32_t)text.length;
    memcpy(to, &length, sizeof length);
    if (text.length)
        memcpy(to + sizeof length, text.bytes, text.length);
    return to + sizeof length + text.length;
}

/* Sets the schema's metadata, laid out as the interface says (a count, then counted texts in pairs): the
 * unit and, of integers, the scale. A unit longer than INT16_MAX is left out. Returns false if memory is
 * refused. */
static bool set_metadata(struct schema_node *node, const struct arrow_output *output,
                         struct ArrowSchema *schema)
{
    char digits[16];
    int written = snprintf(digits, sizeof digits, "%d", (int)output->scale);
    const struct text pairs[][2] = {{TEXT("unit"), output->unit}, {TEXT("scale"), {digits, (size_t)written}}};
    const bool is_there[] = {output->unit.length > 0 && output->unit.length <= INT16_MAX,
                             output->type == ARROW_OUTPUT_INTEGER};
    int32_t count = 0;
    size_t size = sizeof count;
    for (int i = 0; i < 2; i++) {
        count += is_there[i];
        if (is_there[i])
            size += 2 * sizeof count + pairs[i][0].length + pairs[i][1].length;
    }
    if (count == 0)
        return true;
    char *bytes = allocator_allocate(&node->allocator, size), *at = bytes;
    if (!bytes)
        return false;
    memcpy(at, &count, sizeof count);
    at += sizeof count;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2 && is_there[i]; j++)
            at = put_counted(at, pairs[i][j]);
    node->metadata = (struct owned){.bytes = bytes, .size = size};
    schema->metadata = bytes;
    return true;
}

/* Gives the schema a copy of the name, ended by NUL. Returns false if memory is refused. */
static bool set_name(struct schema_node *node, struct text name, struct ArrowSchema *schema)
{
    char *bytes = allocate_zeroed(&node->allocator, name.length + 1);
    if (!bytes)
        return false;
    if (name.length)
        memcpy(bytes, name.bytes, name.length);
    node->name = (struct owned){.bytes = bytes, .size = name.length + 1};
    schema->name = bytes;
    return true;
}

/* Makes the schema of one column. Returns false if memory is refused; *out may then hold a part, which its
 * release frees. */
static bool export_field(const struct arrow_output *output, const tuoyu_allocator *allocator,
                         struct ArrowSchema *out)
{
    static const char *const FORMATS[] = {[ARROW_OUTPUT_BOOLEAN] = "b",
                                          [ARROW_OUTPUT_WORD] = "c",
                                          [ARROW_OUTPUT_DATE] = "tdD",
                                          [ARROW_OUTPUT_TEXT] = "u",
                                          [ARROW_OUTPUT_INTEGER] = "l"};
    struct schema_node *node = make_schema(allocator, 0, out);
    if (!node)
        return false;
    out->flags = ARROW_FLAG_NULLABLE;
    if (output->type == ARROW_OUTPUT_NUMBER)
        snprintf(node->format, FORMAT_SIZE, "d:%d,%d", (int)ARROW_OUTPUT_PRECISION, output->scale);
    else
        snprintf(node->format, FORMAT_SIZE, "%s", FORMATS[output->type]);
    if (!set_name(node, output->name, out) || !set_metadata(node, output, out))
        return false;
    if (output->type != ARROW_OUTPUT_WORD)
        return true;
    struct schema_node *words = make_schema(allocator, 0, &node->dictionary);
    if (!words)
        return false;
    memcpy(words->format, "u", 2);
    out->dictionary = &node->dictionary;
    return true;
}

tuoyu_status arrow_schema_export(const struct arrow_output *outputs, size_t count,
                                 const tuoyu_allocator *allocator, struct ArrowSchema *out)
{
    *out = (struct ArrowSchema){.release = NULL};
    struct schema_node *node = make_schema(allocator, count, out);
    if (!node)
        return TUOYU_ERROR_NO_MEMORY;
    memcpy(node->format, "+s", 3);
    for (size_t i = 0; i < count; i++) {
        if (export_field(&outputs[i], allocator, &node->children[i]))
            continue;
        release_schema(out);
        return TUOYU_ERROR_NO_MEMORY;
    }
    return TUOYU_OK;
}

/* ---- Arrays ---- */

enum { BUFFERS_MOST = 3 };

/* What an array owns, in one block: its buffers and its children. It is the array's private_data. */
struct array_node {
    tuoyu_allocator allocator;
    size_t size; /* bytes of this block */
    struct owned buffers[BUFFERS_MOST];
    const void *buffer_pointers[BUFFERS_MOST];
    struct ArrowArray dictionary;
    struct ArrowArray **pointers; /* point to the children, behind this struct */
    struct ArrowArray children[];
};

/* The array's release function. A consumer may have moved children out, whose release is then NULL. */
static void release_array(struct ArrowArray *array)
{
    struct array_node *node = array->private_data;
    tuoyu_allocator allocator = node->allocator;
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release)
            array->children[i]->release(array->children[i]);
    if (array->dictionary && array->dictionary->release)
        array->dictionary->release(array->dictionary);
    free_owned(&allocator, node->buffers, BUFFERS_MOST);
    allocator_free(&allocator, node, node->size);
    array->release = NULL;
}

/* Makes *out an array that owns a node with room for this many children and buffers, all still zeroed.
 * Returns the node, or NULL if memory is refused. */
static struct array_node *make_array(const tuoyu_allocator *allocator, size_t children, int64_t rows,
                                     int64_t buffers, struct ArrowArray *out)
{
    assert(buffers >= 0 && buffers <= BUFFERS_MOST);
    size_t size =
        sizeof(struct array_node) + children * (sizeof(struct ArrowArray) + sizeof(struct ArrowArray *));
    struct array_node *node = allocate_zeroed(allocator, size);
    if (!node)
        return NULL;
    node->allocator = *allocator;
    node->size = size;
    node->pointers = (struct ArrowArray **)(void *)(node->children + children);
    for (size_t i = 0; i < children; i++)
        node->pointers[i] = &node->children[i];
    *out = (struct ArrowArray){.length = rows,
                               .n_buffers = buffers,
                               .buffers = node->buffer_pointers,
                               .n_children = (int64_t)children,
                               .children = children ? node->pointers : NULL,
                               .release = release_array,
                               .private_data = node};
    return node;
}

/* Makes the node the owner of a buffer. */
static void give_buffer(struct array_node *node, size_t index, void *bytes, size_t size)
{
    assert(index < BUFFERS_MOST && !node->buffers[index].bytes);
    node->buffers[index] = (struct owned){.bytes = bytes, .size = size};
    node->buffer_pointers[index] = bytes;
}

/* Moves the builder's memory into an array. Returns false if memory is refused. An array without nulls needs
 * no validity buffer. */
static bool export_column(struct arrow_builder *builder, const tuoyu_allocator *allocator,
                          struct ArrowArray *out)
{
    bool is_text = builder->output->type == ARROW_OUTPUT_TEXT;
    if (is_text)
        text_append(&builder->bytes, TEXT("")); /* so that there is a buffer even if all texts are empty */
    if (is_text && builder->bytes.failed)
        return false;
    struct array_node *node = make_array(allocator, 0, builder->rows, is_text ? 3 : 2, out);
    if (!node)
        return false;
    out->null_count = builder->rows - bitmap_count(builder->validity, builder->rows);
    if (out->null_count) {
        give_buffer(node, 0, builder->validity, builder->validity_size);
        builder->validity = NULL;
    }
    give_buffer(node, 1, builder->values, builder->values_size);
    builder->values = NULL;
    if (is_text) {
        give_buffer(node, 2, builder->bytes.bytes, builder->bytes.capacity);
        text_builder_init(&builder->bytes, allocator);
    }
    return true;
}

/* Gives the array a dictionary of the output's words. Returns false if memory is refused. */
static bool export_words(const struct arrow_output *output, const tuoyu_allocator *allocator,
                         struct ArrowArray *array)
{
    static const struct arrow_output WORDS = {.type = ARROW_OUTPUT_TEXT};
    struct array_node *node = array->private_data;
    struct arrow_builder builder;
    arrow_builder_init(&builder, &WORDS, output->word_count, allocator);
    for (int32_t i = 0; i < output->word_count; i++)
        arrow_append_text(&builder, text_of(output->words[i], TUOYU_NUL_TERMINATED));
    bool is_made = !builder.failed && export_column(&builder, allocator, &node->dictionary);
    arrow_builder_free(&builder);
    if (is_made)
        array->dictionary = &node->dictionary;
    return is_made;
}

/* Makes each builder a child of *out. Returns false if memory is refused. */
static bool export_columns(struct arrow_builder *builders, size_t count, const tuoyu_allocator *allocator,
                           struct ArrowArray *out)
{
    for (size_t i = 0; i < count; i++) {
        struct ArrowArray *child = out->children[i];
        bool is_made = export_column(&builders[i], allocator, child) &&
                       (builders[i].output->type != ARROW_OUTPUT_WORD ||
                        export_words(builders[i].output, allocator, child));
        if (!is_made)
            return false;
    }
    return true;
}

/* TUOYU_OK if all builders are complete; else TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_LIMIT or, for another number
 * of rows, TUOYU_ERROR_INVALID_ARGUMENT. */
static tuoyu_status builders_status(const struct arrow_builder *builders, size_t count, int64_t rows)
{
    for (size_t i = 0; i < count; i++) {
        if (builders[i].failed)
            return TUOYU_ERROR_NO_MEMORY;
        if (builders[i].is_full)
            return TUOYU_ERROR_LIMIT;
        if (builders[i].rows != rows)
            return TUOYU_ERROR_INVALID_ARGUMENT;
    }
    return TUOYU_OK;
}

tuoyu_status arrow_array_export(struct arrow_builder *builders, size_t count, int64_t rows,
                                const tuoyu_allocator *allocator, struct ArrowArray *out)
{
    *out = (struct ArrowArray){.release = NULL};
    tuoyu_status status = builders_status(builders, count, rows);
    if (status == TUOYU_OK && !make_array(allocator, count, rows, 1, out))
        status = TUOYU_ERROR_NO_MEMORY;
    if (status == TUOYU_OK && !export_columns(builders, count, allocator, out)) {
        release_array(out);
        status = TUOYU_ERROR_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++)
        arrow_builder_free(&builders[i]);
    return status;
}
