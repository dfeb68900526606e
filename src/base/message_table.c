/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of messages, one for the rooms whose messages it has. */
#include "base/message_table.h"

#define MESSAGE(id_, english_, chinese_) {.id = #id_, .english = (english_), .chinese = (chinese_)},

static const struct message_row FEEL[] = {
#include "base/message_feel.inc"
};
static const struct message_row PROGRAM[] = {
#include "base/message_program.inc"
};
static const struct message_row PACK[] = {
#include "base/message_pack.inc"
};
static const struct message_row PACK_HINTS[] = {
#include "base/message_pack_hints.inc"
};
static const struct message_row RULES[] = {
#include "base/message_rules.inc"
};
static const struct message_row WORDS[] = {
#include "base/message_words.inc"
};
static const struct message_row TABLES[] = {
#include "base/message_tables.inc"
};

#define COUNTED(rows_)                                            \
    {                                                             \
        .rows = (rows_), .count = sizeof(rows_) / sizeof *(rows_) \
    }
const struct message_table MESSAGE_TABLES[] = {
    COUNTED(PACK),  COUNTED(PACK_HINTS), COUNTED(PROGRAM), COUNTED(FEEL),
    COUNTED(RULES), COUNTED(TABLES),     COUNTED(WORDS),   {.rows = NULL},
};
