/* SPDX-License-Identifier: Apache-2.0 */
/** @file mutations.h
 * Small changes of a pack, one at a time, to find out which of its numbers and conditions no worked example
 * holds to their word: what `tuoyu test --mutate` tries. Since 0.2. */
#ifndef TUOYU_MUTATIONS_H
#define TUOYU_MUTATIONS_H

#include <tuoyu/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The changes of one pack. Immutable; any number of threads may share it. */
typedef struct tuoyu_mutations tuoyu_mutations;

/** One change. Frozen: what more there is to say gets functions of its own. All texts belong to the
 * tuoyu_mutations and end with NUL. */
typedef struct tuoyu_mutation {
    size_t offset, length; /**< the bytes of the pack's text that are replaced by `instead` */
    uint32_t line, column; /**< where they stand, both from 1; the column counts characters */
    /** "number", "day", "end of a range", "comparison", "operator", "and, or", "truth value", "rounding",
     * "condition dropped" or "condition turned" */
    const char *kind;
    const char *place;   /**< the keys that lead there: `parameters.cap.values.2024-01-01.value` */
    const char *was;     /**< the bytes that are replaced */
    const char *instead; /**< what stands there then */
    const char *cite;    /**< the cite that holds there, as the pack writes it; empty where there is none */
} tuoyu_mutation;

/** Lists the changes of a pack, scalar by scalar in the order of its text: each number up and down by one of
 * its last decimal, each day one earlier and one later, each end of a range taken in or left out, each
 * comparison with or without equality, `+` and `-`, `*` and `/`, `and` and `or` for each other, each
 * condition as if it always held (or never, in `any` and `none`) and turned round. Texts, citations, units,
 * sources and worked examples are left alone, and so is an expression with escapes or over several lines,
 * which gets a note. Not every changed pack can be loaded: one that cannot says nothing. *out is freed with
 * tuoyu_mutations_free(). Returns TUOYU_OK, else as tuoyu_policy_load does for a text that is no pack. Any
 * thread. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_pack_mutations(const tuoyu_pack_text *pack, tuoyu_mutations **out,
                                            tuoyu_diagnostics *diagnostics);
/** How many there are; 0 for NULL. Any thread. Since 0.2. */
TUOYU_API size_t tuoyu_mutations_count(const tuoyu_mutations *mutations);
/** Fills *out with the change at index. TUOYU_OK or TUOYU_ERROR_INVALID_ARGUMENT. Any thread. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_mutations_get(const tuoyu_mutations *mutations, size_t index,
                                           tuoyu_mutation *out);
/** Frees the list; NULL is allowed. Since 0.2. */
TUOYU_API void tuoyu_mutations_free(tuoyu_mutations *mutations);

#ifdef __cplusplus
}
#endif

#endif
