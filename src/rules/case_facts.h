/* SPDX-License-Identifier: Apache-2.0 */
/* The facts of a case: what was given, and nothing for what was not. Who answers it borrows an evaluation of
 * the policy. */
#ifndef TUOYU_RULES_CASE_FACTS_H
#define TUOYU_RULES_CASE_FACTS_H

#include "pack/node.h"
#include "rules/compiled_policy.h"

/* A fact that was given, and room for its text: one that is set again and again takes what its longest text
 * needs. */
struct kept_fact {
    struct value value;
    char *text;        /* what a string's value points to; NULL: no room was needed yet */
    uint32_t capacity; /* of text, in bytes */
    uint32_t fact;     /* its index */
};

struct tuoyu_case {
    struct tuoyu_policy *policy; /* a reference */
    struct kept_fact *facts;     /* as they were first given; those beyond count keep their room for text */
    uint32_t count, capacity;
    uint32_t *places; /* by index of the fact: where it stands among `facts`, from 1, or 0. NULL: there were
                         never so many that a table is better than a search */
};

tuoyu_status case_make(struct tuoyu_policy *policy, struct tuoyu_case **out);
void case_free(struct tuoyu_case *facts);
void case_forget(struct tuoyu_case *facts);
/* A case of its own with the same facts. */
tuoyu_status case_copy(const struct tuoyu_case *facts, struct tuoyu_case **out);

/* The declaration of a fact by its full name; NULL (reported with did-you-mean at where) if no pack has it.
 */
const struct pack_fact *case_find_fact(const struct tuoyu_policy *policy, struct text name,
                                       struct location where, uint32_t *index,
                                       tuoyu_diagnostics *diagnostics);
/* Reads and sets facts as they are written. All errors are reported; returns the first. */
tuoyu_status case_set_given(struct tuoyu_case *facts, const struct given_fact *given, size_t count,
                            tuoyu_diagnostics *diagnostics);

/* A fact's value as text, of which the white space around it is no part: empty is not given, `null` is none
 * of a nullable fact, else it is in the declared type. The value may point into what is written. TUOYU_OK,
 * TUOYU_ERROR_ENCODING, _LIMIT, or as fact_value_from_text(), reported. */
tuoyu_status case_read_text(const struct tuoyu_case *facts, const struct pack_fact *fact, uint32_t index,
                            struct text written, struct value *out, tuoyu_diagnostics *diagnostics);
/* Sets a fact, and copies the text that its value borrows. TUOYU_OK or TUOYU_ERROR_NO_MEMORY, reported: the
 * fact is then as it was. */
tuoyu_status case_set(struct tuoyu_case *facts, const struct pack_fact *fact, uint32_t index,
                      struct value value, tuoyu_diagnostics *diagnostics);

/* Borrows an evaluation and begins the case in it; its `facts` are those of the case until case_end(). NULL
 * when memory is refused. The case may not change in between. */
struct evaluation *case_begin(const struct tuoyu_case *facts, int32_t as_of);
/* Gives the evaluation back, and with it all values that it computed. NULL is allowed. */
void case_end(const struct tuoyu_case *facts, struct evaluation *evaluation);

#endif
