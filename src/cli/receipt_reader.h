/* SPDX-License-Identifier: Apache-2.0 */
/* A receipt as it is read from a file: what is needed to repeat the decision. */
#ifndef TUOYU_CLI_RECEIPT_READER_H
#define TUOYU_CLI_RECEIPT_READER_H

#include <stdbool.h>

#include <tuoyu/feel.h>

#include "cli/allocation.h"
#include "cli/change_list.h"

/* A pack that the decision was made with. */
struct receipt_pack {
    char *id, *sum; /* sum: SHA-256 of its text, in hexadecimal digits */
};

/* A receipt. Everything is owned by it. */
struct receipt {
    char *engine, *rule;
    int32_t as_of;
    struct receipt_pack *packs;
    size_t pack_count;
    struct change_list changes;    /* of a simulation; it owns the texts of them */
    tuoyu_value *inputs;           /* the facts of the case by name; NULL in a receipt of an indicator */
    bool has_row_digest;           /* of an indicator: it has a digest of all rows */
    bool is_payout;                /* the facts are those of a budget from which claims were paid */
    char *region_kind, *region_id; /* of an indicator; NULL for the whole */
};

/* Reads a receipt. Returns NULL, or what is wrong with it, which the caller frees; receipt_free() is needed
 * in both cases. Only what is needed is looked at: the rest is compared with what is computed anew. */
char *receipt_read(const char *text, size_t length, struct receipt *receipt);
void receipt_free(struct receipt *receipt);
/* Gives the recorded facts to a case. Reports all errors and returns the first, or TUOYU_OK. */
tuoyu_status receipt_set_facts(const struct receipt *receipt, tuoyu_case *facts,
                               tuoyu_diagnostics *diagnostics);

/* The text of a receipt, or a part of it, which others own. */
struct receipt_text {
    const char *bytes;
    size_t length;
};

/* Cuts the format and the version of the engine off a recorded receipt, made by that release, and off one of
 * now, since only these may differ; and the line feed that ends a file. Returns whether both began with them;
 * else the two are cut of nothing but the line feed. */
bool receipt_cut_heads(struct receipt_text *recorded, const char *engine, struct receipt_text *now);

#endif
