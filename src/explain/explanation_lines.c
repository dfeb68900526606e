/* SPDX-License-Identifier: Apache-2.0 */
/* What the headline and the explanation of an answer are both made of: lines, marks and citations. */
#include "explain/explanation.h"

enum { INDENT = 2 };

void begin_line(struct explanation *explanation, uint32_t depth)
{
    text_append_repeated(explanation->display.builder, ' ', (size_t)depth * INDENT);
}

void end_line(struct explanation *explanation)
{
    text_append_byte(explanation->display.builder, '\n');
}
const struct slot *answer_slot(const struct tuoyu_answer *answer, uint32_t slot)
{
    return program_slot(&answer->policy->layering->program, slot);
}

void display_standing(const struct display *display, int32_t standing)
{
    if (standing == TUOYU_DERIVED)
        display_words(display, "，推算", ", derived");
    if (standing == TUOYU_DRAFT)
        display_words(display, "，草案", ", draft");
    if (standing == TUOYU_ASSUMED)
        display_words(display, "，假定", ", assumed");
    if (standing == TUOYU_PROPOSED)
        display_words(display, "，拟议", ", proposed");
}

const char *criterion_mark(enum criterion_state state)
{
    switch (state) {
    case CRITERION_STATE_MET: return "✓";
    case CRITERION_STATE_NOT_MET:
    case CRITERION_STATE_TOO_EARLY:
    case CRITERION_STATE_TOO_LATE: return "✗";
    case CRITERION_STATE_NOT_APPLICABLE: return "–";
    default: return "?";
    }
}

void display_turn(const struct display *display, const struct criterion_reading *reading)
{
    if (reading->state == CRITERION_STATE_TOO_EARLY) {
        display_words(display, "（", " (from ");
        display_date(display, reading->day);
        display_words(display, "起达到）", " on)");
    }
    if (reading->state == CRITERION_STATE_TOO_LATE) {
        display_words(display, "（只到", " (until ");
        display_date(display, reading->day);
        display_words(display, "为止）", ")");
    }
}

void explain_citation(struct explanation *explanation, const struct citation *citation)
{
    if (citation->standing == 0)
        return;
    bool has_note = !citation->text.length && (citation->note.zh.bytes || citation->note.en.bytes);
    if (!citation->text.length && !has_note && citation->standing == TUOYU_CITED)
        return;
    display_words(&explanation->display, "（", " (");
    if (citation->text.length)
        text_append(explanation->display.builder, citation_in(citation, explanation->display.is_english));
    else if (has_note)
        display_localised(&explanation->display, &citation->note);
    else
        display_words(&explanation->display, "无出处", "no source");
    display_standing(&explanation->display, citation->standing);
    display_words(&explanation->display, "）", ")");
}

void display_missing_name(const struct display *display, const struct tuoyu_answer *answer, size_t index)
{
    const struct answer_missing *missing = &answer->missing[index];
    if (missing->slot == SLOT_NONE)
        text_append(display->builder, missing->name);
    else
        display_slot_name(display, answer_slot(answer, missing->slot));
}

bool slot_has_formula(const struct slot *slot)
{
    if (slot->is_told_apart)
        return false;
    bool is_formula = slot->kind == SLOT_DEFINITION || slot->kind == SLOT_STEP;
    return is_formula && slot->formula.root && slot->formula.root->kind != NODE_LITERAL;
}

uint32_t answer_entry_of(const struct tuoyu_answer *answer, uint32_t slot)
{
    for (size_t i = 0; i < answer->trace_count && slot != SLOT_NONE; i++)
        if (answer->trace[i].slot == slot)
            return (uint32_t)i;
    return UINT32_MAX;
}
