/* SPDX-License-Identifier: Apache-2.0 */
/* Sums over rows, exact, one for the whole and one for each region. Memory grows with the regions, not with
 * the rows; only where an indicator counts per region (`with`) are the rows of that region entity kept, and
 * only where it counts distinct values are those kept; limits.tally_items bounds all three together.
 *
 * What a tally has come to does not depend on the order of its rows: sums are exact, rows are known by a sum
 * of their digests, and what an answer cites is what the formulas can read, not what the rows happened to. So
 * tallies of parts of the rows merge into the tally of all, in any order, and give the same bytes. */
#ifndef TUOYU_TALLY_TALLY_H
#define TUOYU_TALLY_TALLY_H

#include "rules/answer.h"
#include "rules/case_facts.h"
#include "value/exact_sum.h"

/* How much a tally may keep: regions, distinct values, rows of regions. */
struct tally_room {
    size_t taken, limit;
};
/* TALLY_FULL where there is none left: to callers of the library TUOYU_ERROR_LIMIT, which a row's evaluation
 * may say, too. */
enum { TALLY_FULL = 1 };
bool room_take(struct tally_room *room);

/* What one aggregate has come to. */
struct sum {
    int64_t rows;                  /* known, and belonging to it; of a count those that count */
    struct exact_sum total;        /* of those; only where the aggregate has one */
    tuoyu_decimal least, greatest; /* of those; only where there are rows */
    int64_t unknown;               /* rows that are left out because something about them is not known */
    struct exact_sum unknown_below,
        unknown_above; /* what these would add to the total, at the least and at the most */
    tuoyu_decimal unknown_least, unknown_greatest; /* what one of them may be */
    bool is_open_below, is_open_above;             /* nothing bounds them */
    struct map distinct;                           /* of AGGREGATE_DISTINCT: the values, as text */
};

/* The sums of the rows of one region, or of all. */
struct region_sums {
    struct sum sums[INDICATOR_AGGREGATES];
    /* of a share: rows that may belong to the numerator, and then to the denominator too */
    int64_t open_in_both;
    int64_t tied_in_both; /* of these: rows that belong to both or to neither */
    int64_t unknown;      /* rows that are left out of some of them because something is not known */
};

struct tally_region {
    struct text id;
    struct region_sums of;
};

/* All regions of one kind that were seen. */
struct tally_kind {
    struct map by_id;             /* to struct tally_region */
    struct tally_region **sorted; /* by id, as many as there were when they were asked for last */
    size_t sorted_count, capacity;
    int64_t regionless; /* rows that do not name their region */
};

/* A row of the region entity, kept until the numbers per region are known. */
struct kept_row {
    struct value *facts;
    bool is_wrong; /* a fact that is read was refused */
    struct kept_row *next;
};

/* A number per region, while it grows. */
struct tally_number {
    struct map by_id; /* region to struct sum */
    struct sum regionless;
};

struct tally_columns;

struct tuoyu_tally {
    struct tuoyu_policy *policy;
    const struct tuoyu_indicator *indicator;
    int32_t as_of;
    struct arena arena;
    struct evaluation workspace; /* of the target and of kept rows */
    struct region_sums whole;
    struct tally_kind *kinds;     /* by kind of region of the indicator */
    struct tally_number *numbers; /* by number per region */
    struct kept_row *first_kept, *last_kept;
    int64_t errors;  /* counted rows that something wrong with them leaves unknown */
    int64_t missing; /* other unknown rows: facts or parameters are missing; kept rows are not among them */
    struct tally_room room;
    struct digest_sum rows;       /* of every row that was added with its digest */
    bool has_undigested;          /* there are others */
    struct text_builder row;      /* the one that is written for it */
    struct row_count *row_counts; /* by entity that the indicator counts, or breaks down by */
    size_t row_count_count;
    /* by entity of the row counts: how their tables are added; NULL: not yet, or row by row */
    struct tally_columns **columns;
    bool *has_columns;   /* by entity: that was found out */
    bool *reads;         /* by slot: what is computed of rows can read it */
    bool *is_missing;    /* by slot: a fact or parameter that unknown rows wait for */
    tuoyu_status broken; /* memory or room ran out while something was added: it holds a part of it only */
};

tuoyu_status tally_make(const struct tuoyu_indicator *indicator, int32_t as_of, struct tuoyu_tally **out,
                        tuoyu_diagnostics *diagnostics);
void tally_free(struct tuoyu_tally *tally);
tuoyu_status tally_add(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                       tuoyu_diagnostics *diagnostics);
/* As tally_add. is_digested false: the row is counted, but its digest is not; is_wrong: a fact that the tally
 * reads was refused, and is missing in the row. */
tuoyu_status tally_add_row(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                           bool is_digested, bool is_wrong, tuoyu_diagnostics *diagnostics);
/* Adds what another tally of the same indicator, packs and date has come to. */
tuoyu_status tally_merge(struct tuoyu_tally *tally, const struct tuoyu_tally *other,
                         tuoyu_diagnostics *diagnostics);
/* NULL at the end, and without memory. */
const char *tally_region_id(struct tuoyu_tally *tally, struct text region, size_t index);
/* region.bytes NULL: the whole. */
tuoyu_status tally_measure(struct tuoyu_tally *tally, struct text region, struct text id,
                           struct tuoyu_measure **out, tuoyu_diagnostics *diagnostics);

/* ---- Between its files ---- */

void region_sums_init(struct region_sums *sums, struct arena *arena);
/* TUOYU_OK, or why the tally can no longer be used, reported. */
tuoyu_status tally_check(const struct tuoyu_tally *tally, tuoyu_diagnostics *diagnostics);
/* Where status is that memory or room ran out: the tally is broken from now on, and it is reported. Returns
 * the status as callers of the library know it. */
tuoyu_status tally_break(struct tuoyu_tally *tally, tuoyu_status status, tuoyu_diagnostics *diagnostics);
/* The region with the id, made if it was not seen yet. NULL where memory or room ran out, which *status then
 * says. */
struct tally_region *tally_see_region(struct tuoyu_tally *tally, struct tally_kind *kind, struct text id,
                                      tuoyu_status *status);
/* The sum of a number per region for a region (bytes NULL: for rows that name none), likewise. */
struct sum *tally_number_sum(struct tuoyu_tally *tally, struct tally_number *number, struct text region,
                             tuoyu_status *status);
/* Keeps a row: facts by index. */
tuoyu_status tally_keep_row(struct tuoyu_tally *tally, const struct value *facts, bool is_wrong);
/* How tables of an entity that the indicator looks at are added; NULL: row by row. */
tuoyu_status tally_columns_of(struct tuoyu_tally *tally, struct text entity, struct tally_columns **out);
/* What rows of an entity are counted in; NULL for one that the indicator does not look at. */
struct row_count *tally_row_count_of(const struct tuoyu_tally *tally, struct text entity);
/* The text of a fact that names a region; bytes NULL where it is not known, or none. */
struct text tally_region_of(const struct value *value);

/* ---- The answer (measure.c) ---- */

/* All that is counted for one measure: the sums hold kept rows and records of which nothing is known, too. */
struct counted {
    struct region_sums sums;
    int64_t nothing_known; /* records of which nothing is known, among the unknown ones */
    int64_t kept_missing;  /* kept rows that are unknown because facts are missing … */
    int64_t kept_errors;   /* … or because something is wrong with them */
};
/* The measure that it gives. kind: index of the kind of region, SIZE_MAX: the whole. */
tuoyu_status measure_make(struct tuoyu_tally *tally, size_t kind, struct text id,
                          const struct counted *counted, struct tuoyu_measure **out,
                          tuoyu_diagnostics *diagnostics);

/* ---- Records of which nothing is known (tally_records.c) ---- */

/* Records that are no rows. They may be rows of any region, and count in every aggregate or in none.
 * TUOYU_OK, TUOYU_ERROR_INVALID_ARGUMENT (a count below 0), _OVERFLOW (more than 2^62 records), reported. */
tuoyu_status tally_add_unreadable(struct tuoyu_tally *tally, struct text entity, int64_t count,
                                  tuoyu_diagnostics *diagnostics);
/* Whether so many records can be added; a tally holds up to 2^62, so that no count overflows, nor a sum of
 * two. */
bool tally_has_room_for(const struct tuoyu_tally *tally, int64_t records);
/* All records that were added. */
int64_t tally_record_count(const struct tuoyu_tally *tally);
/* Records of an entity of which nothing is known: unreadable ones, and rows of a region that lack its id. */
int64_t tally_nothing_known_of(const struct tuoyu_tally *tally, struct text entity);
/* Adds those of the indicator's entities to what is counted of the whole or of any region. */
void tally_count_nothing_known(const struct tuoyu_tally *tally, struct counted *counted);
/* Whether the indicator counts rows of the entity, as against regions that it may only be broken down by. */
bool tally_counts_entity(const struct tuoyu_indicator *indicator, struct text entity);
/* What became of the records of the whole. */
struct record_counts tally_records(const struct tuoyu_tally *tally, const struct counted *counted);

/* ---- Sums (sum.c) ---- */

enum row_state { ROW_LEFT_OUT, ROW_COUNTED, ROW_UNKNOWN };

/* What one row is to one aggregate. */
struct contribution {
    enum row_state state;
    bool has_number; /* always where it is counted; where it is unknown: only whether it belongs is not known
                      */
    bool belongs;    /* ROW_UNKNOWN: it belongs to the aggregate, only its number is not known */
    tuoyu_decimal number; /* 1 for a count */
    struct text key;      /* AGGREGATE_DISTINCT: the value as text */
};

void sum_init(struct sum *sum, struct arena *arena);
/* Whether its value needs the total of the numbers, which must then be such as exact_sum_holds(). */
bool aggregate_has_total(const struct aggregate *aggregate);
/* is_left_out: the row is known here, but another part of the ratio does not know it.
 * TUOYU_OK, TALLY_FULL or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status sum_add(struct sum *sum, const struct aggregate *aggregate,
                     const struct contribution *contribution, bool is_left_out, struct tally_room *room);

/* Rows that all count, already added up. */
struct known_rows {
    int64_t rows;
    int128 total; /* × 10^-scale; 0 where the aggregate has none */
    int32_t scale;
    tuoyu_decimal least, greatest;
};
/* Of any aggregate but AGGREGATE_DISTINCT. */
void sum_add_known(struct sum *sum, const struct known_rows *known);
/* Adds rows of which nothing is known: each may belong to the aggregate, and be anything that it can be. */
void sum_add_unknown(struct sum *sum, const struct aggregate *aggregate, int64_t rows);
/* AGGREGATE_DISTINCT: a value, which may be there already. */
tuoyu_status sum_add_key(struct sum *sum, struct text key, struct tally_room *room);
/* Adds the other sum of the same aggregate. Likewise. */
tuoyu_status sum_merge(struct sum *sum, const struct aggregate *aggregate, const struct sum *other,
                       struct tally_room *room);

/* The value over the known rows and its bounds with the unknown ones, as evaluations see numbers. */
struct extent {
    bool has_value, has_lower, has_upper;
    tuoyu_decimal value, lower, upper;
};
tuoyu_status sum_extent(const struct sum *sum, const struct aggregate *aggregate, struct extent *out);

/* ---- Rows (tally_row.c) ---- */

/* Marks the facts and parameters that the values, one of them not known, wait for. */
tuoyu_status tally_note_unknown(struct tuoyu_tally *tally, struct evaluation *evaluation,
                                const struct value values[2]);
/* What the condition's and the expression's values, of which none is an error, make of a row. Texts stand in
 * the arena. TUOYU_OK; TUOYU_ERROR_EVALUATION for a value of the wrong kind, _OVERFLOW for a number that no
 * total holds (then what says why), or _NO_MEMORY. */
tuoyu_status contribution_of(const struct aggregate *aggregate, struct value where, struct value value,
                             struct arena *arena, struct contribution *out, const char **what);
/* What the row that the evaluation holds is to an aggregate. Errors are reported; the row is then unknown.
 * Texts stand in the arena. */
tuoyu_status row_contribution(struct tuoyu_tally *tally, struct evaluation *evaluation,
                              const struct aggregate *aggregate, struct arena *arena,
                              struct contribution *out, tuoyu_diagnostics *diagnostics);
/* Adds the row to the sums; it counts in all of them or in none. */
tuoyu_status tally_count(const struct tuoyu_indicator *indicator, struct region_sums *sums,
                         struct text entity, const struct contribution contributions[INDICATOR_AGGREGATES],
                         struct tally_room *room);
/* Adds the kept rows (of one region, or of all where kind is SIZE_MAX) to what holds none of them yet. */
tuoyu_status tally_count_kept(struct tuoyu_tally *tally, size_t kind, struct text id, struct arena *scratch,
                              struct counted *counted, tuoyu_diagnostics *diagnostics);
/* Whether the rows of an entity wait for the numbers of their region. */
bool tally_keeps(const struct tuoyu_indicator *indicator, struct text entity);

#endif
