/* SPDX-License-Identifier: Apache-2.0 */
/* Sums over rows, exact, one for the whole and one for each region. Memory grows with the regions, not with the rows;
 * only where an indicator counts per region (`with`) are the rows of that region entity kept, and only where it counts
 * distinct values are those kept. */
#ifndef TUOYU_RULES_TALLY_H
#define TUOYU_RULES_TALLY_H

#include "rules/answer.h"
#include "rules/case_facts.h"

/* What one aggregate has come to. */
struct sum {
    int64_t rows;          /* known, and belonging to it; of a count those that count */
    tuoyu_decimal total;   /* of those */
    tuoyu_decimal least, greatest; /* of those; only where there are rows */
    int64_t unknown;       /* rows that are left out because something about them is not known */
    tuoyu_decimal unknown_below, unknown_above;     /* what these would add to the total, at the least and at the most */
    tuoyu_decimal unknown_least, unknown_greatest;  /* what one of them may be */
    bool is_open_below, is_open_above;              /* nothing bounds them */
    struct map distinct;   /* of AGGREGATE_DISTINCT: the values, as text */
};

/* The sums of the rows of one region, or of all. */
struct region_sums {
    struct sum sums[INDICATOR_AGGREGATES];
    int64_t open_in_both;  /* of a share: rows that may belong to the numerator, and then to the denominator too */
    int64_t tied_in_both;  /* of these: rows that belong to both or to neither */
    int64_t unknown;       /* rows that are left out of some of them because something is not known */
};

struct tally_region {
    struct text id;
    struct region_sums of;
};

/* All regions of one kind that were seen. */
struct tally_kind {
    struct tally_region **regions; /* sorted by id */
    size_t count, capacity;
    int64_t regionless;    /* rows that do not name their region */
};

/* A row of the region entity, kept until the numbers per region are known. */
struct kept_row {
    struct value *facts;
    struct kept_row *next;
};

/* A number per region, while it grows. */
struct tally_number {
    struct map by_id;      /* region to struct sum */
    struct sum regionless;
};

/* Something that the rows rest on. */
struct tally_citation {
    uint32_t slot;
    const struct citation *citation;
    const struct dated_value *chosen; /* of a parameter */
};

struct tuoyu_tally {
    struct tuoyu_policy *policy;
    const struct tuoyu_indicator *indicator;
    int32_t as_of;
    struct arena arena;
    struct evaluation workspace; /* of the target and of kept rows */
    struct region_sums whole;
    struct tally_kind *kinds;    /* by kind of region of the indicator */
    struct tally_number *numbers; /* by number per region */
    struct kept_row *first_kept, *last_kept;
    int64_t errors;
    struct digest rows;          /* of every row that was added, in that order */
    struct text_builder row;     /* the one that is written for it */
    struct row_count *row_counts; /* by entity that the indicator counts, or breaks down by */
    size_t row_count_count;
    struct tally_citation *citations; /* that the rows rest on, in order of use */
    size_t citation_count, citation_capacity;
    bool *used;                  /* by slot: its own citations are listed */
    struct answer_missing *missing; /* facts and parameters that unknown rows wait for */
    size_t missing_count, missing_capacity;
    struct map missing_names;
};

tuoyu_status tally_make(const struct tuoyu_indicator *indicator, int32_t as_of, struct tuoyu_tally **out,
                        tuoyu_diagnostics *diagnostics);
void tally_free(struct tuoyu_tally *tally);
tuoyu_status tally_add(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                       tuoyu_diagnostics *diagnostics);
/* NULL at the end, and without memory. */
const char *tally_region_id(const struct tuoyu_tally *tally, struct text region, size_t index);
/* region.bytes NULL: the whole. */
tuoyu_status tally_measure(struct tuoyu_tally *tally, struct text region, struct text id, struct tuoyu_measure **out,
                           tuoyu_diagnostics *diagnostics);

/* ---- The answer (measure.c) ---- */

/* The measure that sums give. kind: index of the kind of region, SIZE_MAX: the whole. */
tuoyu_status measure_make(struct tuoyu_tally *tally, size_t kind, struct text id, const struct region_sums *sums,
                          struct tuoyu_measure **out, tuoyu_diagnostics *diagnostics);

/* ---- Sums (sum.c) ---- */

enum row_state { ROW_LEFT_OUT, ROW_COUNTED, ROW_UNKNOWN };

/* What one row is to one aggregate. */
struct contribution {
    enum row_state state;
    bool has_number;       /* always where it is counted; where it is unknown: only whether it belongs is not known */
    bool belongs;          /* ROW_UNKNOWN: it belongs to the aggregate, only its number is not known */
    tuoyu_decimal number;  /* 1 for a count */
    struct text key;       /* AGGREGATE_DISTINCT: the value as text */
};

void sum_init(struct sum *sum, struct arena *arena);
/* is_left_out: the row is known here, but another part of the ratio does not know it.
 * TUOYU_OK, TUOYU_ERROR_OVERFLOW or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status sum_add(struct sum *sum, const struct aggregate *aggregate, const struct contribution *contribution,
                     bool is_left_out);

/* The value over the known rows and its bounds with the unknown ones, as evaluations see numbers. */
struct extent {
    bool has_value, has_lower, has_upper;
    tuoyu_decimal value, lower, upper;
};
tuoyu_status sum_extent(const struct sum *sum, const struct aggregate *aggregate, struct extent *out);

/* ---- Rows (tally_row.c) ---- */

/* What the row that the evaluation holds is to an aggregate. Errors are reported; the row is then unknown. Texts stand in
 * the arena. */
tuoyu_status row_contribution(struct tuoyu_tally *tally, struct evaluation *evaluation, const struct aggregate *aggregate,
                              struct arena *arena, struct contribution *out, tuoyu_diagnostics *diagnostics);
/* Remembers what the evaluation's values rest on. */
tuoyu_status tally_note_citations(struct tuoyu_tally *tally, const struct evaluation *evaluation);
/* Adds the row to the sums; it counts in all of them or in none. */
tuoyu_status tally_count(const struct tuoyu_indicator *indicator, struct region_sums *sums, struct text entity,
                         const struct contribution contributions[INDICATOR_AGGREGATES]);
/* Adds the kept rows (of one region, or of all where kind is SIZE_MAX) to sums that hold none of them yet. */
tuoyu_status tally_count_kept(struct tuoyu_tally *tally, size_t kind, struct text id, struct arena *scratch,
                              struct region_sums *sums, tuoyu_diagnostics *diagnostics);
/* Whether the rows of an entity wait for the numbers of their region. */
bool tally_keeps(const struct tuoyu_indicator *indicator, struct text entity);

#endif
