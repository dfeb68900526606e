/* SPDX-License-Identifier: Apache-2.0 */
/* Links slots depth first: finds cycles with their path and chains that are too long, and checks types from
 * the leaves up. */
#include "program/link.h"

#include <assert.h>

#include "program/check_table.h"
#include "program/check_units.h"

/* The slots that are being linked, each read by the one before. */
struct path {
    uint32_t *slots;
    size_t count, limit;
};

/* One run of the linker. */
struct linker {
    struct program *program;
    struct path path;
    tuoyu_diagnostics *diagnostics;
    tuoyu_status status; /* the first error */
};

/* Keeps the first error; TUOYU_OK changes nothing. */
static void note(struct linker *linker, tuoyu_status status)
{
    if (linker->status == TUOYU_OK)
        linker->status = status;
}

/* ---- Errors ---- */

/* Reports the cycle from the slot that was met again along the path. */
static void report_cycle(struct linker *linker, uint32_t again)
{
    const struct path *path = &linker->path;
    size_t first = 0;
    while (path->slots[first] != again)
        first++;
    struct text_builder way;
    text_builder_init_arena(&way, linker->program->arena);
    for (size_t i = first; i < path->count; i++) {
        text_append(&way, program_slot(linker->program, path->slots[i])->name);
        text_append_literal(&way, " → ");
    }
    const struct slot *slot = program_slot(linker->program, again);
    text_append(&way, slot->name);
    struct text shown = way.failed ? slot->name : text_builder_text(&way);
    note(linker, report(linker->diagnostics, TUOYU_ERROR_CYCLE, slot->where, TEXT(""),
                        "`%.*s` needs itself: %.*s", TEXT_ARGUMENTS(slot->name), TEXT_ARGUMENTS(shown)));
    for (size_t i = first + 1; i < path->count; i++) {
        const struct slot *member = program_slot(linker->program, path->slots[i]);
        report_note(linker->diagnostics, member->where, "`%.*s` is on the way", TEXT_ARGUMENTS(member->name));
    }
}

/* Reports a slot that rests on too long a chain. */
static void report_chain(struct linker *linker, const struct slot *slot)
{
    note(linker,
         report(linker->diagnostics, TUOYU_ERROR_LIMIT, slot->where, TEXT("put some of them together"),
                "`%.*s` rests on a chain of more than %zu expressions, one reading the next",
                TEXT_ARGUMENTS(slot->name), linker->path.limit));
}

/* ---- Order ---- */

/* The height of the slot's own expressions. */
static uint32_t own_height(const struct slot *slot)
{
    return slot->kind == SLOT_TABLE ? table_height(slot->table) : slot->formula.root->height;
}

/* Finds the slot's chain and height, and reports those that are too long. */
static void measure(struct linker *linker, struct slot *slot)
{
    uint32_t chain = 0, height = 0;
    for (uint32_t i = 0; i < slot->dependency_count; i++) {
        const struct slot *below = program_slot(linker->program, slot->dependencies[i]);
        if (below->chain > chain)
            chain = below->chain;
        if (below->height > height)
            height = below->height;
    }
    slot->chain = chain + 1;
    slot->height = height + own_height(slot) + 1;
    if (slot->chain > linker->path.limit || slot->height > PROGRAM_HIGHEST) {
        report_chain(linker, slot);
        slot->chain = 0; /* reported once, and not again by every slot that reads it */
        slot->height = 0;
    }
}

/* Checks the slot's expressions and sets its type. */
static void check_types(struct linker *linker, struct slot *slot)
{
    struct checker checker;
    checker_init(&checker, linker->program, linker->diagnostics);
    checker.misdeclared = linker->program->misdeclared;
    if (slot->kind == SLOT_TABLE) {
        slot->type = check_table(&checker, slot);
    } else {
        slot->type = check_expression(&checker, &slot->formula);
        struct text what = TEXT_JOIN(linker->program->arena, TEXT("`"), slot->name, TEXT("`"));
        check_wanted(&checker, &slot->formula, &slot->type, slot->wanted, what.bytes ? what.bytes : "it");
        if (slot->wanted != TYPE_ANY && slot->type.kind != slot->wanted)
            slot->type = STATIC_TYPE(slot->wanted);
        slot->type = check_declared_unit(&checker, slot->formula.root, slot->type, slot->unit,
                                         what.bytes ? text_of(what.bytes, TUOYU_NUL_TERMINATED) : TEXT("it"));
    }
    linker->program->misdeclared = checker.misdeclared;
    slot->is_in_order = checker.status == TUOYU_OK;
    note(linker, checker.status);
}

/* Links a slot after what it reads. The recursion is bounded by the limit of the path. */
static void link_slot(struct linker *linker, uint32_t index)
{
    struct slot *slot = linker->program->slots[index];
    if (slot->link == LINK_DONE)
        return;
    if (slot->link == LINK_RUNNING) {
        report_cycle(linker, index);
        return;
    }
    if (linker->path.count == linker->path.limit) {
        report_chain(linker, program_slot(linker->program, linker->path.slots[0]));
        slot->link = LINK_DONE;
        return;
    }
    slot->link = LINK_RUNNING;
    assert(linker->path.count < linker->path.limit);
    linker->path.slots[linker->path.count++] = index;
    for (uint32_t i = 0; i < slot->dependency_count; i++)
        link_slot(linker, slot->dependencies[i]);
    linker->path.count--;
    measure(linker, slot);
    check_types(linker, slot);
    slot->link = LINK_DONE;
}

/* Makes the path; false without memory, reported. */
static bool begin_linking(struct linker *linker, struct program *program, tuoyu_diagnostics *diagnostics)
{
    *linker = (struct linker){.program = program, .diagnostics = diagnostics};
    linker->path.limit = program->chain_limit;
    if (!program->link_path)
        program->link_path = ARENA_ARRAY(program->arena, uint32_t, program->chain_limit);
    linker->path.slots = program->link_path;
    if (!linker->path.slots)
        note(linker, report_no_memory(diagnostics));
    return linker->path.slots != NULL;
}

/* Returns the first error, or that memory ran out on the way, or TUOYU_OK. */
static tuoyu_status end_linking(struct linker *linker)
{
    if (linker->status == TUOYU_OK && linker->program->arena->failed)
        return report_no_memory(linker->diagnostics);
    return linker->status;
}

tuoyu_status program_link_slot(struct program *program, uint32_t slot, tuoyu_diagnostics *diagnostics)
{
    struct linker linker;
    if (!begin_linking(&linker, program, diagnostics))
        return linker.status;
    link_slot(&linker, slot);
    return end_linking(&linker);
}

tuoyu_status program_link(struct program *program, tuoyu_diagnostics *diagnostics)
{
    struct linker linker;
    if (!begin_linking(&linker, program, diagnostics))
        return linker.status;
    for (uint32_t i = 0; i < program->slot_count; i++)
        link_slot(&linker, i);
    return end_linking(&linker);
}
