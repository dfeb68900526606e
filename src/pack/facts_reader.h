/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of a case as YAML or JSON: `child: {birth_date: 2024-01-31}` or `child.birth_date: 2024-01-31`, mixed
 * as one likes. */
#ifndef TUOYU_PACK_FACTS_READER_H
#define TUOYU_PACK_FACTS_READER_H

#include "pack/model.h"
#include "pack/node.h"

/* The facts of a mapping under their full names, in the order written; one given twice in two ways is
 * reported. The nodes of their values are copied, that of a list or mapping (which no fact can be) without
 * what it holds. Returns TUOYU_OK or the first error. */
tuoyu_status given_facts_of(struct arena *arena, const struct pack_node *mapping, struct given_fact **facts,
                            size_t *count, tuoyu_diagnostics *diagnostics);

/* One row of an entity: the keys are its facts. */
tuoyu_status given_row_of(struct arena *arena, struct text entity, const struct pack_node *mapping,
                          struct given_fact **facts, size_t *count, tuoyu_diagnostics *diagnostics);

/* Reads a text and gives its facts. An empty text gives none. */
tuoyu_status facts_read(struct arena *arena, struct text name, struct text content,
                        const tuoyu_limits *limits, struct given_fact **facts, size_t *count,
                        tuoyu_diagnostics *diagnostics);

#endif
