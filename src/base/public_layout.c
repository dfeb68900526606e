/* SPDX-License-Identifier: Apache-2.0 */
/* How the public structs lie in memory, asserted field by field, and which of their sizes are served. A
 * program that was compiled against a release relies on every number here: fields are added at the end, and
 * nothing else changes. */
#include "base/public_layout.h"

#include <assert.h>
#include <tuoyu/tuoyu.h>

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "libtuoyu runs on little-endian machines only");

#define BYTES_OF(type, field) sizeof(((type *)NULL)->field)
#define END_OF(type, field) (offsetof(type, field) + BYTES_OF(type, field))

/* ---- What is served ---- */

/* The layout of an option struct. first: the last field that it had in the release that introduced it. */
#define LAYOUT(type, first, reserved_offset)                                                  \
    {                                                                                         \
        .name = #type, .first_size = END_OF(type, first), .oldest_size = END_OF(type, first), \
        .size = sizeof(type), .reserved = (reserved_offset)                                   \
    }

const struct option_layout LIMITS_LAYOUT = LAYOUT(tuoyu_limits, tally_items, 0);
const struct option_layout LOAD_OPTIONS_LAYOUT =
    LAYOUT(tuoyu_load_options, limits, offsetof(tuoyu_load_options, reserved));
const struct option_layout EXPRESSION_OPTIONS_LAYOUT = LAYOUT(tuoyu_expression_options, is_strict, 0);
const struct option_layout EVALUATION_OPTIONS_LAYOUT = LAYOUT(tuoyu_evaluation_options, zone_context, 0);
const struct option_layout BATCH_OPTIONS_LAYOUT = LAYOUT(tuoyu_batch_options, interprets, 0);
const struct option_layout BATCH_RUN_OPTIONS_LAYOUT = LAYOUT(tuoyu_batch_run_options, fallback_rows, 0);
const struct option_layout TALLY_TABLE_OPTIONS_LAYOUT =
    LAYOUT(tuoyu_tally_table_options, fallback_rows, offsetof(tuoyu_tally_table_options, reserved));

/* ---- How they lie, where pointers have 64 bits ---- */

#if UINTPTR_MAX == UINT64_MAX

#define IS_AT(type, field, offset, bytes)                                                \
    static_assert(offsetof(type, field) == (offset) && BYTES_OF(type, field) == (bytes), \
                  #type "." #field " has moved")
/* Asserts that the field begins where the one before it ends, without padding between them. */
#define FOLLOWS(type, before, field, bytes) IS_AT(type, field, END_OF(type, before), bytes)
#define HAS_SIZE(type, bytes) static_assert(sizeof(type) == (bytes), #type " has another size")
/* Asserts the size, and that no padding is behind the last field, where a later release will add fields. */
#define ENDS_WITH(type, last, bytes) \
    HAS_SIZE(type, bytes);           \
    static_assert(END_OF(type, last) == sizeof(type), #type " has padding at its end")

/* Structs that may grow: a release adds fields at their end. */

IS_AT(tuoyu_limits, size, 0, 8);
FOLLOWS(tuoyu_limits, size, text_bytes, 8);
FOLLOWS(tuoyu_limits, text_bytes, depth, 8);
FOLLOWS(tuoyu_limits, depth, nodes, 8);
FOLLOWS(tuoyu_limits, nodes, scalar_bytes, 8);
FOLLOWS(tuoyu_limits, scalar_bytes, expression_depth, 8);
FOLLOWS(tuoyu_limits, expression_depth, steps, 8);
FOLLOWS(tuoyu_limits, steps, list_items, 8);
FOLLOWS(tuoyu_limits, list_items, diagnostics, 8);
FOLLOWS(tuoyu_limits, diagnostics, tally_items, 8);
FOLLOWS(tuoyu_limits, tally_items, load_steps, 8);
FOLLOWS(tuoyu_limits, load_steps, load_bytes, 8);
FOLLOWS(tuoyu_limits, load_bytes, bytes, 8);
ENDS_WITH(tuoyu_limits, bytes, 104);

IS_AT(tuoyu_load_options, size, 0, 8);
FOLLOWS(tuoyu_load_options, size, allocator, 8);
FOLLOWS(tuoyu_load_options, allocator, limits, 8);
FOLLOWS(tuoyu_load_options, limits, is_analysed, 4);
FOLLOWS(tuoyu_load_options, is_analysed, reserved, 4);
FOLLOWS(tuoyu_load_options, reserved, interrupt, 8);
FOLLOWS(tuoyu_load_options, interrupt, interrupt_context, 8);
ENDS_WITH(tuoyu_load_options, interrupt_context, 48);

IS_AT(tuoyu_expression_options, size, 0, 8);
FOLLOWS(tuoyu_expression_options, size, allocator, 8);
FOLLOWS(tuoyu_expression_options, allocator, limits, 8);
FOLLOWS(tuoyu_expression_options, limits, source_name, 8);
FOLLOWS(tuoyu_expression_options, source_name, types, 8);
FOLLOWS(tuoyu_expression_options, types, type_count, 8);
FOLLOWS(tuoyu_expression_options, type_count, is_unary_tests, 4);
FOLLOWS(tuoyu_expression_options, is_unary_tests, is_strict, 4);
ENDS_WITH(tuoyu_expression_options, is_strict, 56);

IS_AT(tuoyu_evaluation_options, size, 0, 8);
FOLLOWS(tuoyu_evaluation_options, size, input, 8);
FOLLOWS(tuoyu_evaluation_options, input, today, 8);
FOLLOWS(tuoyu_evaluation_options, today, now, 8);
FOLLOWS(tuoyu_evaluation_options, now, zone_offset, 8);
FOLLOWS(tuoyu_evaluation_options, zone_offset, zone_context, 8);
FOLLOWS(tuoyu_evaluation_options, zone_context, interrupt, 8);
FOLLOWS(tuoyu_evaluation_options, interrupt, interrupt_context, 8);
ENDS_WITH(tuoyu_evaluation_options, interrupt_context, 64);

IS_AT(tuoyu_batch_options, size, 0, 8);
FOLLOWS(tuoyu_batch_options, size, unknown_columns, 4);
FOLLOWS(tuoyu_batch_options, unknown_columns, floats, 4);
FOLLOWS(tuoyu_batch_options, floats, nulls, 4);
FOLLOWS(tuoyu_batch_options, nulls, numbers, 4);
FOLLOWS(tuoyu_batch_options, numbers, columns, 4);
FOLLOWS(tuoyu_batch_options, columns, instructions, 4);
FOLLOWS(tuoyu_batch_options, instructions, block_rows, 4);
FOLLOWS(tuoyu_batch_options, block_rows, interprets, 4);
FOLLOWS(tuoyu_batch_options, interprets, members, 8);
FOLLOWS(tuoyu_batch_options, members, language, 8);
ENDS_WITH(tuoyu_batch_options, language, 56);

IS_AT(tuoyu_batch_run_options, size, 0, 8);
FOLLOWS(tuoyu_batch_run_options, size, progress, 8);
FOLLOWS(tuoyu_batch_run_options, progress, context, 8);
FOLLOWS(tuoyu_batch_run_options, context, rows, 8);
FOLLOWS(tuoyu_batch_run_options, rows, error_rows, 8);
FOLLOWS(tuoyu_batch_run_options, error_rows, fallback_rows, 8);
ENDS_WITH(tuoyu_batch_run_options, fallback_rows, 48);

IS_AT(tuoyu_tally_table_options, size, 0, 8);
FOLLOWS(tuoyu_tally_table_options, size, unknown_columns, 4);
FOLLOWS(tuoyu_tally_table_options, unknown_columns, floats, 4);
FOLLOWS(tuoyu_tally_table_options, floats, nulls, 4);
FOLLOWS(tuoyu_tally_table_options, nulls, digests_rows, 4);
FOLLOWS(tuoyu_tally_table_options, digests_rows, validate, 4);
FOLLOWS(tuoyu_tally_table_options, validate, reserved, 4);
FOLLOWS(tuoyu_tally_table_options, reserved, bad_row, 8);
FOLLOWS(tuoyu_tally_table_options, bad_row, progress, 8);
FOLLOWS(tuoyu_tally_table_options, progress, context, 8);
FOLLOWS(tuoyu_tally_table_options, context, rows, 8);
FOLLOWS(tuoyu_tally_table_options, rows, error_rows, 8);
FOLLOWS(tuoyu_tally_table_options, error_rows, fallback_rows, 8);
ENDS_WITH(tuoyu_tally_table_options, fallback_rows, 80);

/* Structs that are frozen: arrays of them and library-filled ones keep their size for good. */

IS_AT(tuoyu_allocator, reallocate, 0, 8);
IS_AT(tuoyu_allocator, context, 8, 8);
HAS_SIZE(tuoyu_allocator, 16);

IS_AT(tuoyu_diagnostic, code, 0, 4);
IS_AT(tuoyu_diagnostic, severity, 4, 4);
IS_AT(tuoyu_diagnostic, source, 8, 8);
IS_AT(tuoyu_diagnostic, line, 16, 4);
IS_AT(tuoyu_diagnostic, column, 20, 4);
IS_AT(tuoyu_diagnostic, span, 24, 4);
IS_AT(tuoyu_diagnostic, message, 32, 8);
IS_AT(tuoyu_diagnostic, hint, 40, 8);
IS_AT(tuoyu_diagnostic, excerpt, 48, 8);
HAS_SIZE(tuoyu_diagnostic, 56);

IS_AT(tuoyu_mutation, offset, 0, 8);
IS_AT(tuoyu_mutation, length, 8, 8);
IS_AT(tuoyu_mutation, line, 16, 4);
IS_AT(tuoyu_mutation, column, 20, 4);
IS_AT(tuoyu_mutation, kind, 24, 8);
IS_AT(tuoyu_mutation, place, 32, 8);
IS_AT(tuoyu_mutation, was, 40, 8);
IS_AT(tuoyu_mutation, instead, 48, 8);
IS_AT(tuoyu_mutation, cite, 56, 8);
HAS_SIZE(tuoyu_mutation, 64);

IS_AT(tuoyu_change, parameter, 0, 8);
IS_AT(tuoyu_change, parameter_length, 8, 8);
IS_AT(tuoyu_change, value, 16, 8);
IS_AT(tuoyu_change, value_length, 24, 8);
IS_AT(tuoyu_change, reason, 32, 8);
IS_AT(tuoyu_change, reason_length, 40, 8);
IS_AT(tuoyu_change, operation, 48, 4);
IS_AT(tuoyu_change, first_day, 52, 4);
HAS_SIZE(tuoyu_change, 56);

IS_AT(tuoyu_decimal, opaque, 0, 16);
HAS_SIZE(tuoyu_decimal, 16);

IS_AT(tuoyu_named_type, name, 0, 8);
IS_AT(tuoyu_named_type, name_length, 8, 8);
IS_AT(tuoyu_named_type, type, 16, 8);
IS_AT(tuoyu_named_type, type_length, 24, 8);
HAS_SIZE(tuoyu_named_type, 32);

IS_AT(tuoyu_pack_text, name, 0, 8);
IS_AT(tuoyu_pack_text, name_length, 8, 8);
IS_AT(tuoyu_pack_text, text, 16, 8);
IS_AT(tuoyu_pack_text, text_length, 24, 8);
HAS_SIZE(tuoyu_pack_text, 32);

IS_AT(tuoyu_column, values, 0, 8);
IS_AT(tuoyu_column, validity, 8, 8);
HAS_SIZE(tuoyu_column, 16);

/* The structs of the Arrow C data and stream interfaces, which their specification freezes. */

IS_AT(struct ArrowSchema, format, 0, 8);
IS_AT(struct ArrowSchema, name, 8, 8);
IS_AT(struct ArrowSchema, metadata, 16, 8);
IS_AT(struct ArrowSchema, flags, 24, 8);
IS_AT(struct ArrowSchema, n_children, 32, 8);
IS_AT(struct ArrowSchema, children, 40, 8);
IS_AT(struct ArrowSchema, dictionary, 48, 8);
IS_AT(struct ArrowSchema, release, 56, 8);
IS_AT(struct ArrowSchema, private_data, 64, 8);
HAS_SIZE(struct ArrowSchema, 72);

IS_AT(struct ArrowArray, length, 0, 8);
IS_AT(struct ArrowArray, null_count, 8, 8);
IS_AT(struct ArrowArray, offset, 16, 8);
IS_AT(struct ArrowArray, n_buffers, 24, 8);
IS_AT(struct ArrowArray, n_children, 32, 8);
IS_AT(struct ArrowArray, buffers, 40, 8);
IS_AT(struct ArrowArray, children, 48, 8);
IS_AT(struct ArrowArray, dictionary, 56, 8);
IS_AT(struct ArrowArray, release, 64, 8);
IS_AT(struct ArrowArray, private_data, 72, 8);
HAS_SIZE(struct ArrowArray, 80);

IS_AT(struct ArrowArrayStream, get_schema, 0, 8);
IS_AT(struct ArrowArrayStream, get_next, 8, 8);
IS_AT(struct ArrowArrayStream, get_last_error, 16, 8);
IS_AT(struct ArrowArrayStream, release, 24, 8);
IS_AT(struct ArrowArrayStream, private_data, 32, 8);
HAS_SIZE(struct ArrowArrayStream, 40);

#endif
