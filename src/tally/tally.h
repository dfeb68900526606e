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
/* What functions of this room return when the room is used up. Callers of the library get
 * TUOYU_ERROR_LIMIT for it; it differs from that because a row's evaluation may return TUOYU_ERROR_LIMIT,
 * too. */
enum { TALLY_FULL = 1 };
/* Takes room for one thing. Returns false if there is none left. */
bool room_take(struct tally_room *room);

/* The sum of one aggregate over the rows added so far. */
struct sum {
    int64_t rows;                  /* known rows that belong to the aggregate */
    struct exact_sum total;        /* total of their numbers, if aggregate_has_total() */
    tuoyu_decimal least, greatest; /* extremes of their numbers; set only if rows > 0 */
    int64_t unknown;               /* rows not among `rows` because something about them is not known */
    struct exact_sum unknown_below,
        unknown_above; /* the least and the most that the unknown rows can add to the total */
    /* the least and greatest number that one of them may have */
    tuoyu_decimal unknown_least, unknown_greatest;
    bool is_open_below, is_open_above; /* true if nothing bounds the unknown rows from below, from above */
    struct map distinct;               /* for AGGREGATE_DISTINCT: the values seen, as texts */
};

/* The sums of the rows of one region, or of all. */
struct region_sums {
    struct sum sums[INDICATOR_AGGREGATES];
    /* for a share: rows that may belong to the numerator, and then belong to the denominator too */
    int64_t open_in_both;
    int64_t tied_in_both; /* of these: rows that belong either to both or to neither */
    int64_t unknown;      /* rows that are unknown to at least one of the sums */
};

struct tally_region {
    struct text id;
    struct region_sums of;
};

/* All regions of one kind that were seen. */
struct tally_kind {
    struct map by_id; /* to struct tally_region */
    /* the regions sorted by id, as many as there were when they were last asked for */
    struct tally_region **sorted;
    size_t sorted_count, capacity;
    int64_t regionless; /* rows that do not name their region */
};

/* A row of the region entity, kept until the numbers per region are known. */
struct kept_row {
    struct value *facts;
    bool is_wrong; /* a fact that the tally reads was refused */
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
    bool is_in_force; /* else rows are counted, and nothing is asked of them */
    struct arena arena;
    struct evaluation workspace; /* computes the target and the kept rows */
    struct region_sums whole;
    struct tally_kind *kinds;     /* by kind of region of the indicator */
    struct tally_number *numbers; /* by number per region */
    struct kept_row *first_kept, *last_kept;
    int64_t errors; /* counted rows that are unknown because of an error */
    /* counted rows that are unknown because facts or parameters are missing; kept rows are not among them */
    int64_t missing;
    struct tally_room room;
    struct digest_sum rows;         /* the sum of the digests of the rows that were added with theirs */
    bool has_undigested;            /* true if some rows were added without their digest */
    struct text_builder row;        /* scratch for the line that is digested */
    struct promise_count *promises; /* of the entities that the indicator counts */
    size_t promise_count;
    struct row_count *row_counts; /* by entity that the indicator counts, or breaks down by */
    size_t row_count_count;
    /* by entity of row_counts: the plan by which tables are added; NULL if it is not made yet, or if rows
     * are added one by one */
    struct tally_columns **columns;
    bool *has_columns; /* by entity of row_counts: whether `columns` has been decided */
    bool *reads;       /* by slot: whether formulas over rows can read it */
    bool *is_missing;  /* by slot: whether unknown rows wait for this fact or parameter */
    /* not TUOYU_OK once memory or room ran out while something was added, of which the tally then holds
     * only a part */
    tuoyu_status broken;
};

/* Makes an empty tally for a day. *out is NULL on an error, which is reported. */
tuoyu_status tally_make(const struct tuoyu_indicator *indicator, int32_t as_of, struct tuoyu_tally **out,
                        tuoyu_diagnostics *diagnostics);
/* Frees a tally and gives its reference to the policy back. NULL is allowed. */
void tally_free(struct tuoyu_tally *tally);
/* Adds a row of an entity. An entity that the indicator does not look at is ignored. A row with an error
 * is counted as unknown; the error is reported and returned. */
tuoyu_status tally_add(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                       tuoyu_diagnostics *diagnostics);
/* As tally_add(). If is_digested is false, the row is counted without its digest; is_wrong says that a
 * fact which the tally reads was refused and is missing in the row. */
tuoyu_status tally_add_row(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                           bool is_digested, bool is_wrong, tuoyu_diagnostics *diagnostics);
/* Adds another tally of the same indicator, packs and day. TUOYU_ERROR_INVALID_ARGUMENT if they do not
 * match, _OVERFLOW for too many records, both before anything is changed; errors are reported. */
tuoyu_status tally_merge(struct tuoyu_tally *tally, const struct tuoyu_tally *other,
                         tuoyu_diagnostics *diagnostics);
/* The id of a region of a kind, by its place in the order of ids; NULL after the last one, for an unknown
 * kind, and when memory is refused. */
const char *tally_region_id(struct tuoyu_tally *tally, struct text region, size_t index);
/* Measures a region, or the whole if region.bytes is NULL. TUOYU_ERROR_NOT_FOUND, reported, for a region
 * or kind that no row names. */
tuoyu_status tally_measure(struct tuoyu_tally *tally, struct text region, struct text id,
                           struct tuoyu_measure **out, tuoyu_diagnostics *diagnostics);

/* ---- Between its files ---- */

/* Makes the sums of no rows; their distinct values will be kept in the arena. */
void region_sums_init(struct region_sums *sums, struct arena *arena);
/* Returns TUOYU_OK, or the status of the error after which the tally can no longer be used, which is
 * reported. */
tuoyu_status tally_check(const struct tuoyu_tally *tally, tuoyu_diagnostics *diagnostics);
/* If the status says that memory or room ran out, marks the tally as broken from now on and reports it.
 * Returns the status as callers of the library know it. */
tuoyu_status tally_break(struct tuoyu_tally *tally, tuoyu_status status, tuoyu_diagnostics *diagnostics);
/* The region with this id, which is made if it was not seen yet. NULL if memory or room ran out, which
 * *status then says. */
struct tally_region *tally_see_region(struct tuoyu_tally *tally, struct tally_kind *kind, struct text id,
                                      tuoyu_status *status);
/* The sum of a number per region for this region (bytes NULL: for rows that name none), made if needed.
 * NULL as above. */
struct sum *tally_number_sum(struct tuoyu_tally *tally, struct tally_number *number, struct text region,
                             tuoyu_status *status);
/* Keeps a copy of a row, whose facts are by index. TUOYU_OK, TALLY_FULL or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status tally_keep_row(struct tuoyu_tally *tally, const struct value *facts, bool is_wrong);
/* The plan by which tables of an entity are added, which the indicator must look at; *out is NULL if rows are
 * added one by one. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status tally_columns_of(struct tuoyu_tally *tally, struct text entity, struct tally_columns **out);
/* The count of an entity's rows; NULL for an entity that the indicator does not look at. */
struct row_count *tally_row_count_of(const struct tuoyu_tally *tally, struct text entity);
/* The text of a fact that names a region; bytes NULL if the fact is missing or was given as none. */
struct text tally_region_of(const struct value *value);

/* ---- The answer (measure.c) ---- */

/* All that is counted for one measure. The sums include kept rows and records of which nothing is known. */
struct counted {
    struct region_sums sums;
    int64_t nothing_known; /* records of which nothing is known, among the unknown ones */
    int64_t kept_missing;  /* kept rows that are unknown because facts are missing … */
    int64_t kept_errors;   /* … or because something is wrong with them */
};
/* Makes the measure from what was counted. `kind` is the index of the kind of region, SIZE_MAX for the whole.
 * *out is NULL unless TUOYU_OK is returned. */
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
/* Records of an entity of which nothing is known: unreadable ones, and rows of a region whose own id is
 * missing. */
int64_t tally_nothing_known_of(const struct tuoyu_tally *tally, struct text entity);
/* Adds the records of which nothing is known to what is counted for the whole or for a region. */
void tally_count_nothing_known(const struct tuoyu_tally *tally, struct counted *counted);
/* True if the indicator counts rows of the entity, and is not only broken down by it. */
bool tally_counts_entity(const struct tuoyu_indicator *indicator, struct text entity);
/* How the records of the whole ended. */
struct record_counts tally_records(const struct tuoyu_tally *tally, const struct counted *counted);

/* ---- Sums (sum.c) ---- */

enum row_state { ROW_LEFT_OUT, ROW_COUNTED, ROW_UNKNOWN };

/* What one row contributes to one aggregate. */
struct contribution {
    enum row_state state;
    /* true for a counted row; for an unknown row it means that only whether the row belongs is not known */
    bool has_number;
    bool belongs; /* for ROW_UNKNOWN: the row belongs to the aggregate, and only its number is not known */
    tuoyu_decimal number; /* 1 for a count */
    struct text key;      /* for AGGREGATE_DISTINCT: the value as text */
};

/* Makes a sum of no rows; distinct values will be kept in the arena. */
void sum_init(struct sum *sum, struct arena *arena);
/* True if the value needs the total of the numbers; each number must then satisfy exact_sum_holds(). */
bool aggregate_has_total(const struct aggregate *aggregate);
/* Adds a row. is_left_out says that the row is known here but unknown to the other part of the ratio, so
 * that it counts as unknown here, too. TUOYU_OK, TALLY_FULL or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status sum_add(struct sum *sum, const struct aggregate *aggregate,
                     const struct contribution *contribution, bool is_left_out, struct tally_room *room);

/* Known rows that all count, added up before they come to the sum. */
struct known_rows {
    int64_t rows;
    int128 total; /* the total is total × 10^-scale; 0 if the aggregate has no total */
    int32_t scale;
    tuoyu_decimal least, greatest;
};
/* Adds known rows to a sum of any aggregate but AGGREGATE_DISTINCT. */
void sum_add_known(struct sum *sum, const struct known_rows *known);
/* Adds rows of which nothing is known: each may or may not belong, with any number that the aggregate
 * allows. */
void sum_add_unknown(struct sum *sum, const struct aggregate *aggregate, int64_t rows);
/* Adds a value to a sum of AGGREGATE_DISTINCT, unless it is there already. TUOYU_OK, TALLY_FULL or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status sum_add_key(struct sum *sum, struct text key, struct tally_room *room);
/* Adds the other sum of the same aggregate. Returns the same statuses. */
tuoyu_status sum_merge(struct sum *sum, const struct aggregate *aggregate, const struct sum *other,
                       struct tally_room *room);

/* The value over the known rows, and its bounds over all ways in which the unknown rows can turn out. */
struct extent {
    bool has_value, has_lower, has_upper;
    tuoyu_decimal value, lower, upper;
};
/* Reads value and bounds. TUOYU_OK or the error of a division. */
tuoyu_status sum_extent(const struct sum *sum, const struct aggregate *aggregate, struct extent *out);

/* ---- Promises (tally_promises.c) ---- */

/* Finds the promises that the indicator's rows are held to on the day. Returns false when memory is refused.
 */
bool tally_find_promises(struct tuoyu_tally *tally);
/* Holds the row in the evaluation against the promises of its entity, and counts those that it breaks or of
 * which that cannot be told. Returns TUOYU_OK or the first error, each reported. */
tuoyu_status tally_ask_promises(struct tuoyu_tally *tally, struct text entity, struct evaluation *evaluation,
                                tuoyu_diagnostics *diagnostics);
/* Whether the row in the evaluation keeps the promises of its entity, as far as that is known. */
bool tally_row_keeps_promises(const struct tuoyu_tally *tally, struct text entity,
                              struct evaluation *evaluation);

/* ---- Rows (tally_row.c) ---- */

/* Marks the facts and parameters that two values wait for, of which at least one is not known. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status tally_note_unknown(struct tuoyu_tally *tally, struct evaluation *evaluation,
                                const struct value values[2]);
/* What a row contributes, by the values of the condition and of the expression, of which none is an error.
 * Texts are in the arena. TUOYU_OK; TUOYU_ERROR_EVALUATION for a value of the wrong kind and _OVERFLOW for
 * a number that no total holds, for both of which *what says why; or _NO_MEMORY. */
tuoyu_status contribution_of(const struct aggregate *aggregate, struct value where, struct value value,
                             struct arena *arena, struct contribution *out, const char **what);
/* What the row in the evaluation contributes to an aggregate. An error is reported and returned, and the
 * row is then unknown. Texts are in the arena. */
tuoyu_status row_contribution(struct tuoyu_tally *tally, struct evaluation *evaluation,
                              const struct aggregate *aggregate, struct arena *arena,
                              struct contribution *out, tuoyu_diagnostics *diagnostics);
/* Adds the row to all sums of its entity. A row that is unknown to one of them counts as unknown in all.
 * TUOYU_OK, TALLY_FULL or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status tally_count(const struct tuoyu_indicator *indicator, struct region_sums *sums,
                         struct text entity, const struct contribution contributions[INDICATOR_AGGREGATES],
                         struct tally_room *room);
/* Adds the kept rows of one region, or of all if kind is SIZE_MAX, to counts that do not include any of them
 * yet. TUOYU_OK, TALLY_FULL or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status tally_count_kept(struct tuoyu_tally *tally, size_t kind, struct text id, struct arena *scratch,
                              struct counted *counted, tuoyu_diagnostics *diagnostics);
/* True if rows of the entity are kept until the numbers of their region are known. */
bool tally_keeps(const struct tuoyu_indicator *indicator, struct text entity);

#endif
