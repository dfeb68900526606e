/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the sums of a payout as JSON: of all claims, by state, and by payer. */
#include <string.h>

#include "cli/payout_output.h"

/* Prints a key with a number as text; nothing where status says that there is none. */
static void print_number(const char *name, tuoyu_status status, const tuoyu_decimal *number, FILE *stream)
{
    char text[TUOYU_DECIMAL_TEXT_SIZE];
    if (status != TUOYU_OK)
        return;
    tuoyu_decimal_to_text(number, text);
    write_json_text(name, stream);
    fprintf(stream, ":\"%s\",", text);
}

/* Prints what there was, what was paid, and what was not. */
static void print_sums(const tuoyu_payout *payout, FILE *stream)
{
    tuoyu_decimal number;
    print_number("used", tuoyu_payout_used(payout, &number), &number, stream);
    print_number("budget", tuoyu_payout_budget(payout, &number), &number, stream);
    print_number("overspent", tuoyu_payout_overspent(payout, &number), &number, stream);
    print_number("paid", tuoyu_payout_paid(payout, &number), &number, stream);
    print_number("left", tuoyu_payout_left(payout, &number), &number, stream);
    print_number("unpaid", tuoyu_payout_unpaid(payout, &number), &number, stream);
    print_number("claw_back", tuoyu_payout_claw_back(payout, &number), &number, stream);
}

/* Prints how many claims have which state, and what they claim and are paid. */
static void print_states(const tuoyu_payout *payout, FILE *stream)
{
    tuoyu_decimal number;
    fputs("\"states\":{", stream);
    for (int32_t state = TUOYU_CLAIM_OPEN; state <= TUOYU_CLAIM_CLAW_BACK; state++) {
        fprintf(stream, "%s\"%s\":{", state ? "," : "", claim_state_word(state));
        print_number("claimed", tuoyu_payout_state_claimed(payout, state, &number), &number, stream);
        print_number("paid", tuoyu_payout_state_paid(payout, state, &number), &number, stream);
        fprintf(stream, "\"claims\":%zu}", tuoyu_payout_state_count(payout, state));
    }
    fputs("},", stream);
}

/* Prints what the claims split, and the share of each payer in it. */
static void print_shares(const tuoyu_payout *payout, FILE *stream)
{
    tuoyu_decimal number;
    char text[TUOYU_DECIMAL_TEXT_SIZE];
    print_number("whole", tuoyu_payout_whole(payout, &number), &number, stream);
    fputs("\"payers\":{", stream);
    for (size_t i = 0; i < tuoyu_payout_payer_count(payout); i++) {
        if (tuoyu_payout_payer_share(payout, i, &number) != TUOYU_OK)
            continue;
        tuoyu_decimal_to_text(&number, text);
        fputs(i ? "," : "", stream);
        write_json_text(tuoyu_payout_payer_id(payout, i), stream);
        fprintf(stream, ":\"%s\"", text);
    }
    fputs("},", stream);
}

void payout_print_summary(const struct payout_output *output, FILE *stream)
{
    const tuoyu_payout *payout = output->payout;
    bool is_determined = tuoyu_answer_outcome(tuoyu_payout_answer(payout)) == TUOYU_DETERMINED;
    fprintf(stream,
            "{\"outcome\":\"%s\",\"not_final\":%zu,\"unit\":", is_determined ? "determined" : "undetermined",
            payout_not_final_count(output));
    write_json_text(tuoyu_payout_unit(payout), stream);
    fputc(',', stream);
    print_sums(payout, stream);
    print_states(payout, stream);
    print_shares(payout, stream);
    payout_print_counts(output, stream);
    fputs("}\n", stream);
}
