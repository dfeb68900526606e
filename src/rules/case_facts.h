/* SPDX-License-Identifier: Apache-2.0 */
/* The facts of a case, and the workspace in which they are evaluated: it is kept, so that a case that is used again
 * allocates nothing. */
#ifndef TUOYU_RULES_CASE_FACTS_H
#define TUOYU_RULES_CASE_FACTS_H

#include "exec/evaluation.h"
#include "pack/node.h"
#include "rules/compiled_policy.h"

/* Room for the text of a fact: one that is set again and again takes what its longest text needs. */
struct case_text {
    char *bytes;
    size_t capacity;
    uint64_t round; /* when it was given: it is gone with that round's arena */
};

struct tuoyu_case {
    struct tuoyu_policy *policy; /* a reference */
    struct arena arena;          /* of the texts among the values */
    struct value *values;        /* by index of the fact */
    struct case_text *texts;     /* by index of the fact */
    uint64_t round;              /* from 1; one more each time that all is forgotten */
    struct evaluation *workspace;
};

tuoyu_status case_make(struct tuoyu_policy *policy, struct tuoyu_case **out);
void case_release(struct tuoyu_case *facts);
void case_forget(struct tuoyu_case *facts);
/* A case of its own with the same facts. */
tuoyu_status case_copy(const struct tuoyu_case *facts, struct tuoyu_case **out);

/* The declaration of a fact by its full name; NULL (reported with did-you-mean at where) if no pack has it. */
const struct pack_fact *case_find_fact(const struct tuoyu_policy *policy, struct text name, struct location where,
                                       uint32_t *index, tuoyu_diagnostics *diagnostics);
/* Reads and sets facts as they are written. All errors are reported; returns the first. */
tuoyu_status case_set_given(struct tuoyu_case *facts, const struct given_fact *given, size_t count,
                            tuoyu_diagnostics *diagnostics);

/* A fact's value as text, of which the white space around it is no part: empty is not given, `null` is none
 * of a nullable fact, else it is in the declared type. The value may point into the case, where it stands
 * until the fact is read again. TUOYU_OK, TUOYU_ERROR_ENCODING, or as fact_value_from_text(), reported. */
tuoyu_status case_read_text(struct tuoyu_case *facts, const struct pack_fact *fact, uint32_t index, struct text written,
                            struct value *out, tuoyu_diagnostics *diagnostics);

/* Begins an evaluation of the case. */
struct evaluation *case_begin(const struct tuoyu_case *facts, int32_t as_of);

#endif
