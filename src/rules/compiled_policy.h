/* SPDX-License-Identifier: Apache-2.0 */
/* A policy: packs joined into one program and the rules over it. Immutable once it is made, but for its count
 * of references; whatever is made from it holds one. */
#ifndef TUOYU_RULES_COMPILED_POLICY_H
#define TUOYU_RULES_COMPILED_POLICY_H

#include <stdatomic.h>

#include "base/digest.h"
#include "base/quota.h"
#include "rules/evaluation_pool.h"
#include "rules/rule.h"

struct policy_example {
    const struct pack_example *example;
    const struct rule *rule;
    uint32_t pack;
};

/* The SHA-256 of a pack's text. */
struct pack_digest {
    char hex[DIGEST_TEXT_SIZE];
};

struct tuoyu_policy {
    atomic_size_t references;
    struct arena arena; /* holds everything below */
    tuoyu_limits limits;
    struct layering *layering;
    struct pack_digest *digests; /* by pack */
    const uint32_t *fact_order;  /* inputs_order() */
    struct rule **rules;         /* in the order of the packs; in a pack by kind, as written */
    size_t rule_count, rule_capacity;
    struct map rules_by_full_name; /* to the index + 1 */
    struct map rules_by_name;      /* to what compiled_policy.c keeps of all that are called so */
    uint32_t *next_namesake; /* by index: of the next rule that is called so; UINT32_MAX: there is none */
    size_t namesake_capacity;
    struct policy_example *examples;
    size_t example_count;
    struct evaluation_pool evaluations;
};

/* The version of a rule that is in force on a day; where none is, the nearest before it, else the first. */
const struct rule *rule_on(const struct rule *rule, int32_t day);

/* How a policy is to be made. */
struct load_request {
    const tuoyu_allocator *allocator; /* NULL: malloc's */
    const tuoyu_limits *limits;
    bool is_analysed;    /* warnings of decision tables are wanted */
    struct quota *quota; /* quota_of_load(); afterwards it says what the load took */
};

/* What one load may take. */
struct quota quota_of_load(const tuoyu_limits *limits);

/* Reads, joins and lowers. Returns the first error; all are reported. */
tuoyu_status policy_compile(const tuoyu_pack_text *packs, size_t count, const struct load_request *request,
                            struct tuoyu_policy **out, tuoyu_diagnostics *diagnostics);
struct tuoyu_policy *policy_ref(struct tuoyu_policy *policy);
void policy_unref(struct tuoyu_policy *policy);

/* Finds a rule by name or full name. kind 0: any. from: only what this pack sees, UINT32_MAX: all packs.
 * Returns TUOYU_OK, TUOYU_ERROR_NOT_FOUND or _AMBIGUOUS, reported at where. */
tuoyu_status policy_find_rule(const struct tuoyu_policy *policy, struct text name, int32_t kind,
                              uint32_t from, struct location where, size_t *index,
                              tuoyu_diagnostics *diagnostics);

enum { HINT_SIZE = 200 };
/* `did you mean best?`, or an empty text where best is empty. */
struct text did_you_mean(char hint[HINT_SIZE], struct text best);

/* The text in a language: "en" gives English, all else Chinese; the other where one is missing; never NULL.
 */
const char *localised_in(const struct localised *localised, const char *language);
bool language_is_english(const char *language);

#endif
