/* SPDX-License-Identifier: Apache-2.0 */
/* Appends the texts of a block's rows: numbers as text, and the names of what is missing. */
#include "table/batch_texts.h"

#include "arrow/arrow_blocks.h"

/* Writes the names of the facts and parameters with these bits, in the order in which packs declare
 * them, each once, separated by spaces. */
static void name_leaves(const struct typed_program *typed, uint64_t bits, struct text_builder *text)
{
    struct text names[MACHINE_LEAVES];
    size_t count = 0;
    text->length = 0;
    for (uint32_t i = 0; i < typed->leaf_count && i < MACHINE_LEAVES; i++) {
        struct text name = program_slot(typed->program, typed->leaves[i])->name;
        bool is_new = bits >> i & 1;
        for (size_t j = 0; j < count && is_new; j++)
            is_new = !text_equals(names[j], name);
        if (!is_new)
            continue;
        if (count > 0)
            text_append_byte(text, ' ');
        text_append(text, name);
        names[count++] = name;
    }
}

/* The names of what is missing as one text, kept for the next row with the same bits. Its builder has
 * failed if memory ran out. */
static const struct text_builder *names_of(struct batch_work *work, uint64_t bits)
{
    /* The product with an odd number depends on all bits in its highest ones. */
    struct missing_names *names = &work->names[bits * 0x9E3779B97F4A7C15u >> (64 - MISSING_NAMES_BITS)];
    if (names->bits != bits) {
        names->bits = bits;
        name_leaves(&work->batch->plan.typed, bits, &names->text);
    }
    return &names->text;
}

/* Appends the names of what row `at` of the block is missing for a rule; an empty text where it misses
 * nothing. */
static void append_missing(struct batch_work *work, size_t rule, size_t at, struct arrow_builder *builder)
{
    const struct missing_facts *missing = &work->missing[rule];
    uint64_t bits = missing->is_some ? missing->bits[at] : 0;
    if (!bits) {
        arrow_append_empty(builder, 1, true);
        return;
    }
    const struct text_builder *names = names_of(work, bits);
    if (names->failed)
        builder->failed = true;
    else
        arrow_append_text(builder, text_builder_text(names));
}

/* Appends a number as text; null where it is not known. */
static void append_number(struct batch_work *work, size_t column, size_t at)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    const struct batch_column *content = &work->batch->contents[column];
    const struct block_result *result = &work->block->results[content->output];
    struct arrow_builder *builder = &work->builders[column];
    const void *values = result->values;
    int64_t value = result->lane == LANE_32 ? ((const int32_t *)values)[at] : ((const int64_t *)values)[at];
    bool is_known = !result->known || result->known[at];
    if (is_known)
        arrow_append_text(
            builder,
            (struct text){.bytes = digits, .length = decimal_format_scaled(value, content->scale, digits)});
    else
        arrow_append_null(builder);
}

void batch_append_texts(struct batch_work *work, size_t rule, size_t at)
{
    const struct batch_rule *columns = &work->batch->rules[rule];
    for (size_t i = columns->first_column; i < columns->end_column; i++) {
        if (work->batch->contents[i].kind == BATCH_MISSING)
            append_missing(work, rule, at, &work->builders[i]);
        else if (batch_is_text(work, i))
            append_number(work, i, at);
    }
}
