/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the reader share. The tree was checked against the schema before: what has a wrong kind
 * or form was reported there, so that these functions only fetch, and give "not given" for it. */
#ifndef TUOYU_PACK_READER_PARTS_H
#define TUOYU_PACK_READER_PARTS_H

#include "base/map.h"
#include "pack/model.h"
#include "pack/node.h"
#include "pack/scalar.h"

struct pack_reader {
    struct arena *arena;
    tuoyu_diagnostics *diagnostics;
    struct pack_model *model;
    tuoyu_status first_error;
};

void reader_remember(struct pack_reader *reader, tuoyu_status status);
/* READER_ERROR(reader, code, where, hint, format, …) */
#define READER_ERROR(reader, ...) reader_remember((reader), report((reader)->diagnostics, __VA_ARGS__))

/* Zeroed; NULL, remembered, when memory is refused. */
void *reader_array(struct pack_reader *reader, size_t count, size_t item_size);

/* How many entries a mapping, or items a list has; 0 for anything else. */
size_t reader_entry_count(const struct pack_node *node);
size_t reader_item_count(const struct pack_node *node);
/* The number of items of a list of what a rule has: more than most are an error, and not read. what: such as
 * "payers". */
size_t reader_limited_count(struct pack_reader *reader, const struct pack_node *list, size_t most,
                            const char *what);
/* What a rule may have of each; they read one another, so that more would be a chain without end. */
enum {
    MOST_PAYERS = 64,
    MOST_INSTALMENTS = 64,
    MOST_BOUNDS = 24,
    MOST_SUBSIDIES = 24,
    MOST_COMBINATIONS = 24
};
const struct pack_node *reader_get(const struct pack_node *mapping, const char *key);
bool reader_has(const struct pack_node *mapping, const char *key);

struct text reader_text(const struct pack_node *mapping, const char *key);
struct localised reader_localised(const struct pack_node *mapping, const char *key);
struct localised localised_of(const struct pack_node *node);
struct expression_text reader_expression(const struct pack_node *mapping, const char *key);
struct expression_text expression_of(const struct pack_node *node);
struct pack_name reader_name(const struct pack_node *mapping, const char *key);
struct pack_cite reader_cite(const struct pack_node *mapping, const char *key);
pack_status reader_status(const struct pack_node *mapping, const char *key);
struct pack_period reader_period(const struct pack_node *mapping, const char *key);
struct pack_rounding reader_rounding(struct pack_reader *reader, const struct pack_node *mapping,
                                     const char *key);
/* The unit that stands under a key, into *unit as a canonical text; it is noted in the model, and must stay
 * where it is. */
void reader_unit(struct pack_reader *reader, const struct pack_node *mapping, const char *key,
                 struct text *unit);
bool reader_boolean(const struct pack_node *mapping, const char *key, bool otherwise);
/* The names in a list. */
struct pack_name *reader_names(struct pack_reader *reader, const struct pack_node *list, size_t *count);

/* Reports TUOYU_ERROR_DUPLICATE, with a note at the first, if the name is in the map already; else puts it
 * there. what: such as "step". */
void reader_unique(struct pack_reader *reader, struct map *seen, struct text name, struct location where,
                   const char *what);
/* Exactly one of the keys must be there: reports it otherwise. Returns the index of the first that is, or
 * SIZE_MAX. */
size_t reader_exactly_one(struct pack_reader *reader, const struct pack_node *mapping, struct text name,
                          struct location where, const char *const *keys);

/* ---- Sections ---- */

void reader_sources(struct pack_reader *reader, const struct pack_node *section);
void reader_entities(struct pack_reader *reader, const struct pack_node *section);
void reader_facts(struct pack_reader *reader, const struct pack_node *section);
void reader_parameters(struct pack_reader *reader, const struct pack_node *section);
void reader_overrides(struct pack_reader *reader, const struct pack_node *section);
void reader_definitions(struct pack_reader *reader, const struct pack_node *section);
void reader_tables(struct pack_reader *reader, const struct pack_node *section);
void reader_pricing(struct pack_reader *reader, const struct pack_node *section);
void reader_cost_sharing(struct pack_reader *reader, const struct pack_node *section);
void reader_eligibility(struct pack_reader *reader, const struct pack_node *section);
void reader_indicators(struct pack_reader *reader, const struct pack_node *section);
void reader_examples(struct pack_reader *reader, const struct pack_node *section);

/* What every rule has. */
struct pack_rule reader_rule(struct pack_reader *reader, const struct pack_entry *entry);
/* What several kinds have. names: those of the rule, so that none stands twice. taken: names that no bound
 * may have, ends with NULL. */
struct pack_step *reader_steps(struct pack_reader *reader, const struct pack_node *steps, size_t *count,
                               struct map *names);
struct pack_bound *reader_bounds(struct pack_reader *reader, const struct pack_node *bounds, size_t *count,
                                 struct map *names, const char *what, const char *const *taken);

/* Reads how the subsidies of a rule, which are read already, go together. names: those of its payers and
 * subsidies. */
void reader_combinations(struct pack_reader *reader, struct pack_cost_sharing *rule,
                         const struct pack_node *combinations, struct map *names);

#endif
