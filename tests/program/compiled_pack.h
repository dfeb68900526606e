/* SPDX-License-Identifier: Apache-2.0 */
/* Packs from text, joined and ready to be asked for slots: what the tests of plan, exec and layering stand
 * on. */
#ifndef TUOYU_TESTS_COMPILED_PACK_H
#define TUOYU_TESTS_COMPILED_PACK_H

#include "../cmocka_all.h"
#include "pack/layering.h"
#include "program/evaluation.h"

/* The head of a pack with an id; in force from 2020-01-01. */
#define PACK(id) "tuoyu: 1\nid: " id "\ntitle: t\nauthority: a\nin_force: 2020-01-01..\n"
#define SOURCES "sources:\n  law: {title: 法}\n"

struct compiled {
    struct arena arena;
    struct layering *layering; /* NULL when the packs could not be joined */
    tuoyu_diagnostics *diagnostics;
    tuoyu_status status; /* of reading and joining */
    struct evaluation evaluation;
    bool can_run;
    struct value *facts;
};

void compile_packs(struct compiled *compiled, const char *const *texts, size_t count);
/* One pack that must be without an error. */
void compile_good(struct compiled *compiled, const char *text);
void compiled_free(struct compiled *compiled);

/* Gives a fact, `null` for none, or takes it back (text NULL). It must be valid. */
void give(struct compiled *compiled, const char *name, const char *text);
/* Forgets all facts. */
void give_nothing(struct compiled *compiled);
uint32_t slot_named(const struct compiled *compiled, const char *name);
/* Begins a case on the date and asks for the slot that the last pack calls so. */
struct value value_on(struct compiled *compiled, const char *date, const char *name);

/* Each begins a case on the date. */
void assert_shows(struct compiled *compiled, const char *date, const char *name, const char *expected);
/* names: what it waits for, with commas, in order. */
void assert_unknown(struct compiled *compiled, const char *date, const char *name, const char *names);
void assert_fails(struct compiled *compiled, const char *date, const char *name, tuoyu_status code,
                  const char *part);

/* Whether some finding has the code and the part in its message, hint or excerpt. */
void assert_finding(const struct compiled *compiled, tuoyu_status code, const char *part);
/* The pack has just that finding, as an error (notes do not count). */
void assert_rejected(const char *text, tuoyu_status code, const char *part);

/* The same numbers on every machine; state is the seed. */
uint32_t random_below(uint32_t *state, uint32_t bound);

#endif
