/* SPDX-License-Identifier: Apache-2.0 */
/* The pack format, described once as data. The reader checks every pack against this description, and the
 * JSON Schema for editors and the reference page are written from it, so that the three cannot drift apart.
 */
#ifndef TUOYU_PACK_SCHEMA_H
#define TUOYU_PACK_SCHEMA_H

#include "pack/node.h"
#include "pack/scalar.h"

struct schema_type;

/* One key of a mapping. documentation: a sentence about the key for the reference page, never NULL. */
struct schema_field {
    const char *key;
    const struct schema_type *type;
    bool is_required;
    const char *documentation;
};

/* What the value of a key may be: a scalar, a list, a mapping with fixed keys, or a mapping from names. A
 * type with several of them set allows each, as where a short form is allowed beside a long one. */
struct schema_type {
    const char *name;                  /* such as "payer" */
    enum scalar_kind scalar;           /* SCALAR_NONE where no scalar is allowed */
    const char *const *words;          /* the words of a SCALAR_WORD, ended by NULL; else NULL */
    const struct schema_type *items;   /* type of each item of a list; NULL where no list is allowed */
    const struct schema_field *fields; /* keys of a mapping with fixed keys; NULL where none is allowed */
    size_t field_count;
    const struct schema_type
        *values;               /* type of each value of a mapping from names; NULL where none is allowed */
    enum scalar_kind keys;     /* what kind of text those names are */
    bool may_be_empty;         /* whether a list or mapping may be without items */
    const char *documentation; /* a few sentences for the reference page, or NULL */
};

/* The description of a whole pack. */
extern const struct schema_type SCHEMA_PACK;
/* The description of what a worked example expects. */
extern const struct schema_type SCHEMA_EXPECT;
/* The error statuses that an example may expect, without TUOYU_ERROR_ and in lower case; the list ends with
 * NULL. */
extern const char *const SCHEMA_ERROR_WORDS[];

/* Reports every unknown key, missing key, wrong kind and malformed scalar below the node. name says what the
 * node is called in messages, such as "the pack". Returns TUOYU_OK or the first error. */
tuoyu_status schema_check(struct pack_node *node, const struct schema_type *type, struct text name,
                          tuoyu_diagnostics *diagnostics);

/* Like schema_check(), but looks only at the given keys of the mapping (a list that ends with NULL) and
 * ignores all others, known or not. */
tuoyu_status schema_check_keys(struct pack_node *node, const struct schema_type *type,
                               const char *const *keys, struct text name, tuoyu_diagnostics *diagnostics);

/* Appends the JSON Schema (draft-07) of a pack. */
void schema_to_json(struct text_builder *builder);

/* Lists all types that can be reached from the root, the root first, each once. Writes at most `capacity` of
 * them and returns how many were written. */
size_t schema_types(const struct schema_type *root, const struct schema_type **types, size_t capacity);
enum { SCHEMA_TYPE_CAPACITY = 160 };

#endif
