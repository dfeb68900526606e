/* SPDX-License-Identifier: Apache-2.0 */
/* An indicator over many rows: the share of staff with a certificate, of the whole district and of each
 * sub-district.
 *
 *     indicators PACK.yaml…        the Beilun pilot and the packs that it uses
 *
 * The rows are tallied in two parts, as two threads or two machines would, and the parts are merged: a table
 * of plain arrays, and rows one by one. The list of sub-districts is an input, too, so that one without any
 * staff does not vanish. */
#include "plain_columns.h"
#include "read_packs.h"

/* ---- The rows ---- */

static const char *const SUBDISTRICTS[] = {"新碶街道", "小港街道", "梅山街道"};
enum { SUBDISTRICT_COUNT = 3, STAFF_IN_TABLE = 6 };

/* Six members of staff, four in the first sub-district and two in the second; nothing is known of the last
 * one's certificate. */
static const char PLACES[] = "新碶街道新碶街道新碶街道新碶街道小港街道小港街道";
static const int32_t PLACE_OFFSETS[STAFF_IN_TABLE + 1] = {0, 12, 24, 36, 48, 60, 72};
static const uint8_t IS_CERTIFIED[] = {0x17}, IS_KNOWN[] = {0x1f};

/* ---- Tallying ---- */

static tuoyu_status add_staff_of_table(tuoyu_tally *tally, tuoyu_diagnostics *diagnostics)
{
    static struct plain_table table;
    plain_table_begin(&table, STAFF_IN_TABLE);
    plain_add_texts(&table, "staff.subdistrict", PLACE_OFFSETS, PLACES, NULL);
    plain_add_booleans(&table, "staff.certified", IS_CERTIFIED, IS_KNOWN);
    return tuoyu_tally_add_table(tally, "staff", TUOYU_NUL_TERMINATED, &table.schema, &table.array, 0, -1,
                                 NULL, diagnostics);
}

/* One row: each sub-district has one, and one more member of staff works in the second. */
static tuoyu_status add_row(tuoyu_tally *tally, tuoyu_case *row, const char *entity, const char *text,
                            tuoyu_diagnostics *diagnostics)
{
    tuoyu_case_clear(row);
    tuoyu_status status =
        tuoyu_case_read(row, "row", TUOYU_NUL_TERMINATED, text, TUOYU_NUL_TERMINATED, diagnostics);
    return status == TUOYU_OK ? tuoyu_tally_add(tally, entity, TUOYU_NUL_TERMINATED, row, diagnostics)
                              : status;
}

static tuoyu_status add_rows(tuoyu_tally *tally, const tuoyu_policy *policy, tuoyu_diagnostics *diagnostics)
{
    tuoyu_case *row = NULL;
    char text[128];
    tuoyu_status status = tuoyu_case_new(policy, &row);
    for (int i = 0; i < SUBDISTRICT_COUNT && status == TUOYU_OK; i++) {
        snprintf(text, sizeof text, "subdistrict: {id: %s}", SUBDISTRICTS[i]);
        status = add_row(tally, row, "subdistrict", text, diagnostics);
    }
    snprintf(text, sizeof text, "staff: {subdistrict: %s, certified: true}", SUBDISTRICTS[1]);
    if (status == TUOYU_OK)
        status = add_row(tally, row, "staff", text, diagnostics);
    tuoyu_case_free(row);
    return status;
}

/* ---- What they come to ---- */

static const char *number_text(tuoyu_status status, const tuoyu_decimal *number,
                               char text[TUOYU_DECIMAL_TEXT_SIZE])
{
    if (status == TUOYU_OK)
        tuoyu_decimal_to_text(number, text);
    return status == TUOYU_OK ? text : "none";
}

static void print_measure(const char *name, const tuoyu_measure *measure)
{
    char texts[4][TUOYU_DECIMAL_TEXT_SIZE];
    tuoyu_decimal value, lower, upper, distance;
    tuoyu_status has_value = tuoyu_measure_value(measure, &value),
                 has_lower = tuoyu_measure_lower(measure, &lower),
                 has_upper = tuoyu_measure_upper(measure, &upper),
                 has_distance = tuoyu_measure_distance(measure, &distance);
    static const char *const MET[] = {"open", "not met", "met"};
    int32_t met = tuoyu_measure_met(measure);
    printf("%s: %s %s", name, number_text(has_value, &value, texts[0]), tuoyu_measure_unit(measure));
    printf(", between %s and %s", number_text(has_lower, &lower, texts[1]),
           number_text(has_upper, &upper, texts[2]));
    printf(", %s, %s to go\n", MET[met + 1], number_text(has_distance, &distance, texts[3]));
}

static tuoyu_status print_region(tuoyu_tally *tally, const char *region, const char *id,
                                 tuoyu_diagnostics *diagnostics)
{
    tuoyu_measure *measure = NULL;
    tuoyu_status status = tuoyu_tally_measure(tally, region, TUOYU_NUL_TERMINATED, id, TUOYU_NUL_TERMINATED,
                                              &measure, diagnostics);
    if (status == TUOYU_OK)
        print_measure(id ? id : "whole", measure);
    tuoyu_measure_free(measure);
    return status;
}

static tuoyu_status print_all(tuoyu_tally *tally, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status = print_region(tally, NULL, NULL, diagnostics);
    for (int i = 0; i < SUBDISTRICT_COUNT && status == TUOYU_OK; i++)
        status = print_region(tally, "subdistrict", SUBDISTRICTS[i], diagnostics);
    return status;
}

int main(int argc, char **argv)
{
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_policy *policy = NULL;
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *whole = NULL, *part = NULL;
    int32_t as_of = 0;
    tuoyu_status status = tuoyu_diagnostics_new(NULL, &diagnostics);
    if (status == TUOYU_OK)
        status = tuoyu_date_from_ymd(2024, 6, 15, &as_of);
    if (status == TUOYU_OK)
        status = load_packs(argv + 1, (size_t)argc - 1, &policy, diagnostics);
    if (status == TUOYU_OK)
        status = tuoyu_policy_indicator(policy, "certified_staff_rate", TUOYU_NUL_TERMINATED, &indicator,
                                        diagnostics);
    if (status == TUOYU_OK)
        status = tuoyu_indicator_tally(indicator, as_of, &whole, diagnostics);
    if (status == TUOYU_OK)
        status = tuoyu_indicator_tally(indicator, as_of, &part, diagnostics);
    if (status == TUOYU_OK)
        status = add_rows(whole, policy, diagnostics);
    if (status == TUOYU_OK)
        status = add_staff_of_table(part, diagnostics);
    if (status == TUOYU_OK)
        status = tuoyu_tally_merge(whole, part, diagnostics);
    if (status == TUOYU_OK)
        status = print_all(whole, diagnostics);
    int code = status == TUOYU_OK ? 0 : fail("indicators", status, diagnostics);
    tuoyu_tally_free(part);
    tuoyu_tally_free(whole);
    tuoyu_indicator_unref(indicator);
    tuoyu_policy_unref(policy);
    tuoyu_diagnostics_free(diagnostics);
    return code;
}
