/* SPDX-License-Identifier: Apache-2.0 */
/* Looking up built-ins, choosing the overload, and calling it with checked arguments. */
#include "feel/builtin.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "feel/builtin_support.h"
#include "feel/interpreter.h"

enum { LIST_ITEMS_A_STEP = 16, TEXT_BYTES_A_STEP = 256 };

/* ---- Names ---- */

const struct builtin *builtin_first(enum builtin_id id)
{
    for (size_t i = 0; i < BUILTIN_COUNT; i++)
        if (BUILTINS[i].id == id)
            return &BUILTINS[i];
    assert(false); /* each number is of an entry */
    return NULL;
}

/* The first overload of the same name. */
static const struct builtin *first_overload(const struct builtin *builtin)
{
    while (builtin > BUILTINS && builtin[-1].id == builtin->id)
        builtin--;
    return builtin;
}

const struct builtin *builtin_next_overload(const struct builtin *builtin)
{
    const struct builtin *next = builtin + 1;
    return next < BUILTINS + BUILTIN_COUNT && next->id == builtin->id ? next : NULL;
}

/* True for a space, a tab and the ends of lines. */
static bool is_white_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* True for a letter or a digit of ASCII, `_`, and every byte of a character beyond ASCII. */
static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || (unsigned char)byte >= 0x80;
}

/* The bytes of text that spell the name, white space between words being any; 0 when it is not there. */
static size_t spelt_length(struct text text, const char *name)
{
    size_t at = 0;
    for (; *name; name++) {
        if (*name == ' ') {
            size_t start = at;
            while (at < text.length && is_white_space(text.bytes[at]))
                at++;
            if (at == start)
                return 0;
        } else if (at < text.length && text.bytes[at] == *name) {
            at++;
        } else {
            return 0;
        }
    }
    return at < text.length && is_word_byte(text.bytes[at]) ? 0 : at;
}

size_t builtin_longest_prefix(struct text text, const struct builtin **out)
{
    size_t longest = 0;
    if (text.length == 0)
        return 0;
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        if (BUILTINS[i].name[0] != text.bytes[0])
            continue;
        size_t length = spelt_length(text, BUILTINS[i].name);
        if (length <= longest)
            continue; /* the first overload stays */
        longest = length;
        *out = &BUILTINS[i];
    }
    return longest;
}

/* ---- Parameters ---- */

size_t builtin_described_count(const struct builtin *builtin)
{
    size_t count = 0;
    while (count < BUILTIN_PARAMETERS && builtin->parameters[count].name)
        count++;
    return count;
}

const struct builtin_parameter *builtin_parameter_at(const struct builtin *builtin, size_t index)
{
    size_t described = builtin_described_count(builtin);
    return &builtin->parameters[index < described || described == 0 ? index : described - 1];
}

size_t builtin_parameter_index(const struct builtin *builtin, struct text name)
{
    size_t described = builtin_described_count(builtin);
    for (size_t i = 0; i < described; i++)
        if (text_equals(name, text_of(builtin->parameters[i].name, TUOYU_NUL_TERMINATED)))
            return i;
    return SIZE_MAX;
}

/* True if the overload takes this many arguments. */
static bool takes_count(const struct builtin *builtin, size_t count)
{
    return count >= builtin->required &&
           (builtin->parameter_count == BUILTIN_VARIADIC || count <= builtin->parameter_count);
}

const struct builtin *builtin_with_count(const struct builtin *first, size_t count)
{
    for (; first; first = builtin_next_overload(first))
        if (takes_count(first, count))
            return first;
    return NULL;
}

/* True if the names are the first parameters of the overload, in its order. */
static bool in_this_order(const struct builtin *builtin, const struct text *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (builtin_parameter_index(builtin, names[i]) != i)
            return false;
    return true;
}

/* True if each name is a parameter of the overload. */
static bool knows_all(const struct builtin *builtin, const struct text *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (builtin_parameter_index(builtin, names[i]) == SIZE_MAX)
            return false;
    return true;
}

/* True if the name is one of the names. */
static bool is_among(struct text name, const struct text *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equals(names[i], name))
            return true;
    return false;
}

/* The first required parameter that no name is for, or SIZE_MAX. */
static size_t first_missing(const struct builtin *builtin, const struct text *names, size_t count)
{
    size_t described = builtin_described_count(builtin);
    for (size_t i = 0; i < builtin->required && i < described; i++)
        if (!is_among(text_of(builtin->parameters[i].name, TUOYU_NUL_TERMINATED), names, count))
            return i;
    return SIZE_MAX;
}

const char *builtin_missing_parameter(const struct builtin *first, const struct text *names, size_t count)
{
    for (; first; first = builtin_next_overload(first)) {
        size_t missing = knows_all(first, names, count) ? first_missing(first, names, count) : SIZE_MAX;
        if (missing != SIZE_MAX)
            return first->parameters[missing].name;
    }
    return NULL;
}

const struct builtin *builtin_with_some_names(const struct builtin *first, const struct text *names,
                                              size_t count)
{
    while (first && !knows_all(first, names, count))
        first = builtin_next_overload(first);
    return first;
}

const struct builtin *builtin_with_names(const struct builtin *first, const struct text *names, size_t count)
{
    const struct builtin *found = NULL;
    for (; first; first = builtin_next_overload(first)) {
        if (!knows_all(first, names, count) || first_missing(first, names, count) != SIZE_MAX)
            continue;
        if (in_this_order(first, names, count))
            return first;
        if (!found)
            found = first;
    }
    return found;
}

/* True if both overloads have the same parameters by name, in the same order. */
static bool same_names(const struct builtin *left, const struct builtin *right)
{
    size_t count = builtin_described_count(left);
    if (count != builtin_described_count(right))
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(left->parameters[i].name, right->parameters[i].name) != 0)
            return false;
    return true;
}

/* ---- Fitting arguments to parameters ---- */

/* True if the value has the type; null has every type, and every value has TYPE_ANY. */
static bool fits_exactly(enum type_kind type, struct value value)
{
    return type == TYPE_ANY || value.kind == VALUE_NULL || type == type_kind_of(value);
}

/* A list of one item stands for the item; a date for its midnight in UTC; an item for a list of it. */
static struct value unwrapped(enum type_kind type, struct value value)
{
    bool is_singleton = type != TYPE_LIST && value.kind == VALUE_LIST && value.as.list->count == 1;
    return is_singleton ? value.as.list->items[0] : value;
}

/* True if converted() gives the value the type: a list of one item, a date for its midnight, one value for a
 * list. */
static bool fits_converted(enum type_kind type, struct value value)
{
    value = unwrapped(type, value);
    return type == TYPE_LIST || fits_exactly(type, value) ||
           (type == TYPE_DATE_TIME && value.kind == VALUE_DATE);
}

/* The value with the type, which fits_converted() must hold of; a null with a cause if memory is refused. */
static struct value converted(struct arena *arena, enum type_kind type, struct value value)
{
    if (fits_exactly(type, value))
        return value;
    value = unwrapped(type, value);
    if (type == TYPE_DATE_TIME && value.kind == VALUE_DATE) {
        struct date_time midnight = date_time_from_date(value.date);
        return value_date_time(arena, &midnight);
    }
    if (type != TYPE_LIST)
        return value;
    struct value *item = ARENA_NEW(arena, struct value);
    struct list *list = ARENA_NEW(arena, struct list);
    if (!item || !list)
        return value_no_memory();
    *item = value;
    *list = (struct list){.count = 1, .items = item};
    return (struct value){.kind = VALUE_LIST, .as.list = list};
}

typedef bool (*fit)(enum type_kind type, struct value value);

/* True if each argument fits the overload's parameter, by the given test. */
static bool arguments_fit(const struct builtin_call *call, const struct builtin *overload, fit fits)
{
    for (size_t i = 0; i < call->count; i++)
        if (!fits(builtin_parameter_at(overload, i)->type, call->arguments[i]))
            return false;
    return true;
}

/* Overloads that stand for the same call but for the types. Returns the first such overload from `overload`
 * on; NULL if there are no more. */
static const struct builtin *next_candidate(const struct builtin_call *call, const struct builtin *overload,
                                            bool is_named)
{
    for (; overload; overload = builtin_next_overload(overload))
        if (takes_count(overload, call->count) && (!is_named || same_names(overload, call->builtin)))
            return overload;
    return NULL;
}

/* The first overload that takes the arguments as they are, or else the first that takes them converted; NULL
 * if none does. */
static const struct builtin *choose(const struct builtin_call *call, const struct builtin *first,
                                    bool is_named)
{
    const fit fits[] = {fits_exactly, fits_converted};
    for (size_t i = 0; i < 2; i++) {
        const struct builtin *overload = next_candidate(call, first, is_named);
        for (; overload; overload = next_candidate(call, builtin_next_overload(overload), is_named))
            if (arguments_fit(call, overload, fits[i]))
                return overload;
    }
    return NULL;
}

/* ---- What does not fit ---- */

/* The error of a call with a number of arguments that no overload takes. */
static struct value wrong_count(const struct builtin_call *call, const struct builtin *first)
{
    size_t fewest = SIZE_MAX, most = 0;
    bool is_variadic = false;
    for (const struct builtin *overload = first; overload; overload = builtin_next_overload(overload)) {
        if (overload->required < fewest)
            fewest = overload->required;
        if (overload->parameter_count == BUILTIN_VARIADIC)
            is_variadic = true;
        else if (overload->parameter_count > most)
            most = overload->parameter_count;
    }
    const char *plural = fewest == 1 && (is_variadic || most == 1) ? "" : "s";
    if (is_variadic)
        return builtin_error(call, TUOYU_ERROR_EVALUATION, "%s takes %zu or more argument%s, not %zu",
                             first->name, fewest, plural, call->count);
    if (fewest == most)
        return builtin_error(call, TUOYU_ERROR_EVALUATION, "%s takes %zu argument%s, not %zu", first->name,
                             fewest, plural, call->count);
    return builtin_error(call, TUOYU_ERROR_EVALUATION, "%s takes %zu to %zu arguments, not %zu", first->name,
                         fewest, most, call->count);
}

/* The types that the candidates take at index, joined by "or". */
static struct text types_taken(const struct builtin_call *call, const struct builtin *first, bool is_named,
                               size_t index)
{
    struct text taken = TEXT("");
    enum type_kind named[BUILTIN_PARAMETERS];
    size_t count = 0;
    const struct builtin *overload = next_candidate(call, first, is_named);
    for (; overload; overload = next_candidate(call, builtin_next_overload(overload), is_named)) {
        enum type_kind type = builtin_parameter_at(overload, index)->type;
        bool is_new = count < BUILTIN_PARAMETERS;
        for (size_t i = 0; i < count; i++)
            is_new &= named[i] != type;
        if (!is_new)
            continue;
        named[count++] = type;
        struct text name = type_kind_name(type);
        taken = count == 1 ? name
                           : message_text(call->environment->arena, "%.*s or %.*s", TEXT_ARGUMENTS(taken),
                                          TEXT_ARGUMENTS(name));
    }
    return taken.bytes ? taken : TEXT("");
}

/* True if some overload takes the argument at this index, converted or not. */
static bool any_candidate_fits(const struct builtin_call *call, const struct builtin *first, bool is_named,
                               size_t index)
{
    const struct builtin *overload = next_candidate(call, first, is_named);
    for (; overload; overload = next_candidate(call, builtin_next_overload(overload), is_named))
        if (fits_converted(builtin_parameter_at(overload, index)->type, call->arguments[index]))
            return true;
    return false;
}

/* The error of a call whose arguments no overload takes; it names the first argument that none takes, if
 * there is one. */
static struct value wrong_types(const struct builtin_call *call, const struct builtin *first, bool is_named)
{
    const struct builtin *candidate = next_candidate(call, first, is_named);
    for (size_t i = 0; i < call->count; i++) {
        if (any_candidate_fits(call, first, is_named, i))
            continue;
        struct text taken = types_taken(call, first, is_named, i),
                    met = builtin_show(call, call->arguments[i]);
        return builtin_error(
            call, TUOYU_ERROR_EVALUATION, "%s: the argument '%s' is %.*s where it takes: %.*s", first->name,
            builtin_parameter_at(candidate, i)->name, TEXT_ARGUMENTS(met), TEXT_ARGUMENTS(taken));
    }
    return builtin_error(call, TUOYU_ERROR_EVALUATION,
                         "%s: its arguments are of types that do not go together", first->name);
}

/* ---- Calling ---- */

/* *cause collects why; true when the call is null for its nulls. */
static bool nulls_pass(const struct builtin_call *call, const struct cause **cause)
{
    bool passes = false;
    *cause = NULL;
    for (size_t i = 0; i < call->count; i++) {
        enum builtin_null null = builtin_parameter_at(call->builtin, i)->null;
        if (call->arguments[i].kind != VALUE_NULL || null == NULL_IS_KEPT)
            continue;
        const struct cause *why = value_cause(call->arguments[i]);
        bool is_value = null == NULL_SERVES && (!why || call->environment->mode == EVALUATE_STANDARD);
        if (is_value)
            continue;
        passes = true;
        *cause = cause_join(call->environment->arena, *cause, why);
    }
    return passes;
}

/* How many steps a call is charged for the length of its lists and strings. */
static size_t steps_of(const struct value *arguments, size_t count)
{
    size_t steps = 0;
    for (size_t i = 0; i < count; i++) {
        if (arguments[i].kind == VALUE_LIST)
            steps += arguments[i].as.list->count / LIST_ITEMS_A_STEP;
        if (arguments[i].kind == VALUE_STRING)
            steps += arguments[i].as.string.length / TEXT_BYTES_A_STEP;
    }
    return steps;
}

struct value builtin_invoke(const struct builtin *builtin, bool is_named, struct environment *environment,
                            const struct expression *expression, const struct node *node,
                            const struct value *arguments, size_t count)
{
    struct builtin_call call = {.environment = environment,
                                .expression = expression,
                                .node = node,
                                .builtin = builtin,
                                .arguments = arguments,
                                .count = count};
    const struct builtin *first = first_overload(builtin);
    if (!builtin_with_count(first, count))
        return wrong_count(&call, first);
    const struct builtin *chosen = choose(&call, first, is_named);
    if (!chosen)
        return wrong_types(&call, first, is_named);
    if (!environment_take_steps(environment, steps_of(arguments, count)))
        return builtin_exhausted(&call);

    struct value few[BUILTIN_PARAMETERS];
    struct value *fitting =
        count <= BUILTIN_PARAMETERS ? few : ARENA_ARRAY(environment->arena, struct value, count);
    if (!fitting)
        return value_no_memory();
    for (size_t i = 0; i < count; i++)
        fitting[i] = converted(environment->arena, builtin_parameter_at(chosen, i)->type, arguments[i]);
    call.builtin = chosen;
    call.arguments = fitting;
    const struct cause *cause;
    return nulls_pass(&call, &cause) ? value_null(cause) : chosen->function(&call);
}

struct value builtin_error(const struct builtin_call *call, tuoyu_status code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct value made =
        null_with_message(call->environment, call->expression, call->node, code, format, arguments);
    va_end(arguments);
    return made;
}
