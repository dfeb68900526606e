/* SPDX-License-Identifier: Apache-2.0 */
/* A policy: packs that are joined into one program, and the rules over it. It is immutable once made, but
 * for its count of references; whatever is made from a policy holds a reference to it. */
#ifndef TUOYU_RULES_COMPILED_POLICY_H
#define TUOYU_RULES_COMPILED_POLICY_H

#include <stdatomic.h>

#include "base/digest.h"
#include "base/merge_sort.h"
#include "base/quota.h"
#include "rules/evaluation_pool.h"
#include "rules/rule.h"

/* A worked example and the rule that it is of. */
struct policy_example {
    const struct pack_example *example;
    size_t rule; /* index in policy->rules */
    uint32_t pack;
};

/* The SHA-256 of a pack's text. */
struct pack_digest {
    char hex[DIGEST_TEXT_SIZE];
};

struct policy_change;

struct tuoyu_policy {
    atomic_size_t references;
    struct arena arena; /* holds everything below, but for what a scenario shares */

    /* ---- What a scenario shares with its base: all of these, but that it has its own layering and rules
     * ---- */
    tuoyu_limits limits;
    tuoyu_interrupt interrupt; /* asked by all that is evaluated with the policy; NULL: nobody is */
    void *interrupt_context;
    struct layering *layering;
    struct pack_digest *digests; /* the digest of each pack's text, by index of the pack */
    const uint32_t *fact_order;  /* inputs_order() */
    struct rule **rules;         /* in the order of the packs; in a pack by kind, as written */
    size_t rule_count, rule_capacity;
    struct map rules_by_full_name; /* from the full name to the index in `rules` plus one */
    struct map rules_by_name;      /* from the short name to the `namesakes` of compiled_policy.c */
    uint32_t *next_namesake; /* by index in `rules`: the index of the next rule with the same short name, or
                                UINT32_MAX */
    size_t namesake_capacity;
    struct promise *promises; /* of all packs, in their order */
    size_t promise_count;
    struct policy_example *examples;
    size_t example_count;

    /* ---- What each has for itself ---- */
    struct evaluation_pool evaluations;
    struct tuoyu_policy *base;           /* of a scenario: the policy that it was made of, to which it holds a
                                            reference;           else NULL */
    const struct policy_change *changes; /* all changes of a scenario, in order; rules/scenario.h */
    size_t change_count;
};

/* The version of a rule that is in force on a day. If none is, the last one that began before it, else the
 * first one. */
const struct rule *rule_on(const struct rule *rule, int32_t day);

/* How a policy is to be made. */
struct load_request {
    const tuoyu_allocator *allocator; /* NULL stands for malloc */
    const tuoyu_limits *limits;
    bool is_analysed;    /* whether decision tables are analysed for warnings */
    struct quota *quota; /* from quota_of_load(); afterwards it says what the load took */
};

/* The steps and bytes that one load may take: those of the limits, or the defaults where these are 0. */
struct quota quota_of_load(const tuoyu_limits *limits);

/* Reads, joins and lowers packs into a policy. All errors are reported and the first is returned; *out is
 * NULL then. */
tuoyu_status policy_compile(const tuoyu_pack_text *packs, size_t count, const struct load_request *request,
                            struct tuoyu_policy **out, tuoyu_diagnostics *diagnostics);
/* Makes the empty pool of evaluations of a policy that is whole. */
void policy_open_evaluations(struct tuoyu_policy *policy);
/* Takes a reference to a policy and returns the policy; NULL is allowed. Any thread that holds a reference
 * may call it. */
struct tuoyu_policy *policy_ref(struct tuoyu_policy *policy);
/* Gives a reference back; the last one frees the policy. NULL is allowed. */
void policy_unref(struct tuoyu_policy *policy);

/* Whether the host wants the work in hand to end; `done` is how much of it is done, in pieces of about a
 * microsecond, and it is asked after every few thousand of them. */
static inline bool policy_is_interrupted(const struct tuoyu_policy *policy, size_t done)
{
    enum { PIECES_AN_ASKING = 4096 };
    return policy->interrupt && done % PIECES_AN_ASKING == PIECES_AN_ASKING - 1 &&
           policy->interrupt(policy->interrupt_context);
}
/* merge_sort_or_stop() that asks the policy's host. TUOYU_OK or TUOYU_ERROR_CANCELLED. */
tuoyu_status policy_sort(const struct tuoyu_policy *policy, void *pointers, size_t count, void *scratch,
                         merge_sort_order order, const void *context);
/* Reports work that was cancelled. Returns TUOYU_ERROR_CANCELLED. */
tuoyu_status report_cancelled(tuoyu_diagnostics *diagnostics);

/* Finds a rule by its short or full name and sets *index. `kind` 0 stands for any kind; `from` is the pack
 * that asks and finds only what it sees, UINT32_MAX sees all packs. Returns TUOYU_OK,
 * TUOYU_ERROR_NOT_FOUND (UNKNOWN_NAME if a pack asks) or _AMBIGUOUS; errors are reported at `where`. */
tuoyu_status policy_find_rule(const struct tuoyu_policy *policy, struct text name, int32_t kind,
                              uint32_t from, struct location where, size_t *index,
                              tuoyu_diagnostics *diagnostics);

enum { HINT_SIZE = 200 };
/* Writes `did you mean best?` into `hint`; the text is empty if `best` is empty or too long. */
struct text did_you_mean(char hint[HINT_SIZE], struct text best);

/* The text in a language: English for "en", Chinese for all else, and the other one where that is not
 * written. It is never NULL. */
const char *localised_in(const struct localised *localised, const char *language);
/* True for "en"; anything else, NULL included, stands for Chinese. */
bool language_is_english(const char *language);

#endif
