/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the lines of the text for a parent. Whatever a pack writes into a label, a line stays one line and
 * shows no identifier that takes the place of a label. */
#include "explain/parent_lines.h"

#include "base/plain_text.h"

/* ---- Lines and lists ---- */

void say(struct parent_text *parent, const char *zh, const char *en)
{
    display_words(&parent->display, zh, en);
}

void finish_line(struct parent_text *parent)
{
    struct text line = text_builder_text(&parent->line);
    for (size_t i = 0; i < line.length;) {
        uint32_t character;
        size_t end = i + utf8_decode(line, i, &character);
        if (end == i)
            end = i + 1;
        else if (character_is_control(character))
            text_append_byte(parent->whole, ' ');
        else if (character != '`')
            text_append(parent->whole, text_slice(line, i, end));
        i = end;
    }
    if (line.length)
        text_append_byte(parent->whole, '\n');
    parent->whole->failed |= parent->line.failed;
    parent->line.length = 0;
}

bool list_next(struct parent_text *parent, struct listing *listing)
{
    if (listing->shown == listing->most) {
        listing->left_out++;
        return false;
    }
    if (listing->shown++ == 0)
        say(parent, listing->zh, listing->en);
    else
        say(parent, "；", "; ");
    return true;
}

void list_end(struct parent_text *parent, const struct listing *listing)
{
    if (listing->left_out) {
        say(parent, "；另有 ", "; and ");
        text_append_format(&parent->line, "%zu", listing->left_out);
        say(parent, " 项", " more");
    }
    if (listing->shown)
        say(parent, "。", ".");
    finish_line(parent);
}

/* ---- Names and numbers ---- */

bool has_words(const struct localised *label)
{
    return label->zh.bytes || label->en.bytes;
}

void say_label(struct parent_text *parent, const struct localised *label)
{
    if (has_words(label))
        display_localised(&parent->display, label);
    else
        say(parent, "一项未写名称的内容", "something without a name");
}

void say_number(struct parent_text *parent, tuoyu_decimal number)
{
    display_number(&parent->display, number, parent->answer->rule->unit);
}

void say_given(struct parent_text *parent, const char *zh, const char *en, const struct answer_number *number)
{
    if (!number->is_given)
        return;
    say(parent, zh, en);
    say_number(parent, number->number);
}

void say_undecided(struct parent_text *parent)
{
    say(parent, "答：还不能确定。", "Answer: it cannot be decided yet.");
}

void say_full_stop(struct parent_text *parent)
{
    static const struct text STOPS[] = {{"。", sizeof "。" - 1}, {".", 1}};
    struct text line = text_builder_text(&parent->line);
    bool is_ended = false;
    for (size_t i = 0; i < sizeof STOPS / sizeof *STOPS; i++)
        if (line.length >= STOPS[i].length)
            is_ended |= text_equals(text_slice(line, line.length - STOPS[i].length, line.length), STOPS[i]);
    if (!is_ended)
        say(parent, "。", ".");
}
