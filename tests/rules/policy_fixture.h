/* SPDX-License-Identifier: Apache-2.0 */
/* Policies and cases for the suites of rules, over the public interface. */
#ifndef TUOYU_TESTS_POLICY_FIXTURE_H
#define TUOYU_TESTS_POLICY_FIXTURE_H

#include <tuoyu/tuoyu.h>

#include "../cmocka_all.h"

/* A file of the source tree, ended by NUL; freed by the caller. */
char *source_file(const char *path);
/* Packs that are right: asserts it. NULL ends the list. */
tuoyu_policy *load_packs(const char *first, ...);
/* Packs of a file of the source tree. */
tuoyu_policy *load_file(const char *path);
/* A pack with id cn.test, in force from 2024-01-01 to 2025-12-31, a source `s`, and these sections. */
char *pack_of(const char *sections);
tuoyu_policy *load_sections(const char *sections);

/* The status of a load that must fail; *finding has its first error. The list is freed by the caller. */
tuoyu_status load_failing(const char *text, tuoyu_diagnostics **diagnostics, tuoyu_diagnostic *finding);
/* Asserts that the sections are refused, by a first error with this code, at this line of the sections, that
 * says this. */
void assert_refused(const char *sections, tuoyu_status code, uint32_t line, const char *says);

tuoyu_case *make_case(const tuoyu_policy *policy, const char *facts);
int32_t day(const char *date);

/* What a rule answers to facts; NULL (and *status) where that is an error. Each is freed by the caller. */
tuoyu_quote *ask_quote(tuoyu_policy *policy, const char *rule, const char *facts, const char *date,
                       tuoyu_status *status);
tuoyu_split *ask_split(tuoyu_policy *policy, const char *rule, const char *facts, const char *date,
                       tuoyu_status *status);
tuoyu_verdict *ask_verdict(tuoyu_policy *policy, const char *rule, const char *facts, const char *date,
                           tuoyu_status *status);

/* The text of a number, in one of a few buffers that are used in turn; "none" where status is not TUOYU_OK.
 */
const char *digits(tuoyu_status status, const tuoyu_decimal *number);
/* Asserts that the answer's JSON, or text, holds (or does not hold) a piece. */
void assert_json(const tuoyu_answer *answer, const char *piece);
void assert_text(const tuoyu_answer *answer, const char *language, const char *piece);
void assert_no_text(const tuoyu_answer *answer, const char *language, const char *piece);

#endif
