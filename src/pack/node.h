/* SPDX-License-Identifier: Apache-2.0 */
/* YAML (and so JSON) as a tree: mappings, sequences and scalars, which are texts; what a scalar means is for
 * the format to say. Stricter than YAML: one document, no anchors, aliases, tags, merge keys or directives,
 * keys are scalars and occur once. */
#ifndef TUOYU_PACK_NODE_H
#define TUOYU_PACK_NODE_H

#include "base/diagnostics.h"

enum pack_node_kind { PACK_NODE_SCALAR, PACK_NODE_SEQUENCE, PACK_NODE_MAPPING };

struct pack_node;

struct pack_entry {
    struct text key;
    struct location key_where;
    struct pack_node *node;
};

struct pack_node {
    struct location where; /* a scalar with its quotes; of a collection its first character */
    /* Of a scalar: */
    struct text text;           /* ended by NUL; may be empty */
    struct location text_where; /* of what is written, without quotes or the `|` of a block */
    union {
        struct pack_node **items;   /* of a sequence */
        struct pack_entry *entries; /* of a mapping, in the order written */
    };
    uint32_t count;   /* of items or entries */
    uint8_t kind;     /* enum pack_node_kind */
    bool is_verbatim; /* the text's bytes stand unchanged at text_where: no escapes, no folded lines */
    bool is_quoted;   /* or a block scalar: `"null"` is a text, `null` is none */
};

/* How long one scalar may be, in bytes. */
size_t pack_scalar_limit(const tuoyu_limits *limits);

/* Reads a text. The tree stands in the arena, the source (which must outlive it) too. limits: NULL for the
 * defaults. All that is wrong is reported; returns the first error: TUOYU_ERROR_SYNTAX, _ENCODING, _LIMIT,
 * _DUPLICATE, _PACK (what YAML has but the format does not), or _NO_MEMORY; *out is NULL then. An empty text
 * gives a scalar that is empty. */
tuoyu_status pack_node_read(struct arena *arena, struct text name, struct text content,
                            const tuoyu_limits *limits, struct pack_node **out,
                            tuoyu_diagnostics *diagnostics);

/* The same, with the nodes in an arena of their own, which may go once they are read; texts and source stay.
 */
tuoyu_status pack_node_read_apart(struct arena *texts, struct arena *nodes, struct text name,
                                  struct text content, const tuoyu_limits *limits, struct pack_node **out,
                                  tuoyu_diagnostics *diagnostics);

/* The node under a key of a mapping, or NULL. */
const struct pack_node *pack_node_get(const struct pack_node *mapping, struct text key);

/* A plain `null` or `~`; nothing at all is no null. */
bool pack_node_is_null(const struct pack_node *node);

#endif
