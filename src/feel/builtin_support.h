/* SPDX-License-Identifier: Apache-2.0 */
/* What the built-in functions share. */
#ifndef TUOYU_FEEL_BUILTIN_SUPPORT_H
#define TUOYU_FEEL_BUILTIN_SUPPORT_H

#include "feel/builtin.h"

/* The values that a call is about: the items of its only argument if that is a list, else the arguments
 * themselves. */
struct list builtin_items(const struct builtin_call *call);

/* Whether the evaluation may still do so much work: comparisons or items looked at. Costs a sixteenth step
 * each. */
bool builtin_spend(const struct builtin_call *call, size_t work);
/* What a call returns when builtin_spend() refused. */
struct value builtin_exhausted(const struct builtin_call *call);

/* In a pack's mode the joined causes of the items that are null with one; NULL where every item is known. */
const struct cause *builtin_unknown_items(const struct builtin_call *call, struct list list);

/* A value as a message shows it: `the string "abc"`, `a list of 3 items`. */
struct text builtin_show(const struct builtin_call *call, struct value value);

/* An argument as a whole number, cut off towards zero; an error value otherwise (then false). */
bool builtin_integer(const struct builtin_call *call, size_t index, int64_t *out, struct value *failure);

/* As builtin_integer(), but a number with a fraction is an error. */
bool builtin_whole(const struct builtin_call *call, size_t index, int64_t *out, struct value *failure);

/* The place in something of count places that an argument from 1 (or from -1 backwards) means, counted from
 * 0. */
bool builtin_position(const struct builtin_call *call, size_t index, size_t count, size_t *out,
                      struct value *failure);

struct value builtin_number(const struct builtin_call *call, tuoyu_status status, tuoyu_decimal number);
/* What was built in an arena, if there was memory for it. */
struct value builtin_built_text(const struct text_builder *builder);
/* Room for a list of so many items, or NULL and *failure. */
struct value *builtin_new_items(const struct builtin_call *call, size_t count, struct value *failure);
/* Takes the items over. */
struct value builtin_list(const struct builtin_call *call, const struct value *items, size_t count);

/* The day of a date or of a date and time. */
int64_t builtin_day_of(struct value value);

/* Whether left goes before right; false with *failure where that cannot be said. */
typedef bool (*builtin_order)(const struct builtin_call *call, struct value left, struct value right,
                              bool *goes_before, struct value *failure);
/* The items in order, equal ones as they stood; NULL and *failure when the order fails. */
struct value *builtin_sorted(const struct builtin_call *call, struct list list, builtin_order order,
                             struct value *failure);

#endif
