/* SPDX-License-Identifier: Apache-2.0 */
/* What the built-in functions share. */
#ifndef TUOYU_FEEL_BUILTIN_SUPPORT_H
#define TUOYU_FEEL_BUILTIN_SUPPORT_H

#include "feel/builtin.h"

/* The values that a call is about: the items of its only argument if that is a list, else the arguments
 * themselves. The list is borrowed. */
struct list builtin_items(const struct builtin_call *call);

/* Charges a sixteenth of a step for each unit of work, such as a comparison or an item read. Returns false if
 * the evaluation may not do so much work any more. */
bool builtin_spend(const struct builtin_call *call, size_t work);
/* The null with an error that a call returns once builtin_spend() has returned false. */
struct value builtin_exhausted(const struct builtin_call *call);

/* The joined causes of the items that are null with a cause; NULL if there are none, and always in
 * EVALUATE_STANDARD. */
const struct cause *builtin_unknown_items(const struct builtin_call *call, struct list list);

/* A value as messages show it: `the string "abc"`, `a list of 3 items`. */
struct text builtin_show(const struct builtin_call *call, struct value value);

/* Reads a number argument as an integer, rounded towards zero. Returns false, with the error in *failure, if
 * it does not fit. */
bool builtin_integer(const struct builtin_call *call, size_t index, int64_t *out, struct value *failure);

/* As builtin_integer(), but a number with a fraction is an error, too. Returns false then, with *failure
 * set. */
bool builtin_whole(const struct builtin_call *call, size_t index, int64_t *out, struct value *failure);

/* Reads a position argument, which counts from 1, or backwards from -1, as an index from 0 into `count`
 * items. Returns false, with the error in *failure, if there is no such position. */
bool builtin_position(const struct builtin_call *call, size_t index, size_t count, size_t *out,
                      struct value *failure);

/* The number, or the error of a status other than TUOYU_OK, which names the first argument. */
struct value builtin_number(const struct builtin_call *call, tuoyu_status status, tuoyu_decimal number);
/* The string that was built in an arena; a null with a cause if memory was refused. */
struct value builtin_built_text(const struct text_builder *builder);
/* Room for a list of this many items. Returns NULL, with the error in *failure, if they are too many or
 * memory is refused. */
struct value *builtin_new_items(const struct builtin_call *call, size_t count, struct value *failure);
/* A list of these items, which must stand in the evaluation's arena. */
struct value builtin_list(const struct builtin_call *call, const struct value *items, size_t count);

/* The day number of a date, or of a date and time. */
int64_t builtin_day_of(struct value value);

/* An order of items: sets *goes_before to whether left goes before right. Returns false, with the error in
 * *failure, if that cannot be said. */
typedef bool (*builtin_order)(const struct builtin_call *call, struct value left, struct value right,
                              bool *goes_before, struct value *failure);
/* A sorted copy of the items in the arena; equal items keep their order. Returns NULL, with the error in
 * *failure, if the order fails or steps or memory run out. */
struct value *builtin_sorted(const struct builtin_call *call, struct list list, builtin_order order,
                             struct value *failure);

#endif
