/* SPDX-License-Identifier: Apache-2.0 */
/* A receipt as it is read from a file: what is needed to repeat the decision. */
#ifndef TUOYU_CLI_RECEIPT_READER_H
#define TUOYU_CLI_RECEIPT_READER_H

#include <stdbool.h>

#include <tuoyu/feel.h>

#include "cli/allocation.h"

struct receipt_pack {
    char *id, *sum;
};

struct receipt {
    char *engine, *rule;
    int32_t as_of;
    struct receipt_pack *packs;
    size_t pack_count;
    tuoyu_value *inputs;           /* the facts of the case by name; NULL: it is of an indicator */
    bool has_row_digest;           /* of an indicator: of all its rows */
    bool is_payout;                /* the facts are those of a budget, from which claims were paid */
    char *region_kind, *region_id; /* of an indicator; NULL: the whole */
};

/* NULL where it can be read, else what is wrong, which the caller frees. Only what is needed is looked at:
 * the rest is compared with what is computed anew. */
char *receipt_read(const char *text, size_t length, struct receipt *receipt);
void receipt_free(struct receipt *receipt);
/* Gives the recorded facts to a case. Returns the first error; all are reported. */
tuoyu_status receipt_set_facts(const struct receipt *receipt, tuoyu_case *facts,
                               tuoyu_diagnostics *diagnostics);

/* The text after the format and the engine's version, which may be that of another release; NULL if it does
 * not begin so. */
const char *receipt_body(const char *text, size_t length, const char *engine);

#endif
