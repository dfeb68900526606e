/* SPDX-License-Identifier: Apache-2.0 */
/* A batch: rules that answer tables, and the columns that they write. */
#ifndef TUOYU_TABLE_BATCH_HANDLE_H
#define TUOYU_TABLE_BATCH_HANDLE_H

#include <stdatomic.h>
#include <tuoyu/batches.h>

#include "arrow/arrow_export.h"
#include "base/block_pool.h"
#include "rules/compiled_policy.h"
#include "table/answer_member.h"
#include "table/answer_plan.h"

/* What a column says of its rule. BATCH_ERROR is the last column, which says what is wrong with the row. */
enum batch_column_kind {
    BATCH_NUMBER,
    BATCH_COMPLIES,
    BATCH_DECISION,
    BATCH_MEMBER,
    BATCH_OUTCOME,
    BATCH_MISSING,
    BATCH_STANDING,
    BATCH_ERROR
};

struct batch_column {
    enum batch_column_kind kind;
    uint32_t number; /* BATCH_NUMBER: which of the rule's numbers; 0 is the amount, then the payers' shares
                        follow. BATCH_MEMBER: index in the batch's members */
    uint32_t output; /* the plan's output that it shows, if the rule is typed; or NO_COLUMN */
    int64_t factor;  /* BATCH_NUMBER: the column's integer is the output's × factor */
    int32_t scale;   /* BATCH_NUMBER: the output's scale, in the declared unit */
};

struct batch_rule {
    const struct rule *rule;
    struct text name;                /* the name by which the caller asked for it */
    size_t first_column, end_column; /* its columns among those of the batch; end is excluded */
};

struct spare_works;

struct tuoyu_batch {
    atomic_size_t references;
    struct tuoyu_policy *policy; /* a reference */
    struct block_pool *pool;     /* memory of the columns that go out, which may outlive the batch */
    struct arena arena;          /* holds what is below */
    struct spare_works *spare;   /* kept works, see table/spare_works.h */
    int32_t as_of;
    tuoyu_batch_options options; /* without the language, which is the caller's text */
    enum language language;      /* of the column `error` */
    struct batch_rule *rules;
    size_t rule_count;
    struct arrow_output *columns; /* those of the rules in order, then `error` */
    size_t column_count, column_capacity;
    struct batch_column *contents; /* by column */
    size_t content_capacity;
    bool has_error_column;
    struct answer_member *members; /* those that were asked for */
    size_t member_count, member_capacity;
    struct answer_plan plan;
};

/* Whether `RULE.MEMBER` is of this rule of the batch; *member is then what follows the dot. */
bool batch_member_name(const struct batch_rule *rule, struct text name, struct text *member);
/* Takes the next of the names that the options ask for as members from *names; an empty text at the end. */
struct text batch_next_member(struct text *names);
/* Adds the columns of a rule that the options ask for, or the last column. TUOYU_OK; TUOYU_ERROR_NOT_FOUND or
 * _DUPLICATE for a member, reported; or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status batch_add_columns(struct tuoyu_batch *batch, struct batch_rule *rule,
                               tuoyu_diagnostics *diagnostics);
/* Adds the last column, `error`, if the options ask for it. false: memory ran out. */
bool batch_add_error_column(struct tuoyu_batch *batch);
/* Makes the plan, and connects each column with an output of it. Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY.
 */
tuoyu_status batch_make_plan(struct tuoyu_batch *batch);

#endif
