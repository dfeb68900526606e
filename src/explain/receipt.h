/* SPDX-License-Identifier: Apache-2.0 */
/* What a decision rested on, so that anyone can repeat it: the engine, the packs by their SHA-256, the facts,
 * the answer. */
#ifndef TUOYU_EXPLAIN_RECEIPT_H
#define TUOYU_EXPLAIN_RECEIPT_H

#include "rules/answer.h"

enum { RECEIPT_FORMAT = 1 };

/* One line of JSON; the keys stand in the order that tuoyu_answer_to_receipt() documents. */
tuoyu_status answer_to_receipt(const struct tuoyu_answer *answer, tuoyu_text **out);

#endif
