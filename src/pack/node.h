/* SPDX-License-Identifier: Apache-2.0 */
/* YAML (and so JSON) as a tree of mappings, sequences and scalars. A scalar is a text; what it means is for
 * the format to say. The reader is stricter than YAML: it takes one document, no anchors, aliases, tags,
 * merge keys or directives, and keys must be scalars that occur once. */
#ifndef TUOYU_PACK_NODE_H
#define TUOYU_PACK_NODE_H

#include "base/diagnostics.h"

enum pack_node_kind { PACK_NODE_SCALAR, PACK_NODE_SEQUENCE, PACK_NODE_MAPPING };

struct pack_node;

/* A key of a mapping with its value. */
struct pack_entry {
    struct text key;
    struct location key_where;
    struct pack_node *node;
};

struct pack_node {
    struct location where;      /* the scalar with its quotes, or the first character of a collection */
    struct text text;           /* of a scalar: ended by NUL, may be empty */
    struct location text_where; /* of a scalar: what is written, without quotes or the `|` of a block */
    union {
        struct pack_node **items;   /* of a sequence */
        struct pack_entry *entries; /* of a mapping, in the order written */
    };
    uint32_t count;   /* number of items or entries; 0 for a scalar */
    uint8_t kind;     /* enum pack_node_kind */
    bool is_verbatim; /* the text's bytes stand unchanged at text_where: no escapes, no folded lines */
    bool is_misspelt; /* of a mapping: the schema has met a key that it does not know, so that what seems to
                         be missing may be there under a wrong name */
    bool is_quoted;   /* in quotes or a block, so that it is a text: `"null"` is a text, `null` is not */
};

/* The greatest length of one scalar in bytes, from the limits or by default. */
size_t pack_scalar_limit(const tuoyu_limits *limits);

/* Reads a text. The tree stands in the arena, and so does the source, which must outlive the tree. limits:
 * NULL for the defaults. Everything that is wrong is reported. Returns TUOYU_OK or the first error, with *out
 * NULL: TUOYU_ERROR_SYNTAX, _ENCODING, _LIMIT, _DUPLICATE, _PACK (something that YAML has but the format does
 * not) or _NO_MEMORY. An empty text gives an empty scalar. */
tuoyu_status pack_node_read(struct arena *arena, struct text name, struct text content,
                            const tuoyu_limits *limits, struct pack_node **out,
                            tuoyu_diagnostics *diagnostics);

/* Like pack_node_read(), but puts the nodes into an arena of their own, which may be freed as soon as they
 * were read; the texts and the source stay in `texts`. Returns TUOYU_OK, or the status of an error, which is
 * reported. */
tuoyu_status pack_node_read_apart(struct arena *texts, struct arena *nodes, struct text name,
                                  struct text content, const tuoyu_limits *limits, struct pack_node **out,
                                  tuoyu_diagnostics *diagnostics);

/* The value under a key of a mapping; NULL where the key is missing, the node is not a mapping, or is
 * NULL. */
const struct pack_node *pack_node_get(const struct pack_node *mapping, struct text key);

/* Whether the node is a plain `null` or `~`. An empty scalar is not null. */
bool pack_node_is_null(const struct pack_node *node);

#endif
