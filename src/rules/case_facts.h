/* SPDX-License-Identifier: Apache-2.0 */
/* The facts of a case: what was given, and nothing for what was not. To answer a case, an evaluation is
 * borrowed from its policy. */
#ifndef TUOYU_RULES_CASE_FACTS_H
#define TUOYU_RULES_CASE_FACTS_H

#include "pack/node.h"
#include "rules/compiled_policy.h"

/* A fact that was given, and room for its text. The room is kept when the fact is set again, so it grows
 * to the longest text. */
struct kept_fact {
    struct value value;
    char *text;        /* what the value of a string points to; NULL if no room was needed yet */
    uint32_t capacity; /* of text, in bytes */
    uint32_t fact;     /* the index of the fact */
};

struct tuoyu_case {
    struct tuoyu_policy *policy; /* a reference */
    struct kept_fact *facts; /* in the order in which they were first given; those beyond `count` are unused
                                and keep their room for text */
    uint32_t count, capacity;
    uint32_t *places; /* by index of the fact: its place in `facts` plus one, or 0 if it is not given. NULL as
                         long as the case has few facts, which are searched */
};

/* Makes a case without facts, which holds a reference to the policy. TUOYU_OK or TUOYU_ERROR_NO_MEMORY,
 * not reported. */
tuoyu_status case_make(struct tuoyu_policy *policy, struct tuoyu_case **out);
/* Frees a case and gives its reference to the policy back. NULL is allowed. */
void case_free(struct tuoyu_case *facts);
/* Forgets all facts and keeps the room for them. */
void case_forget(struct tuoyu_case *facts);
/* Makes another case with the same facts. *out is NULL, and the status is not reported, when memory is
 * refused. */
tuoyu_status case_copy(const struct tuoyu_case *facts, struct tuoyu_case **out);

/* Returns the declaration of a fact by its full name and sets *index; NULL if no pack has it, which is
 * reported at `where` with the nearest name. */
const struct pack_fact *case_find_fact(const struct tuoyu_policy *policy, struct text name,
                                       struct location where, uint32_t *index,
                                       tuoyu_diagnostics *diagnostics);
/* Reads and sets facts as they are written. All errors are reported; returns the first. */
tuoyu_status case_set_given(struct tuoyu_case *facts, const struct given_fact *given, size_t count,
                            tuoyu_diagnostics *diagnostics);

/* Reads a fact's value from a text, without the white space around it. An empty text means not given;
 * `null` means none, for a nullable fact; all else is read as the declared type. The value may point into
 * `written`. Returns TUOYU_OK, TUOYU_ERROR_ENCODING, _LIMIT, or what fact_value_from_text() returns;
 * errors are reported. */
tuoyu_status case_read_text(const struct tuoyu_case *facts, const struct pack_fact *fact, uint32_t index,
                            struct text written, struct value *out, tuoyu_diagnostics *diagnostics);
/* Sets a fact and copies the text that its value points to. Returns TUOYU_OK, or TUOYU_ERROR_NO_MEMORY,
 * which is reported and leaves the fact as it was. */
tuoyu_status case_set(struct tuoyu_case *facts, const struct pack_fact *fact, uint32_t index,
                      struct value value, tuoyu_diagnostics *diagnostics);

/* The value of the fact with this index, borrowed; NULL if it was not given. */
const struct value *case_value(const struct tuoyu_case *facts, uint32_t index);

/* Borrows an evaluation from the policy and begins the case in it. The case must not change until
 * case_end(). Returns NULL when memory is refused. */
struct evaluation *case_begin(const struct tuoyu_case *facts, int32_t as_of);
/* Gives the evaluation back; the values that it computed are gone then. NULL is allowed. */
void case_end(const struct tuoyu_case *facts, struct evaluation *evaluation);

#endif
