/* SPDX-License-Identifier: Apache-2.0 */
/* What the built-in functions share: reading arguments, spending steps, making results and errors. */
#include "feel/builtin_support.h"

#include <assert.h>

#include "feel/collection.h"

#include "feel/interpreter.h"

enum { WORK_A_STEP = 16 };

struct list builtin_items(const struct builtin_call *call)
{
    if (call->count == 1 && call->arguments[0].kind == VALUE_LIST)
        return *call->arguments[0].as.list;
    return (struct list){.count = call->count, .items = call->arguments};
}

bool builtin_spend(const struct builtin_call *call, size_t work)
{
    return environment_take_steps(call->environment, work / WORK_A_STEP);
}

struct value builtin_exhausted(const struct builtin_call *call)
{
    if (call->environment->is_cancelled)
        return builtin_error(call, TUOYU_ERROR_CANCELLED, "the evaluation was cancelled");
    return builtin_error(
        call, TUOYU_ERROR_LIMIT,
        "%s: the evaluation takes more than %zu steps: make it smaller, or raise the limit steps",
        call->builtin->name, call->environment->steps_most);
}

const struct cause *builtin_unknown_items(const struct builtin_call *call, struct list list)
{
    const struct cause *cause = NULL;
    if (call->environment->mode == EVALUATE_STANDARD)
        return NULL;
    for (size_t i = 0; i < list.count; i++)
        cause = cause_join(call->environment->arena, cause, value_cause(list.items[i]));
    return cause;
}

struct text builtin_show(const struct builtin_call *call, struct value value)
{
    return show_value(call->environment->arena, value);
}

bool builtin_integer(const struct builtin_call *call, size_t index, int64_t *out, struct value *failure)
{
    assert(index < call->count && call->arguments[index].kind == VALUE_NUMBER);
    tuoyu_decimal whole;
    tuoyu_decimal number = call->arguments[index].as.number;
    if (decimal_round(number, 0, DECIMAL_DOWN, &whole) == TUOYU_OK && decimal_to_integer(whole, out))
        return true;
    *failure = builtin_error(call, TUOYU_ERROR_EVALUATION, "%s: the argument '%s' is too large",
                             call->builtin->name, builtin_parameter_at(call->builtin, index)->name);
    return false;
}

bool builtin_whole(const struct builtin_call *call, size_t index, int64_t *out, struct value *failure)
{
    assert(index < call->count && call->arguments[index].kind == VALUE_NUMBER);
    if (decimal_is_integer(call->arguments[index].as.number))
        return builtin_integer(call, index, out, failure);
    struct text met = builtin_show(call, call->arguments[index]);
    *failure = builtin_error(
        call, TUOYU_ERROR_EVALUATION, "%s: the argument '%s' is %.*s where a whole number is needed",
        call->builtin->name, builtin_parameter_at(call->builtin, index)->name, TEXT_ARGUMENTS(met));
    return false;
}

bool builtin_position(const struct builtin_call *call, size_t index, size_t count, size_t *out,
                      struct value *failure)
{
    int64_t position;
    if (!builtin_integer(call, index, &position, failure))
        return false;
    if (position > 0 && (uint64_t)position <= count) {
        *out = (size_t)position - 1;
        return true;
    }
    if (position < 0 && position >= -(int64_t)count) {
        *out = (size_t)((int64_t)count + position);
        return true;
    }
    *failure =
        builtin_error(call, TUOYU_ERROR_EVALUATION,
                      "%s: there is no position %lld; the positions are 1 to %zu, or -1 to -%zu backwards",
                      call->builtin->name, (long long)position, count, count);
    return false;
}

struct value builtin_number(const struct builtin_call *call, tuoyu_status status, tuoyu_decimal number)
{
    if (status == TUOYU_OK)
        return value_number(number);
    const char *what = status == TUOYU_ERROR_DIVISION_BY_ZERO ? "division by zero"
                       : status == TUOYU_ERROR_OVERFLOW       ? "the result is too large for a number"
                                                        : "the argument is outside the function's domain";
    assert(call->count > 0);
    struct text met = builtin_show(call, call->arguments[0]);
    return builtin_error(call, status, "%s of %.*s: %s", call->builtin->name, TEXT_ARGUMENTS(met), what);
}

struct value builtin_built_text(const struct text_builder *builder)
{
    if (builder->failed)
        return value_no_memory();
    return value_string(builder->length ? text_builder_text(builder) : TEXT(""));
}

struct value *builtin_new_items(const struct builtin_call *call, size_t count, struct value *failure)
{
    if (count > call->environment->list_limit) {
        *failure = builtin_error(call, TUOYU_ERROR_LIMIT,
                                 "%s: a list of %zu items is longer than the %zu that are allowed",
                                 call->builtin->name, count, call->environment->list_limit);
        return NULL;
    }
    struct value *items = ARENA_ARRAY(call->environment->arena, struct value, count);
    if (!items)
        *failure = value_no_memory();
    return items;
}

struct value builtin_list(const struct builtin_call *call, const struct value *items, size_t count)
{
    return make_list(call->environment, call->expression, call->node, items, count);
}

int64_t builtin_day_of(struct value value)
{
    assert(value.kind == VALUE_DATE || value.kind == VALUE_DATE_TIME);
    return value.kind == VALUE_DATE ? value.date : value.as.date_time->date;
}
