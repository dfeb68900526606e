/* SPDX-License-Identifier: Apache-2.0 */
/** @file batches.h
 * Rules over tables: many cases at once, in and out by the Arrow C data and stream interfaces. Since 0.1.
 *
 * Every row is a case, and its answer is that of the case, to the last digit. A row that is wrong stops
 * nothing: its outputs are null, and the column `error` says why. */
#ifndef TUOYU_BATCHES_H
#define TUOYU_BATCHES_H

#include <tuoyu/arrow_abi.h>
#include <tuoyu/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Rules of a policy, chosen to answer tables on one day. Immutable; any number of threads may share it.
 * Reference counted.
 *
 * A batch keeps memory for its next runs, because touching fresh memory takes longer than answering: the
 * blocks of 32 KiB and more of answers that were released, and what runs work with, for at most eight at a
 * time. It is the policy's allocator's, and goes back to it with the batch. Blocks that are kept and blocks
 * that are handed out are together never more than was handed out at the same time in the runs of late (the
 * last 32 to 64). tuoyu_batch_trim() gives back at once what is kept. Without an allocator of the caller's,
 * large blocks stand on huge pages where the system has them. */
typedef struct tuoyu_batch tuoyu_batch;

/** Columns that are no facts. Since 0.2. */
enum {
    TUOYU_UNKNOWN_COLUMNS_REFUSE = 0, /**< they are an error, since a name may be misspelt */
    TUOYU_UNKNOWN_COLUMNS_IGNORE = 1  /**< they are passed over */
};

/** Columns of binary floating point. Since 0.2. */
enum {
    TUOYU_FLOATS_REFUSE = 0,  /**< they are an error, because they are not exact */
    TUOYU_FLOATS_SHORTEST = 1 /**< each is read as the shortest decimal text of it (of two that are as near,
                                 the one with the even digit, as Python, numpy and Java print it) */
};

/** A null given for a nullable fact. Since 0.2. */
enum {
    TUOYU_NULLS_MISSING = 0, /**< the fact is missing, as every other that is null */
    TUOYU_NULLS_NONE = 1     /**< there is none */
};

/** Numbers that go out. Since 0.2. */
enum {
    TUOYU_NUMBERS_DECIMAL = 0, /**< as decimal128(38, decimals) */
    TUOYU_NUMBERS_TEXT = 1,    /**< as canonical text, which holds every number */
    TUOYU_NUMBERS_INTEGER = 2  /**< as int64, in units of the last decimal (fen of amounts in yuan with two);
                                  the metadata `scale` of the column has the decimals */
};

/** How to read tables and write answers. Zero it, set size, set what you need. */
typedef struct tuoyu_batch_options {
    size_t size;             /**< sizeof(tuoyu_batch_options) */
    int32_t unknown_columns; /**< TUOYU_UNKNOWN_COLUMNS_…: what becomes of columns that are no facts */
    int32_t floats;          /**< TUOYU_FLOATS_…: what becomes of columns of binary floating point */
    int32_t nulls;           /**< TUOYU_NULLS_…: what a null given for a nullable fact says */
    int32_t numbers;         /**< TUOYU_NUMBERS_…: how numbers go out */
    int32_t columns;         /**< TUOYU_COLUMNS_… of the columns to go out, or 0: all of them */
    int32_t instructions; /**< TUOYU_INSTRUCTIONS_…; those that the processor does not have are not used */
    int32_t block_rows;  /**< rows that are computed together, 1 to 65536; 0: as many as stay in the cache. No
                            result depends on it */
    int32_t interprets;  /**< not 0: every row is computed by the interpreter, which is the reference for all
                            else; hundreds of times as slow, and for tests */
    const char *members; /**< further members of answers that go out as columns, each written as RULE.MEMBER
                            with the rule as it is named in the batch, with spaces or line feeds between,
                            ended by NUL; NULL: none. See tuoyu_batch_schema. Since 0.2 */
    const char *language; /**< of the texts in the column `error`, "en" or "zh"; NULL: that of the diagnostics
                             that tuoyu_batch_new() is given, English without any. Since 0.2 */
} tuoyu_batch_options;

/** Columns of an answer, to be joined by `|`. */
enum {
    TUOYU_COLUMNS_VALUES = 1, /**< amount, complies; whole and payers; decision */
    TUOYU_COLUMNS_OUTCOME = 2,
    TUOYU_COLUMNS_MISSING = 4,
    TUOYU_COLUMNS_STANDING = 8,
    TUOYU_COLUMNS_ERROR = 16
};

/** Instructions of x86-64 processors that columns may be computed with; the results are the same. */
enum {
    TUOYU_INSTRUCTIONS_BEST = 0,
    TUOYU_INSTRUCTIONS_BASELINE = 1,
    TUOYU_INSTRUCTIONS_AVX2 = 2,
    TUOYU_INSTRUCTIONS_AVX512 = 3
};

/** Chooses rules by their names (as tuoyu_policy_find_rule; no indicators) and the day, in days since
 * 1970-01-01. name_lengths: NULL if each name ends with NUL. options: NULL for the defaults. TUOYU_OK,
 * TUOYU_ERROR_NOT_FOUND, _AMBIGUOUS, _DUPLICATE (a rule twice), _DATE, _INVALID_ARGUMENT (no rule, an
 * indicator, options that do not go together or are out of range), _OPTION_SIZE, _OPTION_OLD,
 * _OPTION_UNKNOWN, _NO_MEMORY. Any thread. */
TUOYU_API tuoyu_status tuoyu_batch_new(tuoyu_policy *policy, const char *const *names,
                                       const size_t *name_lengths, size_t name_count, int32_t as_of,
                                       const tuoyu_batch_options *options, tuoyu_batch **out,
                                       tuoyu_diagnostics *diagnostics);
TUOYU_API tuoyu_batch *tuoyu_batch_ref(tuoyu_batch *batch);
TUOYU_API void tuoyu_batch_unref(tuoyu_batch *batch);

/** Gives back the memory that the batch keeps at the moment, all of it: for a caller who is done with large
 * tables but not with the batch. Answers that are still in use keep theirs, which the batch keeps again once
 * they are released. NULL is fine. Any thread. Since 0.2. */
TUOYU_API void tuoyu_batch_trim(tuoyu_batch *batch);

/** The schema of what goes out; the caller releases it. NAME is a rule's name as it was given:
 *
 * | rule         | columns                                                                              |
 * |--------------|--------------------------------------------------------------------------------------|
 * | pricing      | NAME.amount: number; NAME.complies: bool, null where no fee was given or compared    |
 * | cost-sharing | NAME.whole: number; NAME.payers.PAYER: number, for each payer in order               |
 * | eligibility  | NAME.decision: eligible, ineligible, undetermined, not_applicable                    |
 * | each         | NAME.outcome: determined, undetermined, not_applicable, error, not_in_force          |
 * |              | NAME.missing: utf8, names of what would help to decide, a space between              |
 * |              | NAME.standing: cited, derived, draft, assumed, proposed                            |
 * | all          | error: utf8, what is wrong with the row; null if nothing is                          |
 *
 * Behind the first columns of a rule stand those of its members that the options ask for; a rule with members
 * is answered row by row, as a case, which takes microseconds. amount: a decimal as the shares have; number:
 * a decimal of twelve places; ID: that of a part in the pack. Members that an answer does not have are null.
 *
 * | rule         | members                                                                              |
 * |--------------|--------------------------------------------------------------------------------------|
 * | pricing      | charged, excess, shortfall, at_most, at_least: number; binding, breaks, unit,        |
 * |              | steps.ID, steps.ID.unit: utf8                                                        |
 * | cost-sharing | entitled, paid, claw_back, payable, instalments.ID, subsidies.ID,                    |
 * |              | subsidies.ID.claimed: amount; before_bounds: number; binding, unit,                  |
 * |              | instalments.ID.state, subsidies.ID.state, .by, .instead: utf8;                       |
 * |              | instalments.ID.due: date32                                                           |
 * | both         | bounds.ID, bounds.ID.at_most, .at_least, .laid_down, .used: number                   |
 * | eligibility  | eligible: bool; unmet (see below), grade (where only one is possible), exception,    |
 * |              | criteria.ID, criteria.ID.citation, .overrides, checklist.ID.state: utf8; score,      |
 * |              | score_lower, score_upper, points.ID: number; valid_until, checklist.ID.done, .from,  |
 * |              | .due: date32                                                                         |
 * | each         | applies: bool; reasons.zh, reasons.en: utf8, one sentence; kind, rule: utf8; as_of:  |
 * |              | date32                                                                               |
 *
 * steps.ID is also steps.ID.value, instalments.ID instalments.ID.amount, subsidies.ID subsidies.ID.amount and
 * criteria.ID criteria.ID.decision, as the JSON has them. A column that a rule has anyway may be named, too.
 *
 * unmet has the ids of the criteria that an ineligible verdict comes from, a space between: not a member
 * whose group is met by another, and of a group of which none may hold those that do. It is empty for other
 * verdicts and where an exception decided. reasons say the same in words, or what is missing.
 *
 * No two columns have one name. The outcome is never null; a row that is an error for a rule has nulls in all
 * other columns of the rule, but for the numbers that could be said. What is missing is named in the order in
 * which packs declare it, facts and parameters alike, each once. Words are dictionaries of int8 and utf8. The
 * metadata of a column of numbers has its `unit`. Its decimals are those that the rule rounds to, at least
 * two, and twelve for a rule that does not round. A number with more decimals than its column is an error of
 * the row: it is never rounded; TUOYU_NUMBERS_TEXT takes any. TUOYU_OK, TUOYU_ERROR_NO_MEMORY,
 * _INVALID_ARGUMENT. Any thread. */
TUOYU_API tuoyu_status tuoyu_batch_schema(const tuoyu_batch *batch, struct ArrowSchema *out);

/** Called between blocks, of about two thousand rows where the options of the batch do not say otherwise, and
 * after each row that the interpreter computes, because these take long. rows: done so far by this run. Not
 * 0 stops it: TUOYU_ERROR_CANCELLED. */
typedef int32_t (*tuoyu_batch_progress)(void *context, int64_t rows);

/** How one run goes and went. Zero it, set size, set what you need. */
typedef struct tuoyu_batch_run_options {
    size_t size;                   /**< sizeof(tuoyu_batch_run_options) */
    tuoyu_batch_progress progress; /**< NULL: none */
    void *context;                 /**< handed to progress */
    int64_t rows;                  /**< out: answered */
    int64_t error_rows;            /**< out: of these with something in the column `error` */
    int64_t fallback_rows;         /**< out: of these computed by the interpreter: what columns cannot say */
} tuoyu_batch_run_options;

/** Answers the rows first … first + count - 1 of a table (a struct array, a child for each column); count -1:
 * all from first on. Columns are found by the full names of facts; a fact without a column is missing in
 * every row. Integers, decimals of up to 128 bits, booleans, dates, timestamps at midnight without a zone or
 * in UTC, texts (utf8, large, views), and dictionaries of these are read; texts as tuoyu_case_set_text reads
 * them, which is how a table of texts only can be given, too. Schema and array are only read and stay the
 * caller's; nothing in them is trusted, what is ill-formed is refused. *out is a struct array of as many
 * rows, which needs neither batch nor table; the caller releases it on any thread, and its columns in any
 * order.
 *
 * Threads: each may run a range of rows of the same table at the same time. options may be NULL, and is used
 * by one run at a time. Returns TUOYU_OK; TUOYU_ERROR_FACT_UNKNOWN (a column that is no fact), _FACT_TYPE (a
 * column that cannot hold its fact), _DUPLICATE (two columns of one fact), _INVALID_ARGUMENT (ill-formed),
 * _CANCELLED, _LIMIT (more than 2 GiB of texts in a column: run smaller ranges), _OPTION_SIZE, _OPTION_OLD,
 * _OPTION_UNKNOWN, _NO_MEMORY; *out is then released. */
TUOYU_API tuoyu_status tuoyu_batch_run(const tuoyu_batch *batch, const struct ArrowSchema *schema,
                                       const struct ArrowArray *array, int64_t first, int64_t count,
                                       tuoyu_batch_run_options *options, struct ArrowArray *out,
                                       tuoyu_diagnostics *diagnostics);

/** Answers a stream of tables as they are asked for, in constant memory: a table comes out for each that goes
 * in. The source moves into *out, also where an error is returned; the schema is checked at once. options is
 * as for tuoyu_batch_run, summed over the tables, and must live until out is released. Errors of later tables
 * come by the functions of the stream: EINVAL, ENOMEM, ECANCELED, or what the source returned, with
 * get_last_error. The stream holds a reference to the batch; it is used by one thread at a time. Returns as
 * tuoyu_batch_run, and TUOYU_ERROR_INVALID_ARGUMENT where the source gives no schema. */
TUOYU_API tuoyu_status tuoyu_batch_run_stream(tuoyu_batch *batch, struct ArrowArrayStream *source,
                                              tuoyu_batch_run_options *options, struct ArrowArrayStream *out,
                                              tuoyu_diagnostics *diagnostics);

/** What the rules are computed by: a line for each operation of their typed program, with its operands, type,
 * proven interval, and the line of the pack that it was made from; then what each column is made of. For
 * people; the form may change. TUOYU_OK, TUOYU_ERROR_NO_MEMORY, _INVALID_ARGUMENT. Any thread. */
TUOYU_API tuoyu_status tuoyu_batch_plan(const tuoyu_batch *batch, tuoyu_text **out);

/* ---- Prepared workspaces ---- */

/** Memory for runs of a batch over memory of the caller's, in and out. It is kept from run to run, so that a
 * run allocates nothing (but for rows that the interpreter computes, whose memory is kept, too). Used by one
 * thread at a time. */
typedef struct tuoyu_workspace tuoyu_workspace;

/** A column that goes out: memory of the caller's, for as many rows as a run has.
 * | column                         | values                                                        |
 * |--------------------------------|---------------------------------------------------------------|
 * | numbers, TUOYU_NUMBERS_INTEGER | int64_t each                                                  |
 * | numbers                        | 16 bytes each, as Arrow's decimal128                          |
 * | complies                       | bits, the lowest first                                        |
 * | decision, outcome, standing    | int8_t each: index of the word, one less than the constant    |
 * Values are aligned to their width (16: to 8); those of rows that are null are 0. Frozen, since it stands
 * in arrays. */
typedef struct tuoyu_column {
    void *values;
    uint8_t *validity; /**< (rows + 7) / 8 bytes: bit i is set where row i is not null */
} tuoyu_column;

/** Makes a workspace, which holds a reference to the batch. Its columns must be without texts:
 * options.columns of the batch leave out TUOYU_COLUMNS_MISSING and TUOYU_COLUMNS_ERROR, and numbers are not
 * text. TUOYU_OK, TUOYU_ERROR_INVALID_ARGUMENT, _NO_MEMORY. Any thread. */
TUOYU_API tuoyu_status tuoyu_workspace_new(tuoyu_batch *batch, tuoyu_workspace **out,
                                           tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_workspace_free(tuoyu_workspace *workspace);

/** Takes up a table, as tuoyu_batch_run reads it. Schema and array, and all that they point to, must stay
 * until the next one is taken up or the workspace is freed; values may change between runs, which see them as
 * they are then, but texts, dictionaries and offsets, which were checked, may not. Returns as
 * tuoyu_batch_run; after an error there is no table. */
TUOYU_API tuoyu_status tuoyu_workspace_bind(tuoyu_workspace *workspace, const struct ArrowSchema *schema,
                                            const struct ArrowArray *array, tuoyu_diagnostics *diagnostics);

/** Answers the rows first … first + count - 1 of the table into row 0 … count - 1 of the columns, which are
 * those of tuoyu_batch_schema in order, column_count of them. A few rows are computed one by one, which is
 * the fast way for a single decision. A row that is an error has the outcome TUOYU_OUTCOME_ERROR and nulls;
 * tuoyu_batch_run over that row says why. options: as for tuoyu_batch_run. TUOYU_OK,
 * TUOYU_ERROR_INVALID_ARGUMENT (no table, no such rows, another number of columns), _CANCELLED, _OPTION_SIZE,
 * _OPTION_OLD, _OPTION_UNKNOWN, _NO_MEMORY. */
TUOYU_API tuoyu_status tuoyu_workspace_run(tuoyu_workspace *workspace, int64_t first, int64_t count,
                                           const tuoyu_column *columns, size_t column_count,
                                           tuoyu_batch_run_options *options);

#ifdef __cplusplus
}
#endif
#endif
