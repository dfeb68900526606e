/* SPDX-License-Identifier: Apache-2.0 */
/* Random rows for tests/rules/packs/tally.yaml, and what tallies of them come to. */
#ifndef TUOYU_TESTS_TALLY_FIXTURE_H
#define TUOYU_TESTS_TALLY_FIXTURE_H

#include "policy_fixture.h"

/* The names of its indicators; NULL ends the list. */
extern const char *const TALLY_INDICATORS[];

/* The pack. has_promises: its rows are held to promises, too, some of which they break. */
tuoyu_policy *load_tally_pack(bool has_promises);

/* Numbers that look random, the same everywhere. */
uint32_t next_random(uint64_t *state);
uint32_t random_below(uint64_t *state, uint32_t bound);

enum { ROW_FACTS_SIZE = 400 };
/* A row with missing facts, nulls, ties and names beyond ASCII among them; returns its entity. */
const char *random_row(uint64_t *state, char facts[ROW_FACTS_SIZE]);

struct case_row {
    const char *entity;
    tuoyu_case *facts;
};
struct case_row *make_rows(const tuoyu_policy *policy, uint64_t seed, size_t count);
void free_rows(struct case_row *rows, size_t count);

tuoyu_tally *new_tally(tuoyu_policy *policy, const char *indicator);
/* Errors of rows are what they are. */
void add_rows(tuoyu_tally *tally, const struct case_row *rows, size_t count);
/* The bytes; freed by the caller. */
tuoyu_text *bytes_of(const tuoyu_tally *tally);
void assert_same_bytes(const tuoyu_tally *tally, const tuoyu_tally *other);
/* The measures of the whole and of every region: JSON, a line each (receipts where wanted); or the name of an
 * error's status. Freed by the caller. */
char *measures_of(tuoyu_tally *tally, bool as_receipts);
void assert_same_measures(tuoyu_tally *tally, tuoyu_tally *other);

#endif
