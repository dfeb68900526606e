/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the reader share. The tree was checked against the schema before, which reported what has
 * a wrong kind or form. So these functions only fetch: what is missing or of a wrong kind comes out as not
 * given, with bytes NULL, status 0, or is_given false. */
#ifndef TUOYU_PACK_READER_PARTS_H
#define TUOYU_PACK_READER_PARTS_H

#include "base/map.h"
#include "pack/model.h"
#include "pack/node.h"
#include "pack/rule_sections.h"
#include "pack/scalar.h"

/* The reading of one pack. */
struct pack_reader {
    struct arena *arena;
    tuoyu_diagnostics *diagnostics;
    struct pack_model *model;
    struct pack_name *rules; /* the names of the rules that were read, of all kinds, in order */
    size_t rule_count, rule_capacity;
    struct text unfounded; /* the parameter that was last reported to lack a cite or a standing */
    tuoyu_status first_error;
};

/* Keeps the first error; TUOYU_ERROR_NO_MEMORY takes the place of any other. */
void reader_remember(struct pack_reader *reader, tuoyu_status status);
/* Reports an error and keeps it: READER_ERROR(reader, code, where, hint, format, …). */
#define READER_ERROR(reader, ...) reader_remember((reader), report((reader)->diagnostics, __VA_ARGS__))

/* A zeroed array in the arena; NULL without memory, which is kept as the error. */
void *reader_array(struct pack_reader *reader, size_t count, size_t item_size);

/* The number of entries of a mapping, or of items of a list; 0 for anything else, NULL included. */
size_t reader_entry_count(const struct pack_node *node);
/* The number of items of a list; 0 for anything else, NULL included. */
size_t reader_item_count(const struct pack_node *node);
/* The number of items of a list that a rule has. More than `most` are an error, and `most` is returned. what
 * names them in the message, such as "payers". */
size_t reader_limited_count(struct pack_reader *reader, const struct pack_node *list, size_t most,
                            const char *what);
/* How many of each a rule may have. They read one another, so that a limit keeps the chain short. */
enum {
    MOST_PAYERS = 64,
    MOST_INSTALMENTS = 64,
    MOST_BOUNDS = 24,
    MOST_SUBSIDIES = 24,
    MOST_COMBINATIONS = 24
};
/* The value under a key, or NULL; and whether there is one. */
const struct pack_node *reader_get(const struct pack_node *mapping, const char *key);
/* True if the mapping has the key. */
bool reader_has(const struct pack_node *mapping, const char *key);

/* The scalar, or the part of the model, under a key. The functions that end in _of take the node itself. */
struct text reader_text(const struct pack_node *mapping, const char *key);
/* As localised_of(), of the node under the key. */
struct localised reader_localised(const struct pack_node *mapping, const char *key);
/* One text for both languages of a scalar, or the texts under `zh` and `en` of a mapping. */
struct localised localised_of(const struct pack_node *node);
/* The formula under a key, with its place. */
struct expression_text reader_expression(const struct pack_node *mapping, const char *key);
struct expression_text expression_of(const struct pack_node *node);
/* The scalar under a key, with its place. */
struct pack_name reader_name(const struct pack_node *mapping, const char *key);
/* The source and the clause of a citation, and where it stands. */
struct pack_cite reader_cite(const struct pack_node *mapping, const char *key);
/* The standing that a word names; 0 if there is none. */
pack_standing reader_standing(const struct pack_node *mapping, const char *key);
/* The days of `first..last`. A missing key gives all days with is_given false; a text that is no period gives
 * is_given false, and its days are not to be used. */
struct pack_period reader_period(const struct pack_node *mapping, const char *key);
/* A rounding, with its step and its mode. A step that is not above 0 is reported, and not given. */
struct pack_rounding reader_rounding(struct pack_reader *reader, const struct pack_node *mapping,
                                     const char *key);
/* Reads the unit under a key into *unit as a canonical text. The model keeps the pointer, so *unit must not
 * move. */
void reader_unit(struct pack_reader *reader, const struct pack_node *mapping, const char *key,
                 struct text *unit);
/* The boolean under a key; `otherwise` if there is none. */
bool reader_boolean(const struct pack_node *mapping, const char *key, bool otherwise);
/* The scalars of a list as names, with their number in *count; NULL without memory. */
struct pack_name *reader_names(struct pack_reader *reader, const struct pack_node *list, size_t *count);

/* Enters a name into the map. A name that is there already is TUOYU_ERROR_DUPLICATE, reported with a note at
 * the first; one that was not given is ignored. what names the thing, such as "step". */
void reader_unique(struct pack_reader *reader, struct map *seen, struct text name, struct location where,
                   const char *what);
/* Reports it unless exactly one of the keys is there. keys ends with NULL; name is what the mapping is
 * called. Returns the index of the first key that is there, or SIZE_MAX where none is. */
size_t reader_exactly_one(struct pack_reader *reader, const struct pack_node *mapping, struct text name,
                          struct location where, const char *const *keys);

/* ---- Sections ---- */

/* Each reads its section into the model; a section that is NULL gives empty arrays. */
void reader_sources(struct pack_reader *reader, const struct pack_node *section);
/* Reads entities with their labels and counter words into the model. */
void reader_entities(struct pack_reader *reader, const struct pack_node *section);
/* Reads the facts of all entities, in the order written. */
void reader_facts(struct pack_reader *reader, const struct pack_node *section);
/* Reads parameters and brings their values to their types; values that do not fit are reported. */
void reader_parameters(struct pack_reader *reader, const struct pack_node *section);
/* Reads the parameters of packs above that this pack sets; they get their types when packs are joined. */
void reader_overrides(struct pack_reader *reader, const struct pack_node *section);
/* Reads definitions, which are written as formulas or as mappings. */
void reader_definitions(struct pack_reader *reader, const struct pack_node *section);
/* Reads decision tables into the model. */
void reader_tables(struct pack_reader *reader, const struct pack_node *section);
/* Reads the rules of a kind into the model. */
#define READER(key, type, question) reader_##key(struct pack_reader *reader, const struct pack_node *section)
void RULE_SECTIONS(READER);
#undef READER
void reader_examples(struct pack_reader *reader, const struct pack_node *section);

/* Reads the keys that every rule has, and keeps its name for the check that no two rules have the same. */
struct pack_rule reader_rule(struct pack_reader *reader, const struct pack_entry *entry);
/* Read the steps and the bounds of a rule, with their number in *count; NULL without memory. names: the names
 * of the rule so far, so that none stands twice. taken: names that no bound may have, ended by NULL. */
struct pack_step *reader_steps(struct pack_reader *reader, const struct pack_node *steps, size_t *count,
                               struct map *names);
/* Reads the bounds of a rule, with their number in *count; NULL without memory. taken: names that no bound
 * may have, ended by NULL; what: the word for a bound in messages. */
struct pack_bound *reader_bounds(struct pack_reader *reader, const struct pack_node *bounds, size_t *count,
                                 struct map *names, const char *what, const char *const *taken);

/* Reads the combinations of a rule, whose subsidies must have been read before. names: those of its payers
 * and subsidies. */
void reader_combinations(struct pack_reader *reader, struct pack_cost_sharing *rule,
                         const struct pack_node *combinations, struct map *names);

#endif
