/* SPDX-License-Identifier: Apache-2.0 */
/** @file policy.h
 * Packs in, a policy out; and the facts of a case. Since 0.1. */
#ifndef TUOYU_POLICY_H
#define TUOYU_POLICY_H

#include <tuoyu/common.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Policy ---- */

/** Packs, read and compiled. Immutable; any number of threads may share it. Reference counted. */
typedef struct tuoyu_policy tuoyu_policy;

/** One pack to read. name is what diagnostics call it (a file name, say); text is YAML. Both are copied.
 * Frozen, since it stands in arrays: what concerns a load is in its options. */
typedef struct tuoyu_pack_text {
    const char *name;
    size_t name_length;
    const char *text;
    size_t text_length;
} tuoyu_pack_text;

/** How to load. Zero it, set size, set what you need. */
typedef struct tuoyu_load_options {
    size_t size; /**< sizeof(tuoyu_load_options) */
    /** NULL: malloc. It must live as long as the policy and all made from it. */
    const tuoyu_allocator *allocator;
    const tuoyu_limits *limits; /**< NULL: the defaults */
    int32_t is_analysed; /**< not 0: warn also of what is doubtful, as `tuoyu check` does. In decision tables:
                            inputs that no row fits, rows that never fit or never decide, rows that overlap if
                            facts allow it. In formulas: conditions that always hold or never do. Of
                            parameters: days on which a rule in force needs one that has no value, and values
                            that never hold. What the limit load_steps leaves no room for is told as a note,
                            and never an error. Since 0.2 */
    int32_t reserved;    /**< 0 */
    /** Asked during the load, and from then on during everything that is evaluated with the policy: cases,
     * rows of tables and tallies, worked examples, payouts and the ordering of waiting lists, each on the
     * thread that does it. NULL: nobody is asked. It must live as long as the policy and all made from it.
     * Since 0.2 */
    tuoyu_interrupt interrupt;
    void *interrupt_context; /**< handed to interrupt. Since 0.2 */
} tuoyu_load_options;

/** Reads, checks and compiles all packs at once; every pack that `uses:` names must be among them.
 * All errors of all packs are reported, up to the limit. options: NULL for the defaults. A load that would
 * take more than the limits load_steps or load_bytes ends with TUOYU_ERROR_LIMIT; the last finding says which
 * of them. Returns TUOYU_OK, TUOYU_ERROR_CANCELLED where options.interrupt said so, or the code of the first
 * error found (see status.h: "Text that was read"), TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_INVALID_ARGUMENT,
 * TUOYU_ERROR_OPTION_SIZE, _OPTION_OLD, _OPTION_UNKNOWN. Any thread. Since 0.1. */
TUOYU_API tuoyu_status tuoyu_policy_load(const tuoyu_pack_text *packs, size_t pack_count,
                                         const tuoyu_load_options *options, tuoyu_policy **out,
                                         tuoyu_diagnostics *diagnostics);
TUOYU_API tuoyu_policy *tuoyu_policy_ref(tuoyu_policy *policy);
TUOYU_API void tuoyu_policy_unref(tuoyu_policy *policy);

/** Looks for what a pack declares and no rule of the policy reads: a warning for each fact, parameter,
 * definition and table, a note for each source that nothing cites. It tells of packs that have rules and that
 * no other pack of the policy uses, because what others are meant to use need not be used here. Returns
 * TUOYU_OK, also where it found something; TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_INVALID_ARGUMENT. Any thread.
 * Since 0.2. */
TUOYU_API tuoyu_status tuoyu_policy_find_unused(const tuoyu_policy *policy, tuoyu_diagnostics *diagnostics);

/** Looks for days from first_day to last_day, both included, on which a rule cannot answer: a warning for
 * each rule that is not in force on some of them, and for each number that a rule reads and that has no value
 * on some of them, with all these days. pack_id: the pack whose rules are looked at; NULL for all. Returns
 * TUOYU_OK, also where it found something; TUOYU_ERROR_NOT_FOUND (no such pack), TUOYU_ERROR_NO_MEMORY,
 * TUOYU_ERROR_INVALID_ARGUMENT. Any thread. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_policy_find_gaps(const tuoyu_policy *policy, const char *pack_id,
                                              int32_t first_day, int32_t last_day,
                                              tuoyu_diagnostics *diagnostics);

/** Reads only the head of a pack, for finding files: a line with its id, a space and the time it is in force
 * as the pack says it (`cn.city.fees 2024-01-01..`), then the ids that it uses, each on a line. Packs with
 * one id whose times do not overlap are versions of one pack and can be loaded together. Returns as
 * tuoyu_policy_load does. */
TUOYU_API tuoyu_status tuoyu_pack_head(const tuoyu_pack_text *pack, tuoyu_text **out,
                                       tuoyu_diagnostics *diagnostics);

enum { TUOYU_SHA256_TEXT_SIZE = 65 };

/** Writes the SHA-256 of a pack's text, as `sha256sum` prints it, and NUL: what a receipt says of the packs.
 * TUOYU_OK or TUOYU_ERROR_INVALID_ARGUMENT. Any thread. */
TUOYU_API tuoyu_status tuoyu_pack_sha256(const tuoyu_pack_text *pack, char sum[TUOYU_SHA256_TEXT_SIZE]);

/** The JSON Schema (draft-07) of a pack, for editors. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
TUOYU_API tuoyu_status tuoyu_pack_schema(tuoyu_text **out);

/* ---- What is in it ---- */

enum {
    TUOYU_RULE_PRICING = 1,
    TUOYU_RULE_COST_SHARING = 2,
    TUOYU_RULE_ELIGIBILITY = 3,
    TUOYU_RULE_INDICATOR = 4
};

TUOYU_API size_t tuoyu_policy_pack_count(const tuoyu_policy *policy);
/** Its id; NULL if there is none at index. */
TUOYU_API const char *tuoyu_policy_pack_id(const tuoyu_policy *policy, size_t index);
/** Its title in "zh" or "en" (the other where one is missing); NULL if there is none at index. */
TUOYU_API const char *tuoyu_policy_pack_title(const tuoyu_policy *policy, size_t index, const char *language);

TUOYU_API size_t tuoyu_policy_rule_count(const tuoyu_policy *policy);
/** The rule's kind (TUOYU_RULE_…), or 0 if there is none at index. */
TUOYU_API int32_t tuoyu_policy_rule_kind(const tuoyu_policy *policy, size_t index);
/** The rule's full name `pack.id:name`, or NULL. */
TUOYU_API const char *tuoyu_policy_rule_name(const tuoyu_policy *policy, size_t index);
TUOYU_API const char *tuoyu_policy_rule_title(const tuoyu_policy *policy, size_t index, const char *language);
/** Finds a rule by its name, or by its full name where several packs have one.
 * TUOYU_OK, TUOYU_ERROR_NOT_FOUND (with did-you-mean), TUOYU_ERROR_AMBIGUOUS, TUOYU_ERROR_INVALID_ARGUMENT.
 */
TUOYU_API tuoyu_status tuoyu_policy_find_rule(const tuoyu_policy *policy, const char *name, size_t length,
                                              size_t *index, tuoyu_diagnostics *diagnostics);

/** The facts that a rule can ever need, in any version of its pack: sets reads[i] to whether it may read the
 * fact at index i, for all tuoyu_policy_fact_count() facts. What there is in a budget is no fact of a claim.
 * TUOYU_OK, TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_INVALID_ARGUMENT (no rule at index). Any thread.
 * Since 0.2. */
TUOYU_API tuoyu_status tuoyu_policy_rule_facts(const tuoyu_policy *policy, size_t index, bool *reads);

/** Facts that packs declare: their full names, such as `child.birth_date`. */
TUOYU_API size_t tuoyu_policy_fact_count(const tuoyu_policy *policy);
TUOYU_API const char *tuoyu_policy_fact_name(const tuoyu_policy *policy, size_t index);
/** "boolean", "integer", "number", "money", "percent", "date", "string" or "enum"; NULL if there is none at
 * index. */
TUOYU_API const char *tuoyu_policy_fact_type(const tuoyu_policy *policy, size_t index);
TUOYU_API const char *tuoyu_policy_fact_label(const tuoyu_policy *policy, size_t index, const char *language);
/** Who has the fact, as packs say it (`held_by`), in "zh" or "en" (the other where one is missing); "" where
 * no pack says so. NULL if there is no fact at index. Any thread. Since 0.2. */
TUOYU_API const char *tuoyu_policy_fact_held_by(const tuoyu_policy *policy, size_t index,
                                                const char *language);
/** The fact's unit as canonical text ("CNY/month", "percent"), which tuoyu_policy_unit_to_text() puts in
 * words; "" where it has none. NULL if there is no fact at index. Any thread. Since 0.2. */
TUOYU_API const char *tuoyu_policy_fact_unit(const tuoyu_policy *policy, size_t index);
/** The fact's range in its declared unit, as the pack writes it ("[0..100000]"); "" where it has none. NULL
 * if there is no fact at index. Any thread. Since 0.2. */
TUOYU_API const char *tuoyu_policy_fact_range(const tuoyu_policy *policy, size_t index);
/** A value that a fact of type "enum" may have, by its place among them; NULL if there is none. Any thread.
 * Since 0.2. */
TUOYU_API const char *tuoyu_policy_fact_value(const tuoyu_policy *policy, size_t index, size_t value);
/** The label of such a value in "zh" or "en" (the other where one is missing, "" where it has none); NULL if
 * there is no such value. Any thread. Since 0.2. */
TUOYU_API const char *tuoyu_policy_fact_value_label(const tuoyu_policy *policy, size_t index, size_t value,
                                                    const char *language);

/** A unit or an entity as people write it, "元/月" for "CNY/month", "个托位" for "place": known units in
 * words, entities by the labels that the packs give them. language: "zh" or "en". TUOYU_OK,
 * TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_INVALID_ARGUMENT. Any thread. */
TUOYU_API tuoyu_status tuoyu_policy_unit_to_text(const tuoyu_policy *policy, const char *unit, size_t length,
                                                 const char *language, tuoyu_text **out);

/** What the policy has, as one JSON object, from which forms, documents and simulations are made:
 *
 * - `packs`: id, title, authority, in_force (first, and last where there is an end), sha256
 *
 * - `parameters`, each version of a pack by itself: name (`pack.id:name`), label, type (number, integer,
 *   boolean, date, string), unit, in_force of the pack, values (from, and value in that unit, or is_end, or
 *   is_unset; standing, citation, note), delegation (to, at_least, at_most), note
 *
 * - `facts`: name, label, type, unit, range, is_nullable, values of an enum (id, label), held_by, note
 *
 * - `rules`: name, kind (its section in a pack), title, unit, in_force of its first version, standing,
 *   citation, note, objection, and facts, those that it can ever need
 *
 * Labels, titles and notes are objects with zh, en or both; what is not written is left out. Numbers are
 * texts, so that no digit is lost. *out is the caller's, to be freed by tuoyu_text_free(). TUOYU_OK,
 * TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_INVALID_ARGUMENT. Any thread. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_policy_to_json(const tuoyu_policy *policy, tuoyu_text **out);

/* ---- Worked examples that the packs carry ---- */

TUOYU_API size_t tuoyu_policy_example_count(const tuoyu_policy *policy);
TUOYU_API const char *tuoyu_policy_example_name(const tuoyu_policy *policy, size_t index);
/** The id of the pack that carries it. */
TUOYU_API const char *tuoyu_policy_example_pack(const tuoyu_policy *policy, size_t index);
/** Runs one. *passed tells whether all that it expects came out; what did not is reported at its place.
 * Returns TUOYU_OK also when it did not pass; TUOYU_ERROR_CANCELLED, TUOYU_ERROR_NO_MEMORY,
 * TUOYU_ERROR_INVALID_ARGUMENT. Any thread. */
TUOYU_API tuoyu_status tuoyu_policy_example_run(const tuoyu_policy *policy, size_t index, bool *passed,
                                                tuoyu_diagnostics *diagnostics);
/** What one answers, as JSON: of an answer as tuoyu_answer_to_json, of cases in order as
 * tuoyu_waiting_list_to_json. Returns TUOYU_OK; TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_INVALID_ARGUMENT, or the
 * error that the example ends with, which it may well expect. Any thread. */
TUOYU_API tuoyu_status tuoyu_policy_example_to_json(const tuoyu_policy *policy, size_t index,
                                                    tuoyu_text **out, tuoyu_diagnostics *diagnostics);

/* ---- A case: one flat set of facts ---- */

/** Facts of one child with its institution, employer, household; or of one row. Owned by one thread at a
 * time. Holds a reference to its policy. */
typedef struct tuoyu_case tuoyu_case;

/** TUOYU_OK, TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_case_new(const tuoyu_policy *policy, tuoyu_case **out);
TUOYU_API void tuoyu_case_free(tuoyu_case *facts);
/** Forgets all facts; the memory stays for the next. */
TUOYU_API void tuoyu_case_clear(tuoyu_case *facts);

/** Sets a fact from text in its declared type: `2024-01-31`, `1050.00`, `true`, `public`. Percent facts are
 * given in percent, money in its declared unit. White space around the text (see tuoyu_text_trim()) is no
 * part of it. An empty text means not given. `null` means "there is none" for a fact that is declared
 * nullable. Checked at once; a wrong fact is not set. So is a text with a control character or a mark that
 * turns the direction of writing: it would forge lines where it is shown. Facts come in by this same rule
 * from cases in YAML and from tables. TUOYU_OK, TUOYU_ERROR_FACT_UNKNOWN, _FACT_TYPE, _FACT_RANGE,
 * _FACT_VALUE, _DATE, _ENCODING, _LIMIT (a text longer than the limit scalar_bytes), _NO_MEMORY,
 * _INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_case_set_text(tuoyu_case *facts, const char *name, size_t name_length,
                                           const char *text, size_t length, tuoyu_diagnostics *diagnostics);
/** As tuoyu_case_set_text. TUOYU_ERROR_FACT_TYPE where number is no finite number. */
TUOYU_API tuoyu_status tuoyu_case_set_decimal(tuoyu_case *facts, const char *name, size_t name_length,
                                              const tuoyu_decimal *number, tuoyu_diagnostics *diagnostics);
TUOYU_API tuoyu_status tuoyu_case_set_boolean(tuoyu_case *facts, const char *name, size_t name_length,
                                              bool boolean, tuoyu_diagnostics *diagnostics);
/** date in days since 1970-01-01; TUOYU_ERROR_DATE outside the years 0001 to 9999. */
TUOYU_API tuoyu_status tuoyu_case_set_date(tuoyu_case *facts, const char *name, size_t name_length,
                                           int32_t date, tuoyu_diagnostics *diagnostics);
/** The fact is known not to exist (a nullable fact only): not the same as not given. TUOYU_ERROR_FACT_TYPE
 * else. */
TUOYU_API tuoyu_status tuoyu_case_set_none(tuoyu_case *facts, const char *name, size_t name_length,
                                           tuoyu_diagnostics *diagnostics);
/** Reads facts from YAML or JSON text: `child: {birth_date: 2024-01-31}` or `child.birth_date: 2024-01-31`.
 * source is what diagnostics call the text. All errors are reported; returns the first, or TUOYU_OK. */
TUOYU_API tuoyu_status tuoyu_case_read(tuoyu_case *facts, const char *source, size_t source_length,
                                       const char *text, size_t length, tuoyu_diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif
#endif
