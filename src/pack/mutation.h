/* SPDX-License-Identifier: Apache-2.0 */
/* Small changes of a pack's text, found by the description of the format and the tokens of its expressions.
 */
#ifndef TUOYU_PACK_MUTATION_H
#define TUOYU_PACK_MUTATION_H

#include <tuoyu/mutations.h>

#include "pack/schema.h"

/* One change: the bytes at `where` become `instead`. */
struct mutation {
    struct location where;
    const char *kind;
    struct text place, was, instead, cite; /* each ends with NUL */
};

struct tuoyu_mutations {
    struct arena arena; /* holds everything below */
    struct mutation *items;
    size_t count, capacity;
    uint32_t skipped; /* bytes of the byte order mark before the source, from which places count */
};

/* Lists the changes of a pack whose tree keeps to the schema. Expressions that are not written verbatim are
 * passed over with a note. Without memory the arena of the list has failed. */
void mutations_find(struct tuoyu_mutations *mutations, const struct pack_node *root,
                    tuoyu_diagnostics *diagnostics);

#endif
