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

void write_number(const struct display *display, const struct answer_number *number, struct text unit)
{
    if (number->is_given)
        display_number(display, number->number, unit);
    else
        display_words(display, "无", "none");
}

void number_line(struct explanation *explanation, uint32_t depth, const char *zh, const char *en,
                 const struct answer_number *number, struct text unit)
{
    if (!number->is_given)
        return;
    begin_line(explanation, depth);
    display_words(&explanation->display, zh, en);
    display_words(&explanation->display, "：", ": ");
    display_number(&explanation->display, number->number, unit);
    end_line(explanation);
}

void write_name(const struct display *display, const struct localised *label, struct text id)
{
    if (label->zh.bytes || label->en.bytes)
        display_localised(display, label);
    else
        text_append(display->builder, id);
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
}

const char *decision_mark(int32_t decision)
{
    switch (decision) {
    case TUOYU_ELIGIBLE: return "✓";
    case TUOYU_INELIGIBLE: return "✗";
    case TUOYU_DECISION_NOT_APPLICABLE: return "–";
    default: return "?";
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
