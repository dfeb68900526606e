/* SPDX-License-Identifier: Apache-2.0 */
/* What the text for a parent is made of: lines that stay lines, lists within a line, names and numbers. */
#ifndef TUOYU_EXPLAIN_PARENT_LINES_H
#define TUOYU_EXPLAIN_PARENT_LINES_H

#include "explain/display.h"
#include "rules/criterion_states.h"

/* How many things of a sort one line shows; the others are counted. */
enum { MOST_CRITERIA = 3, MOST_MISSING = 5 };

struct parent_text {
    struct display display; /* writes into `line` */
    const struct tuoyu_answer *answer;
    const struct criterion_states *states; /* of a verdict; NULL for any other answer */
    struct text_builder line;              /* the line that is being written */
    struct text_builder *whole;
};

/* A list within one line: at most `most` of its things are shown, and the others are counted. */
struct listing {
    const char *zh, *en; /* the words that it begins with */
    size_t most, shown, left_out;
};

/* Writes the Chinese or the English words. */
void say(struct parent_text *parent, const char *zh, const char *en);
/* Appends the line to the whole, and begins the next one. A control of a pack's text becomes a space, so that
 * a line stays one line; backquotes and ill-formed bytes are left out. An empty line is not written. */
void finish_line(struct parent_text *parent);
/* Begins the next thing of a list. Returns false if it is only counted. */
bool list_next(struct parent_text *parent, struct listing *listing);
/* Says how many things are left out of a list, and ends the line; nothing for an empty list. */
void list_end(struct parent_text *parent, const struct listing *listing);
/* True if a label has words in either language. */
bool has_words(const struct localised *label);
/* Writes a label. What has none is not shown by its identifier, which says nothing to a parent. */
void say_label(struct parent_text *parent, const struct localised *label);
/* Writes a number in the unit of the rule. */
void say_number(struct parent_text *parent, tuoyu_decimal number);
/* Writes words and a number in the unit of the rule; nothing where the number is not given. */
void say_given(struct parent_text *parent, const char *zh, const char *en,
               const struct answer_number *number);
/* Writes that the answer cannot be given yet. */
void say_undecided(struct parent_text *parent);
/* Ends a sentence, unless the words of a pack have ended it already. */
void say_full_stop(struct parent_text *parent);

/* parent_verdict.c: the lines of a verdict's result, and those of what can be done about it. */
void say_verdict(struct parent_text *parent);
void say_what_to_do(struct parent_text *parent);

#endif
