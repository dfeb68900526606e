/* SPDX-License-Identifier: Apache-2.0 */
/* Payouts of before: one is repeated from its receipt and its claims, and another one follows on it. */
#ifndef TUOYU_CLI_PAYOUT_AGAIN_H
#define TUOYU_CLI_PAYOUT_AGAIN_H

#include "cli/claim_file.h"
#include "cli/receipt_reader.h"
#include "cli/text_file.h"

/* What a payout is repeated from, beside its receipt. */
struct payout_source {
    const char *claims;   /* path of the file of claims */
    const char *id;       /* its column of ids */
    const char *previous; /* path of the receipt that it followed on, or NULL */
    struct intake *intake;
};

/* Lets the budget follow on the payout whose receipt stands in the file. Returns false after saying why not.
 */
bool follow_payout(tuoyu_budget *budget, const char *path);
/* Pays the claims of a receipt again. Returns NULL after saying why that cannot be; *exit_status says how bad
 * that is. The caller frees the payout. */
tuoyu_payout *payout_again(tuoyu_policy *policy, const struct receipt *receipt,
                           const struct payout_source *source, int *exit_status);
/* Whether the payout of a receipt is the one that its claims give by this policy, which must have the
 * receipt's packs. Returns false after saying what is not so. */
bool prove_payout(tuoyu_policy *policy, const char *path, const struct payout_source *source);

#endif
