/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a payout with a row for each record of its file, so that what went in can be counted in what comes
 * out. */
#include "cli/payout_output.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "cli/csv_writer.h"
#include "cli/language.h"

/* ---- Claims and their records ---- */

/* A claim of the payout with the records that were added under its id. */
struct claim_view {
    size_t index;        /* of the claim in the payout */
    int32_t state;       /* TUOYU_CLAIM_… */
    bool is_contested;   /* its records differ, so that none is paid */
    size_t first, count; /* its records are by_id[first] and those after it, so many */
};

/* Finds the records of a claim. *nameless counts the records without an id so far: each of them is a claim of
 * its own, in the order of the file. */
static struct claim_view view_claim(const struct payout_output *output, size_t index, size_t *nameless)
{
    const tuoyu_payout *payout = output->payout;
    const char *id = tuoyu_payout_claim_id(payout, index);
    struct claim_view view = {.index = index, .state = tuoyu_payout_claim_state(payout, index)};
    view.is_contested = tuoyu_payout_claim_code(payout, index) == TUOYU_ERROR_DUPLICATE;
    view.count = records_of_id(output->claims, id, &view.first);
    if (*id)
        return view;
    view.first += (*nameless)++;
    view.count = 1;
    return view;
}

/* The record at a place among those of a claim. */
static const struct claim_record *record_at(const struct payout_output *output, const struct claim_view *view,
                                            size_t place)
{
    assert(place < view->count);
    return &output->claims->records[output->claims->by_id[view->first + place]];
}

bool payout_is_overspent(const tuoyu_payout *payout, tuoyu_decimal *by)
{
    int64_t whole;
    if (tuoyu_payout_overspent(payout, by) != TUOYU_OK)
        return false;
    return tuoyu_decimal_to_int64(by, 0, &whole) != TUOYU_OK || whole != 0;
}

size_t payout_not_final_count(const struct payout_output *output)
{
    tuoyu_decimal paid;
    size_t count = 0;
    for (size_t i = 0; i < tuoyu_payout_claim_count(output->payout); i++)
        count += tuoyu_payout_claim_paid(output->payout, i, &paid) == TUOYU_OK &&
                 !tuoyu_payout_claim_is_final(output->payout, i);
    return count;
}

/* What the first record of a claim counts as, by TUOYU_RECORDS_…. Of a claim to which nothing is due the
 * amount is known, unless the rule does not apply to it. */
static int32_t count_of_claim(const struct payout_output *output, const struct claim_view *view)
{
    tuoyu_decimal amount;
    if (record_at(output, view, 0)->kind == RECORD_UNREADABLE)
        return TUOYU_RECORDS_UNREADABLE;
    switch (view->state) {
    case TUOYU_CLAIM_ERROR: return TUOYU_RECORDS_ERROR;
    case TUOYU_CLAIM_OPEN: return TUOYU_RECORDS_UNDETERMINED;
    case TUOYU_CLAIM_NOT_DUE:
        return tuoyu_payout_claim_claimed(output->payout, view->index, &amount) == TUOYU_OK
                   ? TUOYU_RECORDS_DETERMINED
                   : TUOYU_RECORDS_NOT_APPLICABLE;
    default: return TUOYU_RECORDS_DETERMINED;
    }
}

/* Adds the records of a claim to the counts. */
static void count_claim(const struct payout_output *output, const struct claim_view *view,
                        struct payout_counts *counts)
{
    int64_t repeated = (int64_t)view->count - 1;
    counts->of[TUOYU_RECORDS_READ] += 1 + repeated;
    counts->of[count_of_claim(output, view)]++;
    counts->of[TUOYU_RECORDS_ERROR] += repeated;
    if (!view->is_contested)
        counts->repeated += repeated;
}

int64_t payout_closed_count(const struct payout_counts *counts)
{
    return counts->of[TUOYU_RECORDS_DETERMINED] + counts->of[TUOYU_RECORDS_NOT_APPLICABLE];
}

struct payout_counts payout_record_counts(const struct payout_output *output)
{
    struct payout_counts counts = {.repeated = 0};
    size_t nameless = 0;
    for (size_t i = 0; i < tuoyu_payout_claim_count(output->payout); i++) {
        struct claim_view view = view_claim(output, i, &nameless);
        count_claim(output, &view, &counts);
    }
    return counts;
}

/* ---- What is said of a record ---- */

const char *claim_state_word(int32_t state)
{
    static const char *const WORDS[] = {"open",    "paid",  "in_part",     "unpaid",
                                        "not_due", "error", "paid_before", "claw_back"};
    return state >= 0 && state < (int32_t)(sizeof WORDS / sizeof *WORDS) ? WORDS[state] : "";
}

/* The word of a record. The first record of a claim stands for it; others that say the same are
 * duplicates. */
static const char *word_of_record(const struct claim_view *view, size_t place)
{
    return place && !view->is_contested ? "duplicate" : claim_state_word(view->state);
}

/* What is wrong with a record, or ""; the caller frees it. */
static char *error_of_record(const struct payout_output *output, const struct claim_view *view, size_t place)
{
    const struct claim_record *record = record_at(output, view, place);
    const char *problem = record->problem ? record->problem : "";
    if (!view->is_contested)
        return must_copy(place ? "" : problem, place ? 0 : strlen(problem));
    size_t other = record_at(output, view, place ? 0 : 1)->number;
    return must_format(
        output_format(
            "record %zu has the same id and other facts: none of the %zu records of this id is paid%s%s"),
        other, view->count, *problem ? "; " : "", problem);
}

/* Why a claim gets less than it claims, or a record gets nothing; "" where there is no reason. The caller
 * frees it. */
static char *reason_of_record(const struct payout_output *output, const struct claim_view *view, size_t place)
{
    tuoyu_decimal number;
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    if (view->is_contested)
        return must_copy("", 0);
    if (place)
        return must_format(output_format("the same as record %zu: it counts once"),
                           record_at(output, view, 0)->number);
    if (view->state == TUOYU_CLAIM_IN_PART)
        return must_format("%s", output_format("the budget ran out"));
    if (view->state == TUOYU_CLAIM_UNPAID && payout_is_overspent(output->payout, &number)) {
        tuoyu_decimal_to_text(&number, digits);
        return must_format(output_format("the budget is overspent by %s"), digits);
    }
    if (view->state == TUOYU_CLAIM_UNPAID)
        return must_format("%s", output_format("the budget does not suffice"));
    if (view->state == TUOYU_CLAIM_PAID_BEFORE)
        return must_format("%s", output_format("paid before: nothing more is due"));
    if (view->state == TUOYU_CLAIM_CLAW_BACK)
        return must_format("%s", output_format("more was paid before than is due"));
    bool waits_for_budget =
        view->state == TUOYU_CLAIM_OPEN && tuoyu_payout_budget(output->payout, &number) != TUOYU_OK;
    return must_format("%s", waits_for_budget ? output_format("the budget is not known") : "");
}

/* A record in error, a duplicate, or a record that is no row. */
struct problem {
    const struct claim_record *record;
    const char *state, *text;
    bool is_first; /* the first problem of the list */
};

/* Calls print for each record that something is wrong with. */
static void print_problems(const struct payout_output *output,
                           void (*print)(const struct problem *problem, FILE *stream), FILE *stream)
{
    size_t nameless = 0;
    bool is_first = true;
    for (size_t i = 0; i < tuoyu_payout_claim_count(output->payout); i++) {
        struct claim_view view = view_claim(output, i, &nameless);
        for (size_t place = view.state == TUOYU_CLAIM_ERROR ? 0 : 1; place < view.count; place++) {
            char *error = error_of_record(output, &view, place),
                 *reason = reason_of_record(output, &view, place);
            print(&(struct problem){.record = record_at(output, &view, place),
                                    .state = word_of_record(&view, place),
                                    .text = *error ? error : reason,
                                    .is_first = is_first},
                  stream);
            is_first = false;
            free(error);
            free(reason);
        }
    }
}

/* ---- CSV ---- */

/* Writes a number as a field, empty where status says that there is none. */
static void write_number(struct csv_writer *writer, tuoyu_status status, const tuoyu_decimal *number)
{
    char text[TUOYU_DECIMAL_TEXT_SIZE] = "";
    if (status == TUOYU_OK)
        tuoyu_decimal_to_text(number, text);
    csv_write_field(writer, text);
}

/* Writes the names that a claim waits for. A space joins them, because names hold none. */
static void write_missing(struct csv_writer *writer, const tuoyu_payout *payout, size_t index)
{
    char *text = must_copy("", 0);
    const char *name;
    for (size_t i = 0; (name = tuoyu_payout_claim_missing(payout, index, i)); i++) {
        char *longer = must_format("%s%s%s", text, i ? " " : "", name);
        free(text);
        text = longer;
    }
    csv_write_field(writer, text);
    free(text);
}

/* Writes a field and frees its text. */
static void write_text(struct csv_writer *writer, char *text)
{
    csv_write_field(writer, text);
    free(text);
}

/* Writes what is claimed and paid. A record that is not the first of its claim gets nothing itself. */
static void write_amounts(struct csv_writer *writer, const struct payout_output *output,
                          const struct claim_view *view, size_t place)
{
    tuoyu_decimal number;
    bool is_duplicate = place && !view->is_contested;
    const tuoyu_payout *payout = output->payout;
    if (place) {
        csv_write_field(writer, "");
        csv_write_field(writer, "");
        csv_write_field(writer, is_duplicate ? "0" : "");
        csv_write_field(writer, "");
        return;
    }
    write_number(writer, tuoyu_payout_claim_claimed(payout, view->index, &number), &number);
    write_number(writer, tuoyu_payout_claim_paid_before(payout, view->index, &number), &number);
    write_number(writer, tuoyu_payout_claim_paid(payout, view->index, &number), &number);
    write_number(writer, tuoyu_payout_claim_claw_back(payout, view->index, &number), &number);
}

/* Writes the row of a record. */
static void write_record(struct csv_writer *writer, const struct payout_output *output,
                         const struct claim_view *view, size_t place)
{
    const struct claim_record *record = record_at(output, view, place);
    bool is_duplicate = place && !view->is_contested;
    char number[24];
    csv_write_field(writer, record->shown_id);
    write_amounts(writer, output, view, place);
    csv_write_field(writer, word_of_record(view, place));
    if (place)
        csv_write_field(writer, "");
    else
        write_missing(writer, output->payout, view->index);
    write_text(writer, error_of_record(output, view, place));
    write_text(writer, reason_of_record(output, view, place));
    csv_write_field(writer,
                    is_duplicate || tuoyu_payout_claim_is_final(output->payout, view->index) ? "yes" : "no");
    snprintf(number, sizeof number, "%zu", record->number);
    csv_write_field(writer, number);
    for (size_t i = 0; output->claims->kept && i < output->claims->kept->count; i++)
        csv_write_field(writer, record->kept[i]);
    for (size_t i = 0; i < output->claims->member_count; i++)
        csv_write_field(writer, record->members ? record->members[i] : "");
    csv_end_row(writer);
}

/* Columns of the CSV behind that of the ids. */
static const char *const COLUMNS[] = {"claimed", "paid_before", "paid",   "claw_back", "state",
                                      "missing", "error",       "reason", "final",     "record"};

bool payout_has_column(const struct payout_output *output, const char *name)
{
    bool is_there = strcmp(output->id, name) == 0;
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++)
        is_there |= strcmp(COLUMNS[i], name) == 0;
    return is_there;
}

void payout_print_csv(const struct payout_output *output, FILE *stream)
{
    struct csv_writer writer = {.is_for_spreadsheet = output->is_for_spreadsheet};
    if (output->is_for_spreadsheet)
        fputs(SPREADSHEET_MARK, stream);
    size_t nameless = 0;
    csv_write_field(&writer, output->id);
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++)
        csv_write_field(&writer, COLUMNS[i]);
    for (size_t i = 0; output->claims->kept && i < output->claims->kept->count; i++)
        csv_write_field(&writer, output->claims->kept->items[i]);
    for (size_t i = 0; i < output->claims->member_count; i++)
        csv_write_field(&writer, output->members->names[i]);
    csv_end_row(&writer);
    for (size_t i = 0; i < tuoyu_payout_claim_count(output->payout); i++) {
        struct claim_view view = view_claim(output, i, &nameless);
        for (size_t place = 0; place < view.count; place++)
            write_record(&writer, output, &view, place);
    }
    csv_print_rows(&writer, stream);
}

/* ---- JSON ---- */

void write_json_text(const char *text, FILE *stream)
{
    fputc('"', stream);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            fprintf(stream, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            fprintf(stream, "\\u%04x", c);
        else
            fputc(c, stream);
    }
    fputc('"', stream);
}

void payout_print_counts(const struct payout_output *output, FILE *stream)
{
    struct payout_counts counts = payout_record_counts(output);
    write_json_records(stream, counts.of);
}

/* Prints a problem as an object of a list. */
static void print_json_problem(const struct problem *problem, FILE *stream)
{
    fprintf(stream, "%s{\"record\":%zu,\"id\":", problem->is_first ? "\n" : ",\n", problem->record->number);
    write_json_text(problem->record->shown_id, stream);
    fprintf(stream, ",\"state\":\"%s\",\"error\":", problem->state);
    write_json_text(problem->text, stream);
    fputc('}', stream);
}

/* Prints the key `problems`. */
static void print_json_problems(const struct payout_output *output, FILE *stream)
{
    fputs("\"problems\":[", stream);
    print_problems(output, print_json_problem, stream);
    fputc(']', stream);
}

void payout_print_json(const struct payout_output *output, FILE *stream)
{
    tuoyu_text *json = NULL;
    must_have_memory(tuoyu_answer_to_json(tuoyu_payout_answer(output->payout), &json));
    fputs("{\"payout\":", stream);
    fwrite(tuoyu_text_bytes(json), 1, tuoyu_text_length(json), stream);
    fputs(",\n", stream);
    print_json_problems(output, stream);
    fputs(",\n", stream);
    payout_print_counts(output, stream);
    fputs("}\n", stream);
    tuoyu_text_free(json);
}

/* ---- Text ---- */

/* Prints a problem as a line. */
static void print_text_problem(const struct problem *problem, FILE *stream)
{
    fprintf(stream, "#%zu %s: %s: %s\n", problem->record->number, problem->record->shown_id, problem->state,
            problem->text);
}

void payout_print_text(const struct payout_output *output, FILE *stream)
{
    struct payout_counts counts = payout_record_counts(output);
    tuoyu_text *text = NULL;
    must_have_memory(
        tuoyu_answer_to_text(tuoyu_payout_answer(output->payout), output->language, false, &text));
    fwrite(tuoyu_text_bytes(text), 1, tuoyu_text_length(text), stream);
    print_problems(output, print_text_problem, stream);
    fputs(strcmp(output->language, "en") == 0 ? "Records: " : "记录：", stream);
    write_text_records(stream, counts.of, output->language);
    fputc('\n', stream);
    tuoyu_text_free(text);
}
