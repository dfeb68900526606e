/* SPDX-License-Identifier: Apache-2.0 */
/* The pack format, described once. The reader checks every pack against this description, and the JSON Schema
 * for editors and the reference page are written from it, so that the three cannot drift. */
#ifndef TUOYU_PACK_SCHEMA_H
#define TUOYU_PACK_SCHEMA_H

#include "pack/node.h"
#include "pack/scalar.h"

struct schema_type;

struct schema_field {
    const char *key;
    const struct schema_type *type;
    bool is_required;
    const char *documentation;
};

/* What may stand at a place: a scalar, a list, a mapping with fixed keys, a mapping from names; several of
 * them where a short form is allowed beside a long one. */
struct schema_type {
    const char *name;                  /* such as "payer" */
    enum scalar_kind scalar;           /* SCALAR_NONE: no scalar */
    const char *const *words;          /* of SCALAR_WORD; ends with NULL */
    const struct schema_type *items;   /* of a list; NULL: no list */
    const struct schema_field *fields; /* of a mapping with these keys */
    size_t field_count;
    const struct schema_type *values; /* of a mapping from names; NULL: none */
    enum scalar_kind keys;            /* of those names */
    bool may_be_empty;                /* a list or mapping without items */
    const char *documentation;        /* one sentence, or NULL */
};

/* A whole pack. */
extern const struct schema_type SCHEMA_PACK;
/* Expectations of a worked example. */
extern const struct schema_type SCHEMA_EXPECT;
/* The names of statuses an example may expect, without TUOYU_ERROR_ and in lower case; ends with NULL. */
extern const char *const SCHEMA_ERROR_WORDS[];

/* Reports every unknown and missing key, wrong kind and malformed scalar below node. name: what the node is
 * called in messages, such as "the pack". Returns the first error or TUOYU_OK. */
tuoyu_status schema_check(const struct pack_node *node, const struct schema_type *type, struct text name,
                          tuoyu_diagnostics *diagnostics);

/* As schema_check, but of these keys only (a list that ends with NULL); the others are not looked at. */
tuoyu_status schema_check_keys(const struct pack_node *node, const struct schema_type *type,
                               const char *const *keys, struct text name, tuoyu_diagnostics *diagnostics);

/* The JSON Schema (draft-07) of a pack. */
void schema_to_json(struct text_builder *builder);

/* All types that a type leads to, itself first, each once. Returns how many; at most capacity are written. */
size_t schema_types(const struct schema_type *root, const struct schema_type **types, size_t capacity);
enum { SCHEMA_TYPE_CAPACITY = 160 };

#endif
