/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two numbers are the same sum, term by term: that what is left of a whole makes up the whole again
 * needs no row to be proven. */
#ifndef TUOYU_COMPILE_LINEAR_SUM_H
#define TUOYU_COMPILE_LINEAR_SUM_H

#include "compile/typed_builder.h"

/* true: they are equal in every row in which all terms are known. false: that is not shown. */
bool is_same_sum(const struct typed_builder *builder, uint32_t left, uint32_t right);

#endif
