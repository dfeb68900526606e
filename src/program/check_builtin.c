/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the arguments of built-in functions by the types that the table of built-ins declares. */
#include "feel/builtin.h"
#include "program/check_units.h"

/* A call of a built-in. */
struct call {
    const struct node *node;
    const struct builtin *first;         /* the first overload of the name */
    const struct static_type *arguments; /* their types */
};

/* Whether the overload can be called with so many arguments. */
static bool takes_count(const struct builtin *builtin, uint32_t count)
{
    return count >= builtin->required &&
           (builtin->parameter_count == BUILTIN_VARIADIC || count <= builtin->parameter_count);
}

/* Whether an argument will do for a parameter, as calls convert: a list of one item stands for the item, an
 * item for a list, a date for its midnight. */
static bool fits(enum type_kind wanted, const struct static_type *type)
{
    if (wanted == TYPE_ANY || wanted == TYPE_LIST || static_type_is_open(type) || wanted == type->kind)
        return true;
    if (type->kind == TYPE_LIST) {
        struct static_type element = static_type_element(type);
        return element.kind != TYPE_LIST ? fits(wanted, &element) : true;
    }
    return wanted == TYPE_DATE_TIME && type->kind == TYPE_DATE;
}

/* Whether all arguments will do for the overload, which takes so many. */
static bool all_fit(const struct call *call, const struct builtin *overload)
{
    for (uint32_t i = 0; i < call->node->count; i++)
        if (!fits(builtin_parameter_at(overload, i)->type, &call->arguments[i]))
            return false;
    return true;
}

/* The first overload, from one on, that takes so many arguments; NULL where there is none. */
static const struct builtin *next_overload(const struct call *call, const struct builtin *overload)
{
    for (; overload; overload = builtin_next_overload(overload))
        if (takes_count(overload, call->node->count))
            return overload;
    return NULL;
}

/* ---- What does not fit ---- */

/* Whether the argument at an index will do for any overload. */
static bool some_overload_fits(const struct call *call, uint32_t index)
{
    const struct builtin *overload = next_overload(call, call->first);
    for (; overload; overload = next_overload(call, builtin_next_overload(overload)))
        if (fits(builtin_parameter_at(overload, index)->type, &call->arguments[index]))
            return true;
    return false;
}

/* The types that the overloads take at an index, such as `number or date`. */
static struct text types_taken(struct checker *checker, const struct call *call, uint32_t index)
{
    struct text taken = TEXT("");
    const struct builtin *overload = next_overload(call, call->first);
    for (; overload; overload = next_overload(call, builtin_next_overload(overload))) {
        struct text name = type_kind_name(builtin_parameter_at(overload, index)->type);
        taken = taken.length ? message_text(checker->arena, "%.*s or %.*s", TEXT_ARGUMENTS(taken),
                                            TEXT_ARGUMENTS(name))
                             : name;
    }
    return taken.bytes ? taken : TEXT("another type");
}

/* Whether the call is a pack's rounding of a formula, which nobody wrote as a call: it spans no more of the
 * text than the formula. */
static bool is_rounding_of(const struct call *call, const struct node *argument)
{
    const struct node *node = call->node;
    return call->first->id == FEEL_ROUND_TO && node->offset == argument->offset &&
           node->length == argument->length;
}

/* Reports the first argument that no overload takes, or that the arguments do not go together. */
static void fail_types(struct checker *checker, const struct call *call)
{
    const struct builtin *candidate = next_overload(call, call->first);
    for (uint32_t i = 0; i < call->node->count; i++) {
        if (some_overload_fits(call, i))
            continue;
        struct text is = check_type_name(&call->arguments[i]), taken = types_taken(checker, call, i);
        const struct node *argument = call->node->children[i];
        if (is_rounding_of(call, argument))
            check_fail(checker, argument, TEXT(""), "what is to be rounded is a %.*s where a %.*s is needed",
                       TEXT_ARGUMENTS(is), TEXT_ARGUMENTS(taken));
        else
            check_fail(checker, argument, TEXT(""), "%s(): '%s' is a %.*s where a %.*s is needed",
                       call->first->name, builtin_parameter_at(candidate, i)->name, TEXT_ARGUMENTS(is),
                       TEXT_ARGUMENTS(taken));
        return;
    }
    check_fail(checker, call->node, TEXT(""), "%s(): its arguments do not go together", call->first->name);
}

/* ---- Results ---- */

/* The type of min, max and clamp, which give one of their arguments, or of the items of the only one. */
static struct static_type result_of_choice(struct checker *checker, const struct call *call)
{
    struct static_type result = STATIC_TYPE(TYPE_NULL);
    for (uint32_t i = 0; i < call->node->count; i++) {
        struct static_type type = call->arguments[i];
        if (call->node->count == 1 && type.kind == TYPE_LIST)
            type = static_type_element(&type);
        result = i == 0 ? type : static_type_join(checker->arena, &result, &type);
    }
    return result.kind == TYPE_NULL ? STATIC_TYPE(TYPE_ANY) : result;
}

/* The type of the result: what all overloads that fit may give. */
static struct static_type result_of(struct checker *checker, const struct call *call)
{
    if (builtin_traits(call->first)->gives_argument)
        return result_of_choice(checker, call);
    struct static_type result = STATIC_TYPE(TYPE_NULL);
    const struct builtin *overload = next_overload(call, call->first);
    for (; overload; overload = next_overload(call, builtin_next_overload(overload))) {
        if (!all_fit(call, overload))
            continue;
        struct static_type type = STATIC_TYPE(overload->result);
        if (type.kind == TYPE_ANY)
            return type;
        result = result.kind == TYPE_NULL ? type : static_type_join(checker->arena, &result, &type);
    }
    return result.kind == TYPE_NULL ? STATIC_TYPE(TYPE_ANY) : result;
}

/* Reports a list that at least(), all() or any() counts, but that cannot hold truth values. */
static void check_truths(struct checker *checker, const struct call *call)
{
    uint32_t truths = builtin_traits(call->first)->truths;
    if (!truths)
        return;
    uint32_t index = truths - 1;
    if (index >= call->node->count || call->arguments[index].kind != TYPE_LIST)
        return;
    struct static_type element = static_type_element(&call->arguments[index]);
    if (!static_type_is_open(&element) && element.kind != TYPE_BOOLEAN)
        check_fail(checker, call->node->children[index], TEXT(""), "%s() counts what is true or false",
                   call->first->name);
}

struct static_type check_builtin_call(struct checker *checker, const struct node *node)
{
    struct static_type *arguments = ARENA_ARRAY(checker->arena, struct static_type, node->count);
    if (!arguments) {
        if (checker->status == TUOYU_OK)
            checker->status = report_no_memory(checker->diagnostics);
        return STATIC_TYPE(TYPE_ANY);
    }
    struct call call = {.node = node, .arguments = arguments};
    call.first = builtin_first(node->builtin->id);
    for (uint32_t i = 0; i < node->count; i++)
        arguments[i] = check_node(checker, node->children[i]);
    const struct builtin *overload = next_overload(&call, call.first);
    while (overload && !all_fit(&call, overload))
        overload = next_overload(&call, builtin_next_overload(overload));
    if (!overload) {
        fail_types(checker, &call);
        return STATIC_TYPE(node->builtin->result);
    }
    check_truths(checker, &call);
    struct static_type result = result_of(checker, &call);
    const struct unit *unit = check_builtin_unit(checker, node, arguments);
    if (result.kind == TYPE_NUMBER)
        result.unit = unit;
    return result;
}
