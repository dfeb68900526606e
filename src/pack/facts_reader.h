/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the facts of a case from YAML or JSON: `child: {birth_date: 2024-01-31}` or `child.birth_date:
 * 2024-01-31`, mixed freely. */
#ifndef TUOYU_PACK_FACTS_READER_H
#define TUOYU_PACK_FACTS_READER_H

#include "pack/model.h"
#include "pack/node.h"

/* Gives the facts of a mapping under their full names, in the order written; a fact given in both ways is
 * reported. The nodes of the values are copied, a list or mapping (which no fact can be) without its content.
 * Returns TUOYU_OK or the first error. */
tuoyu_status given_facts_of(struct arena *arena, const struct pack_node *mapping, struct given_fact **facts,
                            size_t *count, tuoyu_diagnostics *diagnostics);

/* Gives the facts of one row of an entity, whose keys are the names of facts without the entity. Returns
 * TUOYU_OK, or the status of an error, which is reported. */
tuoyu_status given_row_of(struct arena *arena, struct text entity, const struct pack_node *mapping,
                          struct given_fact **facts, size_t *count, tuoyu_diagnostics *diagnostics);

/* Reads a text and gives its facts; an empty text gives none. Returns TUOYU_OK or the first error,
 * reported. */
tuoyu_status facts_read(struct arena *arena, struct text name, struct text content,
                        const tuoyu_limits *limits, struct given_fact **facts, size_t *count,
                        tuoyu_diagnostics *diagnostics);

#endif
