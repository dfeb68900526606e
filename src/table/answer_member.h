/* SPDX-License-Identifier: Apache-2.0 */
/* Members of answers that a batch gives as columns where they are asked for, beside those that it always has:
 * what is payable, the days of instalments, the criteria that are not met, a sentence of reasons. Their names
 * are the ones that the answer's JSON has. */
#ifndef TUOYU_TABLE_ANSWER_MEMBER_H
#define TUOYU_TABLE_ANSWER_MEMBER_H

#include "rules/answer.h"

/* An amount is in the rule's unit and in whole steps of its rounding, which the rule checks; a number need
 * not be. */
enum member_type { MEMBER_AMOUNT, MEMBER_NUMBER, MEMBER_TEXT, MEMBER_DATE, MEMBER_BOOLEAN };

/* The value of a member; which field holds it depends on the type. */
struct member_value {
    bool is_given; /* false: the cell is null */
    tuoyu_decimal number;
    int32_t date;
    bool boolean;
    struct text text; /* of the answer, static, or in the builder that was handed over */
};

/* A member of a rule's answers. */
struct answer_member {
    struct text name; /* behind the rule's name and a dot */
    enum member_type type;
    size_t index; /* of the part with the id, such as the instalment; 0 where it has none */
    struct member_value (*read)(const struct tuoyu_answer *answer, size_t index,
                                struct text_builder *builder);
};

/* Finds a member by its name. false: the rule's answers have no such member; *nearest is then the one whose
 * name is most like it, or an empty text. Names that are made are the arena's; memory that runs out is kept
 * in it. */
bool answer_member_find(const struct rule *rule, struct text name, struct arena *arena,
                        struct answer_member *out, struct text *nearest);

#endif
