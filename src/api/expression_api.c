/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of expressions: compiling and evaluating FEEL without a pack. */
#include <string.h>

#include "api/expression_handle.h"
#include "api/value_handle.h"
#include "base/public_layout.h"

enum { DEFAULT_TEXT_BYTES = 64 * 1024, DEFAULT_BYTES = 16 * 1024 * 1024 };

/* ---- Reading what is given ---- */

struct request {
    tuoyu_expression_options options;
    tuoyu_limits limits;
    struct parse_options parse;
};

/* Checks the options and takes them over, with defaults for what is not given. NULL stands for all
 * defaults. */
static tuoyu_status read_request(const tuoyu_expression_options *options, struct request *request,
                                 tuoyu_diagnostics *diagnostics)
{
    *request = (struct request){.options = {.size = sizeof(tuoyu_expression_options)}};
    tuoyu_status status =
        option_struct_read(&request->options, &EXPRESSION_OPTIONS_LAYOUT, options, diagnostics);
    if (status != TUOYU_OK)
        return status;
    status = option_struct_read(&request->limits, &LIMITS_LAYOUT, request->options.limits, diagnostics);
    if (request->options.type_count && !request->options.types)
        status = TUOYU_ERROR_INVALID_ARGUMENT;
    request->parse = (struct parse_options){.depth_limit = request->limits.expression_depth,
                                            .is_unary_tests = request->options.is_unary_tests != 0,
                                            .is_strict = request->options.is_strict != 0,
                                            .input_slot = UINT32_MAX};
    return status;
}

/* Copies a text and the name that messages call it by into the arena, and sets options to parse it. Returns
 * false when memory is refused. */
static bool add_source(struct arena *arena, struct text name, struct text content, struct source *source,
                       struct parse_options *options)
{
    struct text copy = text_copy(arena, content), kept_name = text_copy(arena, name);
    if (!copy.bytes || !kept_name.bytes || !source_init(source, arena, kept_name, copy))
        return false;
    options->where = (struct location){.source = source, .length = (uint32_t)copy.length};
    options->is_verbatim = true;
    return true;
}

/* Parses the named types of the options, each of which may use those before it. All memory is the arena's.
 * Returns TUOYU_OK, or the status of an error, which is reported. */
static tuoyu_status read_types(struct arena *arena, struct request *request, tuoyu_diagnostics *diagnostics)
{
    size_t count = request->options.type_count;
    struct named_type *types = ARENA_ARRAY(arena, struct named_type, count);
    if (!types)
        return report_no_memory(diagnostics);
    request->parse.types = types;
    for (size_t i = 0; i < count; i++) {
        const tuoyu_named_type *given = &request->options.types[i];
        struct text name = text_of(given->name, given->name_length);
        struct source *source = ARENA_NEW(arena, struct source);
        struct parse_options options = request->parse;
        if (!source || !add_source(arena, name, text_of(given->type, given->type_length), source, &options))
            return report_no_memory(diagnostics);
        tuoyu_status status = type_parse(arena, source->content, &options, &types[i].type, diagnostics);
        if (status != TUOYU_OK)
            return status;
        types[i].name = source->name;
        request->parse.type_count = i + 1;
    }
    return TUOYU_OK;
}

/* Maps each name, normalized, to its index + 1. A name that is NULL, not UTF-8 or given twice is an error. */
static tuoyu_status read_names(struct arena *arena, const char *const *names, const size_t *lengths,
                               size_t count, struct map *map, tuoyu_diagnostics *diagnostics)
{
    map_init(map, arena);
    for (size_t i = 0; i < count; i++) {
        if (!names[i])
            return TUOYU_ERROR_INVALID_ARGUMENT;
        struct text name = text_of(names[i], lengths ? lengths[i] : TUOYU_NUL_TERMINATED);
        if (utf8_validate(name) != name.length)
            return report(diagnostics, TUOYU_ERROR_ENCODING, (struct location){.source = NULL}, TEXT(""),
                          "the name at index %zu is not UTF-8", i);
        name = name_normalize(arena, name);
        if (!name.bytes)
            return report_no_memory(diagnostics);
        if (map_get(map, name))
            return report(diagnostics, TUOYU_ERROR_DUPLICATE, (struct location){.source = NULL}, TEXT(""),
                          "the name `%.*s` is declared twice", TEXT_ARGUMENTS(name));
        /* Slots are counted from 0, the map's values from 1. */
        if (!map_put(map, name, (void *)(uintptr_t)(i + 1)))
            return report_no_memory(diagnostics);
    }
    return TUOYU_OK;
}

/* ---- Expressions ---- */

/* An empty expression with one reference; NULL when memory is refused. */
static tuoyu_expression *new_expression(const tuoyu_allocator *allocator)
{
    tuoyu_allocator chosen = allocator_or_default(allocator);
    tuoyu_expression *made = allocator_allocate(&chosen, sizeof *made);
    if (!made)
        return NULL;
    *made = (tuoyu_expression){.allocator = chosen};
    atomic_init(&made->references, 1);
    arena_init(&made->arena, &chosen);
    return made;
}

/* Parses the text, whose names are in `names`. On an error the expression may be half made and must be
 * freed. */
static tuoyu_status parse_into(tuoyu_expression *made, struct text text, struct request *request,
                               struct map *names, tuoyu_diagnostics *diagnostics)
{
    struct symbol_table symbols;
    const char *name = request->options.source_name ? request->options.source_name : "expression";
    size_t limit = request->limits.scalar_bytes ? request->limits.scalar_bytes : DEFAULT_TEXT_BYTES;
    if (text.length > limit)
        return report(diagnostics, TUOYU_ERROR_LIMIT, (struct location){.source = NULL}, TEXT(""),
                      "the expression is longer than %zu bytes", limit);
    tuoyu_status status = read_types(&made->arena, request, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (!add_source(&made->arena, text_of(name, TUOYU_NUL_TERMINATED), text, &made->source, &request->parse))
        return report_no_memory(diagnostics);
    symbol_table_over_map(&symbols, names);
    status = expression_parse(&made->arena, made->source.content, &symbols, &request->parse,
                              &made->expression, diagnostics);
    return status == TUOYU_OK && made->arena.failed ? report_no_memory(diagnostics) : status;
}

tuoyu_status tuoyu_expression_parse(const char *text, size_t length, const char *const *names,
                                    const size_t *name_lengths, size_t name_count,
                                    const tuoyu_expression_options *options, tuoyu_expression **out,
                                    tuoyu_diagnostics *diagnostics)
{
    if (out)
        *out = NULL;
    if (!out || !text || (name_count && !names) || name_count >= UINT32_MAX)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct request request;
    tuoyu_status status = read_request(options, &request, diagnostics);
    if (status != TUOYU_OK)
        return status;
    tuoyu_expression *made = new_expression(request.options.allocator);
    if (!made)
        return report_no_memory(diagnostics);
    struct map map;
    status = read_names(&made->arena, names, name_lengths, name_count, &map, diagnostics);
    if (status == TUOYU_OK)
        status = parse_into(made, text_of(text, length), &request, &map, diagnostics);
    made->name_count = name_count;
    made->limits = request.limits;
    if (status == TUOYU_OK)
        *out = made;
    else
        tuoyu_expression_unref(made);
    return status;
}

bool tuoyu_expression_uses(const tuoyu_expression *expression, size_t index)
{
    for (uint32_t i = 0; expression && i < expression->expression.symbol_count; i++)
        if (expression->expression.symbols[i] == index)
            return true;
    return false;
}

/* ---- Evaluation ---- */

/* For environment: the value of the name with this index. `context` is the array of values. */
static struct value resolve(void *context, uint32_t slot)
{
    const struct value *values = context;
    return values[slot];
}

/* For zone_offsets: asks the caller's function; false means that the zone is not known. */
static bool zone_offset(void *context, struct text zone, int64_t local_date, int32_t second_of_day,
                        int32_t *offset)
{
    const tuoyu_evaluation_options *options = context;
    return options->zone_offset(options->zone_context, zone.bytes, zone.length, local_date, second_of_day,
                                offset);
}

/* For cause_visit(): reports a cause of the null result as a warning. */
static void report_cause(void *data, const struct cause *leaf)
{
    if (leaf->kind == CAUSE_ERROR)
        report_warning(data, leaf->code, leaf->where, TEXT(""), "%.*s", TEXT_ARGUMENTS(leaf->message));
    else
        report_warning(data, leaf->code, leaf->where, TEXT(""), "not known: %.*s",
                       TEXT_ARGUMENTS(leaf->name));
}

/* True if the value points nowhere, so that nothing need be held for it. */
static bool stands_alone(struct value value)
{
    return value.kind <= VALUE_NUMBER || value.kind == VALUE_DATE || value.kind == VALUE_YEARS_MONTHS ||
           value.kind == VALUE_DAYS_TIME;
}

/* Gives the result out in the handle, which keeps alive all that the result may point into. A null loses its
 * cause. If memory was refused the handle is freed and TUOYU_ERROR_NO_MEMORY returned. */
static tuoyu_status keep_result(tuoyu_value *handle, tuoyu_expression *expression, struct value result,
                                tuoyu_value *const *values, size_t count,
                                const tuoyu_evaluation_options *options, tuoyu_value **out)
{
    handle->value = result.kind == VALUE_NULL ? VALUE_NOTHING : result;
    if (stands_alone(result)) {
        bool has_failed = handle->arena.failed;
        arena_free(&handle->arena);
        handle->arena.failed = has_failed;
    } else if (value_handle_reserve(handle, count + 3)) {
        for (size_t i = 0; i < count; i++)
            value_handle_hold(handle, values[i]);
        value_handle_hold(handle, options->input);
        value_handle_hold(handle, options->today);
        value_handle_hold(handle, options->now);
        handle->expression = tuoyu_expression_ref(expression);
    }
    return value_handle_finish(handle, out);
}

/* Sets limits, input, today, now and whom to ask from the options; zones and the values of names are left to
 * the caller. */
static void fill_environment(struct environment *environment, const tuoyu_expression *expression,
                             struct arena *arena, const tuoyu_evaluation_options *options)
{
    size_t bytes = expression->limits.bytes ? expression->limits.bytes : DEFAULT_BYTES;
    environment_init(environment, arena);
    environment->interrupt = options->interrupt;
    environment->interrupt_context = options->interrupt_context;
    environment_allow_steps(environment,
                            expression->limits.steps ? expression->limits.steps : environment->steps_most);
    arena->given_most = bytes < SIZE_MAX - arena->given ? arena->given + bytes : SIZE_MAX;
    if (expression->limits.list_items)
        environment->list_limit = expression->limits.list_items;
    environment->input = value_of_handle(options->input);
    environment->today = options->today ? &options->today->value : NULL;
    environment->now = options->now ? &options->now->value : NULL;
    environment->resolve = resolve;
}

/* Says why the result is null, or why there is none: after the limit of bytes it is null as after that of
 * steps. Returns TUOYU_OK, or TUOYU_ERROR_NO_MEMORY or _CANCELLED, which are reported. */
static tuoyu_status report_result(tuoyu_value *handle, const struct environment *environment,
                                  const tuoyu_expression *expression, struct value *result,
                                  tuoyu_diagnostics *diagnostics)
{
    struct arena *arena = &handle->arena;
    struct location where = expression_location(&expression->expression, expression->expression.root);
    if (environment->is_cancelled)
        return report(diagnostics, TUOYU_ERROR_CANCELLED, where, TEXT(""), "the evaluation was cancelled");
    if (arena->failed && !arena->is_full)
        return report_no_memory(diagnostics);
    if (arena->is_full) {
        report_warning(diagnostics, TUOYU_ERROR_LIMIT, where,
                       TEXT("make lists and texts smaller, or raise the limit bytes"),
                       "the evaluation takes more than %zu bytes of memory",
                       expression->limits.bytes ? expression->limits.bytes : (size_t)DEFAULT_BYTES);
        arena->failed = false;
        *result = VALUE_NOTHING;
    } else if (result->kind == VALUE_NULL) {
        cause_visit(result->as.cause, report_cause, diagnostics);
    }
    arena->given_most = SIZE_MAX;
    return TUOYU_OK;
}

tuoyu_status tuoyu_expression_evaluate(tuoyu_expression *expression, tuoyu_value *const *values, size_t count,
                                       const tuoyu_evaluation_options *options, tuoyu_value **out,
                                       tuoyu_diagnostics *diagnostics)
{
    if (out)
        *out = NULL;
    if (!expression || !out || count != expression->name_count || (count && !values))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_evaluation_options known = {.size = sizeof known};
    tuoyu_status status = option_struct_read(&known, &EVALUATION_OPTIONS_LAYOUT, options, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (known.today && known.today->value.kind != VALUE_DATE)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    if (known.now && known.now->value.kind != VALUE_DATE_TIME)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_value *handle = value_handle_new(&expression->allocator);
    struct value *inputs = handle ? ARENA_ARRAY(&handle->arena, struct value, count) : NULL;
    if (!inputs) {
        tuoyu_value_unref(handle);
        return report_no_memory(diagnostics);
    }
    for (size_t i = 0; i < count; i++)
        inputs[i] = value_of_handle(values[i]);
    struct environment environment;
    struct zone_offsets zones = {.offset_at = zone_offset, .context = &known};
    fill_environment(&environment, expression, &handle->arena, &known);
    environment.context = inputs;
    if (known.zone_offset)
        environment.zones = &zones;
    struct value result = expression_evaluate(&expression->expression, &environment);
    status = report_result(handle, &environment, expression, &result, diagnostics);
    if (status != TUOYU_OK) {
        tuoyu_value_unref(handle);
        return status;
    }
    return keep_result(handle, expression, result, values, count, &known, out);
}

/* ---- Conversion ---- */

/* Converts the value to the type that the text names, null if it does not conform, which is a warning. The
 * handle then holds the value. Returns TUOYU_OK, or the status of an error, which is reported. */
static tuoyu_status convert_into(tuoyu_value *handle, tuoyu_value *value, struct text text,
                                 struct request *request, tuoyu_diagnostics *diagnostics)
{
    const struct feel_type *type = NULL;
    struct source *source = ARENA_NEW(&handle->arena, struct source);
    tuoyu_status status = read_types(&handle->arena, request, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (!source || !add_source(&handle->arena, TEXT("type"), text, source, &request->parse))
        return report_no_memory(diagnostics);
    status = type_parse(&handle->arena, source->content, &request->parse, &type, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (!value_handle_reserve(handle, 1))
        return report_no_memory(diagnostics);
    value_handle_hold(handle, value);
    handle->value = type_convert(&handle->arena, type, value_of_handle(value));
    if (handle->value.kind == VALUE_NULL && tuoyu_value_kind(value) != TUOYU_VALUE_NULL)
        report_warning(diagnostics, TUOYU_ERROR_TYPE, (struct location){.source = NULL}, TEXT(""),
                       "the value does not conform to the type %.*s", TEXT_ARGUMENTS(text));
    return TUOYU_OK;
}

tuoyu_status tuoyu_value_convert(tuoyu_value *value, const char *type, size_t type_length,
                                 const tuoyu_expression_options *options, tuoyu_value **out,
                                 tuoyu_diagnostics *diagnostics)
{
    if (out)
        *out = NULL;
    if (!out || !type)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct request request;
    tuoyu_status status = read_request(options, &request, diagnostics);
    if (status != TUOYU_OK)
        return status;
    tuoyu_value *handle = value_handle_new(request.options.allocator);
    if (!handle)
        return report_no_memory(diagnostics);
    status = convert_into(handle, value, text_of(type, type_length), &request, diagnostics);
    if (status == TUOYU_OK)
        return value_handle_finish(handle, out);
    tuoyu_value_unref(handle);
    return status;
}
