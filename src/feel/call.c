/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluates calls of built-ins and of function values, and makes closures. */
#include <assert.h>
#include <string.h>

#include "feel/interpreter.h"

enum { FEW_ARGUMENTS = 8, ARGUMENTS_A_STEP = 2, FRAME_SLOTS_A_STEP = 4, NAMES_A_STEP = 16 };

struct value evaluate_builtin_call(struct feel_evaluation *evaluation, const struct node *node)
{
    struct value few[FEW_ARGUMENTS];
    struct value *arguments = few;
    if (node->count > FEW_ARGUMENTS) {
        if (!environment_take_steps(evaluation->environment, node->count / ARGUMENTS_A_STEP))
            return fail_steps(evaluation, node);
        arguments = ARENA_ARRAY(evaluation->environment->arena, struct value, node->count);
        if (!arguments)
            return value_no_memory();
    }
    for (uint32_t i = 0; i < node->count; i++)
        arguments[i] = evaluate(evaluation, node->children[i]);
    return builtin_invoke(node->builtin, node->is_named, evaluation->environment, evaluation->expression,
                          node, arguments, node->count);
}

/* ---- Functions as values ---- */

/* The value of a NODE_FUNCTION: a closure with a copy of the locals as they are now. */
struct value evaluate_function(struct feel_evaluation *evaluation, const struct node *node)
{
    uint32_t size = evaluation->expression->frame_size;
    if (!environment_take_steps(evaluation->environment, size / FRAME_SLOTS_A_STEP))
        return fail_steps(evaluation, node);
    struct function *function = ARENA_NEW(evaluation->environment->arena, struct function);
    struct value *frame = ARENA_ARRAY(evaluation->environment->arena, struct value, size);
    if (!function || !frame)
        return value_no_memory();
    if (size > 0)
        memcpy(frame, evaluation->frame, size * sizeof *frame);
    *function = (struct function){.expression = evaluation->expression,
                                  .node = node,
                                  .context = evaluation->environment->context,
                                  .frame = frame};
    return (struct value){.kind = VALUE_FUNCTION, .as.function = function};
}

bool function_parameter_count(const struct function *function, uint32_t *count)
{
    if (function->node) {
        *count = function->node->count - 1;
        return true;
    }
    *count = function->builtin->parameter_count;
    return function->builtin->required == function->builtin->parameter_count &&
           !builtin_next_overload(function->builtin);
}

struct text function_parameter_name(const struct function *function, uint32_t index)
{
    if (function->node)
        return index + 1 < function->node->count ? function->node->children[index]->name : TEXT("");
    if (index >= builtin_described_count(function->builtin))
        return TEXT("");
    return text_of(function->builtin->parameters[index].name, TUOYU_NUL_TERMINATED);
}

/* Sets the parameters in the frame, converted to their declared types. Returns false, with the error in
 * *failure, if an argument cannot be converted. */
static bool bind_parameters(struct feel_evaluation *inner, const struct function *function,
                            const struct value *arguments, struct value *failure)
{
    for (uint32_t i = 0; i + 1 < function->node->count; i++) {
        const struct node *parameter = function->node->children[i];
        struct value value = arguments[i];
        if (parameter->type && value.kind != VALUE_NULL) {
            value = type_convert(inner->environment->arena, parameter->type, value);
            if (value.kind == VALUE_NULL) {
                struct text met = show_value(inner->environment->arena, arguments[i]);
                *failure =
                    FAIL(inner, parameter, TUOYU_ERROR_EVALUATION, "the parameter `%.*s` cannot be %.*s",
                         TEXT_ARGUMENTS(parameter->name), TEXT_ARGUMENTS(met));
                return false;
            }
        }
        inner->frame[parameter->slot] = value;
    }
    return true;
}

/* Calls a function that an expression defines. */
static struct value call_defined(struct environment *environment, const struct function *function,
                                 const struct value *arguments, size_t count)
{
    assert(function->node && function->node->kind == NODE_FUNCTION && function->node->count > 0);
    uint32_t size = function->expression->frame_size;
    struct feel_evaluation inner = {.expression = function->expression, .environment = environment};
    const struct node *node = function->node;
    struct value failure;
    if (count != node->count - 1)
        return FAIL(&inner, node, TUOYU_ERROR_EVALUATION, "the function takes %u argument%s, not %zu",
                    node->count - 1, node->count == 2 ? "" : "s", count);
    if (environment->depth_left == 0)
        return FAIL(&inner, node, TUOYU_ERROR_LIMIT, "functions call each other too deeply");
    if (!environment_take_steps(environment, 1 + size / FRAME_SLOTS_A_STEP))
        return fail_steps(&inner, node);
    inner.frame = ARENA_ARRAY(environment->arena, struct value, size);
    if (!inner.frame)
        return value_no_memory();
    if (size > 0)
        memcpy(inner.frame, function->frame, size * sizeof *inner.frame);
    if (!bind_parameters(&inner, function, arguments, &failure))
        return failure;
    void *context = environment->context;
    environment->context = function->context;
    environment->depth_left--;
    struct value value = evaluate(&inner, node->children[node->count - 1]);
    environment->depth_left++;
    environment->context = context;
    return value;
}

struct value function_call(struct environment *environment, const struct function *function,
                           const struct value *arguments, size_t count)
{
    if (function->node)
        return call_defined(environment, function, arguments, count);
    return builtin_invoke(function->builtin, false, environment, NULL, NULL, arguments, count);
}

/* ---- NODE_CALL ---- */

/* The arguments of a call by name, while they are put into the order of the parameters. */
struct named_arguments {
    const struct node *node; /* the call, whose children are the function and its NODE_ARGUMENTs */
    struct text *names;
    struct value *values; /* by index of the parameter */
    bool *is_given;       /* by index of the parameter */
    uint32_t count;       /* number of parameters */
};

/* Makes room for the arguments of a call to a function of this many parameters, and lists their names.
 * Returns false if memory is refused. */
static bool make_named(struct feel_evaluation *evaluation, const struct node *node, uint32_t parameters,
                       struct named_arguments *arguments)
{
    struct arena *arena = evaluation->environment->arena;
    *arguments = (struct named_arguments){.node = node,
                                          .count = parameters,
                                          .names = ARENA_ARRAY(arena, struct text, node->count),
                                          .values = ARENA_ARRAY(arena, struct value, parameters),
                                          .is_given = ARENA_ARRAY(arena, bool, parameters)};
    for (uint32_t i = 1; arguments->names && i < node->count; i++)
        arguments->names[i - 1] = node->children[i]->name;
    return arguments->names && arguments->values && arguments->is_given;
}

/* The index of the parameter that has this name, among the first count; count if there is none. */
static uint32_t parameter_of(const struct function *function, struct text name, uint32_t count)
{
    uint32_t index = 0;
    while (index < count && !text_equals(function_parameter_name(function, index), name))
        index++;
    return index;
}

/* Evaluates an argument into its parameter's place. Returns false, with the error in *failure, if the
 * function has no such parameter or it is given twice. */
static bool place_argument(struct feel_evaluation *evaluation, const struct function *function,
                           const struct node *given, struct named_arguments *arguments, struct value *failure)
{
    uint32_t index = parameter_of(function, given->name, arguments->count);
    bool is_twice = index < arguments->count && arguments->is_given[index];
    if (index < arguments->count && !is_twice) {
        arguments->values[index] = evaluate(evaluation, given->children[0]);
        arguments->is_given[index] = true;
        return true;
    }
    if (is_twice)
        *failure = FAIL(evaluation, given, TUOYU_ERROR_EVALUATION, "the parameter `%.*s` is given twice",
                        TEXT_ARGUMENTS(given->name));
    else
        *failure = FAIL(evaluation, given, TUOYU_ERROR_EVALUATION, "the function has no parameter `%.*s`",
                        TEXT_ARGUMENTS(given->name));
    return false;
}

/* Places all arguments of the call. Returns false, with the error in *failure, if one cannot be placed. */
static bool place_arguments(struct feel_evaluation *evaluation, const struct function *function,
                            struct named_arguments *arguments, struct value *failure)
{
    for (uint32_t i = 1; i < arguments->node->count; i++)
        if (!place_argument(evaluation, function, arguments->node->children[i], arguments, failure))
            return false;
    return true;
}

/* The error of a call that does not give this parameter. */
static struct value fail_missing(struct feel_evaluation *evaluation, const struct node *node,
                                 struct text name)
{
    return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "the parameter `%.*s` is not given",
                TEXT_ARGUMENTS(name));
}

/* Calls a defined function with named arguments, which must give each parameter once. */
static struct value call_defined_by_name(struct feel_evaluation *evaluation, const struct node *node,
                                         const struct function *function)
{
    struct named_arguments arguments;
    struct value failure;
    size_t compared = (size_t)node->count * function->node->count;
    if (!environment_take_steps(evaluation->environment, compared / NAMES_A_STEP))
        return fail_steps(evaluation, node);
    if (!make_named(evaluation, node, function->node->count - 1, &arguments))
        return value_no_memory();
    if (!place_arguments(evaluation, function, &arguments, &failure))
        return failure;
    for (uint32_t i = 0; i < arguments.count; i++)
        if (!arguments.is_given[i])
            return fail_missing(evaluation, node, function_parameter_name(function, i));
    return function_call(evaluation->environment, function, arguments.values, arguments.count);
}

/* Calls a built-in function value with named arguments, which choose the overload; optional parameters may be
 * left out. */
static struct value call_builtin_by_name(struct feel_evaluation *evaluation, const struct node *node,
                                         const struct function *function)
{
    struct named_arguments arguments;
    struct value failure;
    if (!make_named(evaluation, node, BUILTIN_PARAMETERS, &arguments))
        return value_no_memory();
    const struct builtin *builtin = builtin_with_names(function->builtin, arguments.names, node->count - 1);
    const char *missing =
        builtin ? NULL : builtin_missing_parameter(function->builtin, arguments.names, node->count - 1);
    if (missing)
        return fail_missing(evaluation, node, text_of(missing, TUOYU_NUL_TERMINATED));
    struct function chosen = {.builtin = builtin ? builtin : function->builtin};
    if (!place_arguments(evaluation, &chosen, &arguments, &failure))
        return failure;
    if (!builtin)
        return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "%s() has no such arguments",
                    function->builtin->name);
    uint32_t count = builtin->required;
    for (uint32_t i = 0; i < arguments.count; i++)
        if (arguments.is_given[i] && i >= count)
            count = i + 1;
    return builtin_invoke(builtin, true, evaluation->environment, evaluation->expression, node,
                          arguments.values, count);
}

/* Evaluates the arguments of a NODE_CALL in their order and calls the function. */
static struct value call_by_position(struct feel_evaluation *evaluation, const struct node *node,
                                     const struct function *function)
{
    struct value *arguments = ARENA_ARRAY(evaluation->environment->arena, struct value, node->count - 1);
    if (!arguments)
        return value_no_memory();
    for (uint32_t i = 1; i < node->count; i++)
        arguments[i - 1] = evaluate(evaluation, node->children[i]);
    return function_call(evaluation->environment, function, arguments, node->count - 1);
}

struct value evaluate_call(struct feel_evaluation *evaluation, const struct node *node)
{
    struct value callee = evaluate(evaluation, node->children[0]);
    if (callee.kind != VALUE_FUNCTION) {
        if (value_cause(callee))
            return callee;
        struct text shown = show_value(evaluation->environment->arena, callee);
        return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "%.*s is not a function",
                    TEXT_ARGUMENTS(shown));
    }
    const struct function *function = callee.as.function;
    bool is_named = node->count > 1 && node->children[1]->kind == NODE_ARGUMENT;
    if (!is_named)
        return call_by_position(evaluation, node, function);
    return function->node ? call_defined_by_name(evaluation, node, function)
                          : call_builtin_by_name(evaluation, node, function);
}
