/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two numbers are the same sum, term by term. This proves, without looking at any row, that
 * shares and what is left over add up to the whole again. */
#ifndef TUOYU_COMPILE_LINEAR_SUM_H
#define TUOYU_COMPILE_LINEAR_SUM_H

#include "compile/typed_builder.h"

/* true: both are equal in every row in which all terms are known. false: that could not be shown (also
 * where one is OPERAND_NONE). */
bool is_same_sum(const struct typed_builder *builder, uint32_t left, uint32_t right);

#endif
