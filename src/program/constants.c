/* SPDX-License-Identifier: Apache-2.0 */
/* Walks the expressions of all slots from the leaves up. A node is constant where everything below it is; the
 * largest constant parts are evaluated once. A call is also looked at where only some of its arguments are
 * constant but those decide alone whether it can be computed, such as the pattern of matches(). */
#include "program/constants.h"

#include "feel/builtin.h"

/* How many steps of FEEL one constant may take, and what looking at a node is charged. */
enum { STEPS_A_CONSTANT = 1000, STEPS_A_NODE = 1 };

/* What is known of a slot: whether it has the same value in every case. */
enum constancy { CONSTANCY_OPEN, CONSTANCY_VARIES, CONSTANCY_HOLDS };

struct constant_slot {
    enum constancy constancy;
    struct value value; /* CONSTANCY_HOLDS */
};

/* One run over a program. */
struct constant_check {
    const struct program *program;
    struct arena *arena;         /* holds the values of constant slots */
    struct constant_slot *slots; /* by index of the slot */
    const struct expression *expression;
    size_t depth;    /* slots being checked, each read by the one before */
    bool has_failed; /* whether something was reported in the expression at hand */
    tuoyu_diagnostics *diagnostics;
    tuoyu_status status; /* the first error */
};

/* ---- Evaluating ---- */

/* The value of a slot that is constant; nothing else is asked for. */
static struct value resolve_constant(void *context, uint32_t slot)
{
    const struct constant_check *check = context;
    return check->slots[slot].value;
}

/* Evaluates a constant node of the expression at hand. */
static struct value evaluate_constant(struct constant_check *check, const struct node *node)
{
    struct environment environment;
    environment_init(&environment, check->arena);
    environment.mode = EVALUATE_PACK;
    environment.resolve = resolve_constant;
    environment.context = check;
    environment_allow_steps(&environment, STEPS_A_CONSTANT);
    struct value value = expression_evaluate_node(check->expression, node, &environment);
    arena_charge(check->arena, environment_steps_taken(&environment));
    return value;
}

/* Reports why a node can never have a value, unless the value is there, or only a limit was reached. */
static void report_impossible(struct constant_check *check, const struct node *node, struct value value,
                              struct text hint)
{
    const struct cause *error = cause_first_error(value_cause(value));
    if (!error || error->code == TUOYU_ERROR_LIMIT || error->code == TUOYU_ERROR_NO_MEMORY)
        return;
    struct location where = error->where.source ? error->where : expression_location(check->expression, node);
    tuoyu_status status =
        report(check->diagnostics, error->code, where, hint, "%.*s", TEXT_ARGUMENTS(error->message));
    check->has_failed = true;
    if (check->status == TUOYU_OK)
        check->status = status;
}

/* ---- Calls that some of their arguments decide ---- */

/* What stands in for an argument that is not constant: a value with which the call has a result wherever the
 * constant arguments allow one. */
enum stand_in {
    STAND_IN_NONE, /* the argument has to be constant */
    STAND_IN_TEXT,
    STAND_IN_ZERO,
    STAND_IN_ONE,
    STAND_IN_LEAP_YEAR, /* a year that has every day of the calendar */
    STAND_IN_DAY
};

static const struct decided_call {
    enum builtin_id id;
    enum stand_in stand_ins[4]; /* by argument */
} DECIDED_CALLS[] = {
    {FEEL_MATCHES, {STAND_IN_TEXT}},
    {FEEL_REPLACE, {STAND_IN_TEXT, STAND_IN_NONE, STAND_IN_TEXT}},
    {FEEL_SPLIT, {STAND_IN_TEXT}},
    {FEEL_ROUND_TO, {STAND_IN_ZERO, STAND_IN_ONE}},
    {FEEL_DECIMAL, {STAND_IN_ZERO}},
    {FEEL_FLOOR, {STAND_IN_ZERO}},
    {FEEL_CEILING, {STAND_IN_ZERO}},
    {FEEL_ROUND_UP, {STAND_IN_ZERO}},
    {FEEL_ROUND_DOWN, {STAND_IN_ZERO}},
    {FEEL_ROUND_HALF_UP, {STAND_IN_ZERO}},
    {FEEL_ROUND_HALF_DOWN, {STAND_IN_ZERO}},
    {FEEL_MODULO, {STAND_IN_ZERO}},
    {FEEL_DATE, {STAND_IN_LEAP_YEAR, STAND_IN_ONE, STAND_IN_ONE}},
    {FEEL_TIME, {STAND_IN_ZERO, STAND_IN_ZERO, STAND_IN_ZERO}},
    {FEEL_ADD_MONTHS, {STAND_IN_DAY}},
    {FEEL_ADD_YEARS, {STAND_IN_DAY}},
};

/* The value that stands in. */
static struct value value_of_stand_in(enum stand_in stand_in)
{
    int32_t day;
    switch (stand_in) {
    case STAND_IN_TEXT: return value_string(TEXT(""));
    case STAND_IN_ZERO: return value_integer(0);
    case STAND_IN_LEAP_YEAR: return value_integer(2000);
    case STAND_IN_DAY: return date_from_civil(2000, 1, 1, &day) ? value_date(day) : VALUE_NOTHING;
    case STAND_IN_ONE:
    case STAND_IN_NONE: break;
    }
    return value_integer(1);
}

/* The row of a built-in, or NULL. */
static const struct decided_call *decided_call_of(enum builtin_id id)
{
    for (size_t i = 0; i < sizeof DECIDED_CALLS / sizeof *DECIDED_CALLS; i++)
        if (DECIDED_CALLS[i].id == id)
            return &DECIDED_CALLS[i];
    return NULL;
}

/* The call with a literal in the place of each argument that is not constant; NULL where that is not
 * possible. is_constant: by argument. */
static const struct node *complete_call(struct constant_check *check, const struct node *node,
                                        const bool *is_constant)
{
    const struct decided_call *row = decided_call_of(node->builtin->id);
    const struct node *arguments[4];
    if (!row || node->count > 4)
        return NULL;
    for (uint32_t i = 0; i < node->count; i++) {
        enum stand_in stand_in = row->stand_ins[i];
        arguments[i] = node->children[i];
        if (!is_constant[i])
            arguments[i] =
                stand_in == STAND_IN_NONE ? NULL : node_literal(check->arena, value_of_stand_in(stand_in));
        if (!arguments[i])
            return NULL;
    }
    const struct node *call = node_call(check->arena, node->builtin->id, node->count, arguments);
    struct node *placed = call ? ARENA_NEW(check->arena, struct node) : NULL;
    if (!placed)
        return NULL;
    *placed = *call;
    placed->builtin = node->builtin;
    placed->offset = node->offset;
    placed->length = node->length;
    return placed;
}

/* Reports a call that its constant arguments make impossible, whatever the others are. */
static void check_call_of(struct constant_check *check, const struct node *node, const bool *is_constant)
{
    bool has_constant = false;
    for (uint32_t i = 0; i < node->count; i++)
        has_constant |= is_constant[i];
    const struct node *call = has_constant ? complete_call(check, node, is_constant) : NULL;
    if (call)
        report_impossible(check, node, evaluate_constant(check, call),
                          TEXT("it is so whatever its other arguments are: correct what is written here"));
}

/* Reports a division by a constant that is 0. */
static void check_divisor(struct constant_check *check, const struct node *node)
{
    struct value divisor = evaluate_constant(check, node->children[1]);
    if (divisor.kind != VALUE_NUMBER || decimal_sign(divisor.as.number) != 0)
        return;
    report(check->diagnostics, TUOYU_ERROR_DIVISION_BY_ZERO,
           expression_location(check->expression, node->children[1]),
           TEXT("it is so in every case: correct what is written here"), "the divisor is 0");
    check->has_failed = true;
    if (check->status == TUOYU_OK)
        check->status = TUOYU_ERROR_DIVISION_BY_ZERO;
}

/* Reports a call of today() or now(). */
static void check_clock(struct constant_check *check, const struct node *node)
{
    bool is_day = node_calls(node, FEEL_TODAY);
    if (!is_day && !node_calls(node, FEEL_NOW))
        return;
    tuoyu_status status =
        report(check->diagnostics, TUOYU_ERROR_EVALUATION, expression_location(check->expression, node),
               TEXT("use `as_of`, the day that the answer is asked for"),
               "%s() cannot be computed: a pack has no clock, so that an answer can be repeated",
               node->builtin->name);
    check->has_failed = true;
    if (check->status == TUOYU_OK)
        check->status = status;
}

/* ---- Walking ---- */

static bool walk(struct constant_check *check, const struct node *node);

/* Whether a constant part may have parts that its own value does not show, because it decides which of them
 * are computed. */
static bool decides_parts(const struct node *node)
{
    return node->kind == NODE_IF || node->kind == NODE_AND || node->kind == NODE_OR;
}

/* Evaluates a node whose parts are all constant, where it is worth it. */
static void settle(struct constant_check *check, const struct node *node)
{
    if (node->kind == NODE_LITERAL || node->kind == NODE_SYMBOL || check->has_failed)
        return;
    report_impossible(check, node, evaluate_constant(check, node),
                      TEXT("it is so in every case: correct what is written here"));
}

/* Looks at a node of which some children are constant and some are not. */
static void look_at_mixed(struct constant_check *check, const struct node *node, const bool *is_constant)
{
    for (uint32_t i = 0; i < node->count; i++)
        if (node->children[i] && is_constant[i])
            settle(check, node->children[i]);
    if (check->has_failed)
        return;
    if (node->kind == NODE_DIVIDE && is_constant[1])
        check_divisor(check, node);
    else if (node->kind == NODE_CALL_BUILTIN)
        check_call_of(check, node, is_constant);
}

/* Whether the node itself depends on nothing outside, its children aside. A test depends on its input; what
 * binds names is left to the expression as a whole. */
static bool is_closed(const struct constant_check *check, const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_SYMBOL: return check->slots[node->slot].constancy == CONSTANCY_HOLDS;
    case NODE_LITERAL:
    case NODE_NEGATE:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
    case NODE_POWER:
    case NODE_EQUAL:
    case NODE_NOT_EQUAL:
    case NODE_LESS:
    case NODE_LESS_EQUAL:
    case NODE_GREATER:
    case NODE_GREATER_EQUAL:
    case NODE_AND:
    case NODE_OR:
    case NODE_BETWEEN:
    case NODE_IF:
    case NODE_LIST:
    case NODE_RANGE:
    case NODE_PATH:
    case NODE_INSTANCE_OF: return true;
    case NODE_CALL_BUILTIN: return !node_calls(node, FEEL_TODAY) && !node_calls(node, FEEL_NOW);
    default: return false;
    }
}

/* Walks the children of a node and returns whether all are constant; is_constant: by child. */
static bool walk_children(struct constant_check *check, const struct node *node, bool *is_constant)
{
    bool are_constant = true;
    for (uint32_t i = 0; i < node->count; i++) {
        is_constant[i] = !node->children[i] || walk(check, node->children[i]);
        are_constant &= is_constant[i];
    }
    return are_constant;
}

/* Walks a node, and returns whether it is constant. What is constant is evaluated by the one above it that is
 * not. The tree's height bounds the recursion. */
static bool walk(struct constant_check *check, const struct node *node)
{
    enum { FEW = 16 };
    bool few[FEW];
    if (!arena_charge(check->arena, STEPS_A_NODE))
        return false;
    if (node->kind == NODE_CALL_BUILTIN)
        check_clock(check, node);
    bool *is_constant = node->count <= FEW ? few : ARENA_ARRAY(check->arena, bool, node->count);
    if (!is_constant)
        return false;
    bool are_constant = walk_children(check, node, is_constant);
    if (are_constant && is_closed(check, node) && !decides_parts(node))
        return true;
    look_at_mixed(check, node, is_constant);
    return are_constant && is_closed(check, node);
}

/* Whether a node reads something that is not written in the expression: a slot, an input, the clock. A unary
 * test reads its input. */
static bool reads_from_outside(const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_SYMBOL:
    case NODE_INPUT:
    case NODE_TEST_EQUAL:
    case NODE_TEST_COMPARE:
    case NODE_TEST_EXPRESSION:
    case NODE_TEST_ANY:
    case NODE_TEST_NOT: return true;
    default: return node_calls(node, FEEL_TODAY) || node_calls(node, FEEL_NOW);
    }
}

/* Whether all that a node reads is written in the expression: names that it binds itself are. */
static bool reads_nothing(const struct node *node)
{
    if (reads_from_outside(node))
        return false;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->children[i] && !reads_nothing(node->children[i]))
            return false;
    return true;
}

/* Checks an expression that stands by itself. Returns whether it is constant. */
static bool check_whole(struct constant_check *check, const struct expression *expression)
{
    if (!expression->root)
        return false;
    check->expression = expression;
    check->has_failed = false;
    bool is_constant = walk(check, expression->root);
    if (is_constant || reads_nothing(expression->root))
        settle(check, expression->root);
    return is_constant && !check->has_failed;
}

/* ---- Slots ---- */

/* Checks all expressions of a table. */
static void check_cells(struct constant_check *check, const struct decision_table *table)
{
    for (uint32_t i = 0; i < table->input_count; i++)
        check_whole(check, &table->inputs[i].expression);
    for (uint32_t i = 0; i < table->row_count; i++) {
        for (uint32_t j = 0; j < table->input_count; j++)
            check_whole(check, &table->rows[i].when[j]);
        for (uint32_t j = 0; j < table->output_count; j++)
            check_whole(check, &table->rows[i].then[j]);
    }
    for (uint32_t i = 0; table->defaults && i < table->output_count; i++)
        check_whole(check, &table->defaults[i]);
}

/* Checks a slot after those that it reads, so that constant ones among them are known. The recursion is as
 * deep as the chain of slots, which is limited. */
static void check_slot(struct constant_check *check, uint32_t index)
{
    const struct slot *slot = program_slot(check->program, index);
    struct constant_slot *known = &check->slots[index];
    if (known->constancy != CONSTANCY_OPEN || check->depth > check->program->chain_limit)
        return;
    known->constancy = CONSTANCY_VARIES;
    check->depth++;
    for (uint32_t i = 0; i < slot->dependency_count; i++)
        check_slot(check, slot->dependencies[i]);
    check->depth--;
    if (!slot->is_in_order)
        return;
    if (slot->kind == SLOT_TABLE) {
        check_cells(check, slot->table);
        return;
    }
    if (!check_whole(check, &slot->formula))
        return;
    known->value = evaluate_constant(check, slot->formula.root);
    known->constancy = CONSTANCY_HOLDS;
}

/* Checks slot after slot, and notes where the quota is used up. */
static void check_each(struct constant_check *check)
{
    check->slots = ARENA_ARRAY(check->arena, struct constant_slot, check->program->slot_count);
    for (uint32_t i = 0; check->slots && i < check->program->slot_count; i++) {
        check_slot(check, i);
        if (!check->arena->failed)
            continue;
        const struct quota *quota = check->arena->quota;
        if (quota && quota->end != QUOTA_IS_LEFT)
            report_note(check->diagnostics, program_slot(check->program, i)->where,
                        "not decided: whether the constants here, and after it, can be computed; "
                        "they take more steps than a load may take");
        return;
    }
}

tuoyu_status check_constants(const struct program *program, struct quota *quota,
                             tuoyu_diagnostics *diagnostics)
{
    struct arena arena;
    struct quota part = quota_open_part(quota);
    struct constant_check check = {.program = program, .arena = &arena, .diagnostics = diagnostics};
    arena_init(&arena, &program->arena->allocator);
    arena.quota = &part;
    check_each(&check);
    if (arena.failed && part.end == QUOTA_IS_LEFT && check.status == TUOYU_OK)
        check.status = report_no_memory(diagnostics);
    arena_free(&arena);
    quota_close_part(quota, &part);
    return check.status;
}
