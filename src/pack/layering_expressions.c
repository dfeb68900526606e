/* SPDX-License-Identifier: Apache-2.0 */
/* Parses the expressions of definitions and tables with the names that their pack sees, and links them. */
#include "pack/layering_parts.h"
#include "program/unsourced_number.h"

/* The names that expressions of a pack see. */
static const struct scope *scope_of(const struct joining *joining, uint32_t pack)
{
    return &joining->layering->packs[pack].scope;
}

/* The citation of something that makes a claim, as a table's row does: without cite and standing it is
 * assumed. Errors are kept in joining. */
static struct citation claim_of(struct joining *joining, uint32_t pack, const struct pack_cite *cite,
                                pack_standing standing, const struct localised *note, struct location where)
{
    struct citation citation;
    joining_fail(joining, layering_cite(joining->layering, pack, cite, standing, note, where, &citation,
                                        joining->diagnostics));
    return citation;
}

/* The citation of something that may only combine names, as a definition does: without cite and standing it
 * claims nothing, and its standing is 0. */
static struct citation citation_of(struct joining *joining, uint32_t pack, const struct pack_cite *cite,
                                   pack_standing standing, const struct localised *note,
                                   struct location where)
{
    if (cite->source.bytes || standing)
        return claim_of(joining, pack, cite, standing, note, where);
    return (struct citation){.text = TEXT(""), .note = *note, .where = where};
}

/* ---- Definitions ---- */

/* Fills the slot of a definition. A number in a formula without cite and standing gets a warning. */
static void define(struct joining *joining, uint32_t pack, uint32_t index,
                   const struct pack_definition *definition)
{
    struct program *program = &joining->layering->program;
    struct slot *slot = program->slots[index];
    struct formula formula = {.name = slot->name,
                              .full_name = slot->full_name,
                              .unit = definition->unit,
                              .written = definition->formula,
                              .round = rounding_of_pack(&definition->round),
                              .type = definition->unit.length ? TYPE_NUMBER : TYPE_ANY,
                              .pack = pack,
                              .where = definition->where};
    slot->citation = citation_of(joining, pack, &definition->cite, definition->standing, &definition->note,
                                 definition->where);
    if (definition->round.cite.source.bytes) {
        struct citation ignored; /* only the check that its source exists is wanted */
        joining_fail(joining, layering_cite(joining->layering, pack, &definition->round.cite, 0, NULL,
                                            definition->round.where, &ignored, joining->diagnostics));
    }
    tuoyu_status status =
        program_define_formula(program, scope_of(joining, pack), index, &formula, joining->diagnostics);
    joining_fail(joining, status);
    if (status == TUOYU_OK && slot->citation.standing == 0)
        warn_of_unsourced_number(&slot->formula, slot->name, joining->diagnostics);
}

/* ---- Tables ---- */

/* The table at hand. */
struct table_compiler {
    struct joining *joining;
    const struct pack_table *written;
    uint32_t pack;
    tuoyu_status status; /* the first error of its expressions */
};

/* Keeps the first error of the table, and of the whole layering. */
static void compiler_fail(struct table_compiler *compiler, tuoyu_status status)
{
    if (compiler->status == TUOYU_OK)
        compiler->status = status;
    joining_fail(compiler->joining, status);
}

/* Parses an expression, or unary tests where is_tests. On an error *out may not be used, and the table is
 * given up. */
static void parse(struct table_compiler *compiler, const struct expression_text *text, bool is_tests,
                  struct expression *out)
{
    struct joining *joining = compiler->joining;
    compiler_fail(compiler, program_parse(&joining->layering->program, scope_of(joining, compiler->pack),
                                          text, is_tests, out, joining->diagnostics));
}

/* Parses an output cell; a bare value becomes a string. */
static void parse_cell(struct table_compiler *compiler, const struct pack_table_cell *cell,
                       struct expression *out)
{
    struct joining *joining = compiler->joining;
    if (!cell->is_value) {
        parse(compiler, &cell->expression, false, out);
        return;
    }
    struct expression like = {.text = cell->expression.text, .where = cell->expression.where};
    const struct node *literal = node_literal(joining->arena, value_string(cell->expression.text));
    if (!literal || expression_from_node(joining->arena, literal, &like, out) != TUOYU_OK)
        compiler_fail(compiler, report_no_memory(joining->diagnostics));
}

/* Parses one cell for each output; NULL without memory. */
static struct expression *parse_cells(struct table_compiler *compiler, const struct pack_table_cell *cells)
{
    size_t count = compiler->written->output_count;
    struct expression *parsed = ARENA_ARRAY(compiler->joining->arena, struct expression, count);
    for (size_t i = 0; parsed && i < count; i++)
        parse_cell(compiler, &cells[i], &parsed[i]);
    return parsed;
}

/* Parses a row: a test for each input, a cell for each output. */
static struct table_row compile_row(struct table_compiler *compiler, const struct pack_table_row *written)
{
    struct joining *joining = compiler->joining;
    size_t count = compiler->written->input_count;
    struct expression *when = ARENA_ARRAY(joining->arena, struct expression, count);
    for (size_t i = 0; when && i < count; i++)
        parse(compiler, &written->when[i], true, &when[i]);
    struct table_row row = {
        .when = when, .then = parse_cells(compiler, written->then), .where = written->where};
    row.citation =
        claim_of(joining, compiler->pack, &written->cite, written->standing, &written->note, written->where);
    return row;
}

/* Copies what the program needs of an output. */
static struct table_output compile_output(struct table_compiler *compiler,
                                          const struct pack_table_output *written)
{
    struct table_output output = {.name = written->name, .unit = written->unit, .label = written->label};
    if (written->value_count == 0)
        return output;
    struct text *values = ARENA_ARRAY(compiler->joining->arena, struct text, written->value_count);
    for (size_t i = 0; values && i < written->value_count; i++)
        values[i] = written->values[i].text;
    output.values = values;
    output.value_count = (uint32_t)written->value_count;
    return output;
}

/* Makes the decision table of the program; NULL without memory. Errors in expressions are in
 * compiler->status. */
static struct decision_table *compile_table(struct table_compiler *compiler)
{
    const struct pack_table *written = compiler->written;
    struct arena *arena = compiler->joining->arena;
    struct decision_table *table = ARENA_NEW(arena, struct decision_table);
    struct table_input *inputs = ARENA_ARRAY(arena, struct table_input, written->input_count);
    struct table_output *outputs = ARENA_ARRAY(arena, struct table_output, written->output_count);
    struct table_row *rows = ARENA_ARRAY(arena, struct table_row, written->row_count);
    if (!table || !inputs || !outputs || !rows)
        return NULL;
    for (size_t i = 0; i < written->input_count; i++) {
        inputs[i].label = written->inputs[i].label;
        parse(compiler, &written->inputs[i].expression, false, &inputs[i].expression);
    }
    for (size_t i = 0; i < written->output_count; i++)
        outputs[i] = compile_output(compiler, &written->outputs[i]);
    for (size_t i = 0; i < written->row_count; i++)
        rows[i] = compile_row(compiler, &written->rows[i]);
    *table = (struct decision_table){.hit = written->hit,
                                     .inputs = inputs,
                                     .input_count = (uint32_t)written->input_count,
                                     .outputs = outputs,
                                     .output_count = (uint32_t)written->output_count,
                                     .rows = rows,
                                     .row_count = (uint32_t)written->row_count};
    if (written->default_cells)
        table->defaults = parse_cells(compiler, written->default_cells);
    return table;
}

/* Fills the slot of a table; where an expression is wrong the slot is given up, so that nothing complains of
 * it again. */
static void define_table(struct joining *joining, uint32_t pack, uint32_t index,
                         const struct pack_table *written)
{
    struct program *program = &joining->layering->program;
    struct table_compiler compiler = {.joining = joining, .written = written, .pack = pack};
    struct decision_table *table = compile_table(&compiler);
    if (joining->arena->failed)
        return;
    struct slot *slot = program->slots[index];
    slot->citation =
        claim_of(joining, pack, &written->cite, written->standing, &written->note, written->where);
    if (written->output_count == 1)
        slot->unit = written->outputs[0].unit;
    if (compiler.status != TUOYU_OK)
        program_abandon(program, index);
    else
        joining_fail(joining, program_define_table(program, index, table, joining->diagnostics));
}

/* ---- Names that can be mistaken ---- */

/* Warns of a table that is called like an entity in sight: `child.limit` would be an output of a table
 * `child` beside a fact `child.birth_date`. */
static void check_table_name(struct joining *joining, uint32_t pack, const struct pack_table *table)
{
    const struct entity_pack *entity = map_get(&joining->layering->entities, table->name);
    for (; entity && arena_charge(joining->arena, 4); entity = entity->next) {
        if (!layering_sees(joining->layering, pack, entity->pack))
            continue;
        report_warning(
            joining->diagnostics, TUOYU_ERROR_COLLISION, table->where, TEXT("give the table another name"),
            "the table `%.*s` is called like an entity: `%.*s.x` may be a fact or an entry of the table",
            TEXT_ARGUMENTS(table->name), TEXT_ARGUMENTS(table->name));
        report_note(joining->diagnostics, entity->where, "a fact of the entity is here");
        return;
    }
}

void join_expressions(struct joining *joining)
{
    struct layering *layering = joining->layering;
    for (uint32_t i = 0; i < layering->pack_count; i++) {
        const struct pack_model *model = layering->packs[i].model;
        for (size_t j = 0; j < model->definition_count && !joining->arena->failed; j++)
            define(joining, i, definition_slot(joining, i, j), &model->definitions[j]);
        for (size_t j = 0; j < model->table_count; j++)
            check_table_name(joining, i, &model->tables[j]);
        for (size_t j = 0; j < model->table_count && !joining->arena->failed; j++)
            define_table(joining, i, table_slot(joining, i, j), &model->tables[j]);
    }
    if (!joining->arena->failed)
        joining_fail(joining, program_link(&layering->program, joining->diagnostics));
}
