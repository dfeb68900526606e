/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the messages. To add one, write its English text where it is said and run
 * tests/house/check_messages.py, which prints the row that is missing and says into which table it goes. */
#ifndef TUOYU_BASE_MESSAGE_TABLE_H
#define TUOYU_BASE_MESSAGE_TABLE_H

#include <stddef.h>

struct message_row {
    const char *id;      /* words with `_`, the same in every release */
    const char *english; /* a format of printf, as it stands where the message is said */
    /* With `{1}` for the first argument of the English text, and `{word 1}` where that is one of a few words
     * which have rows themselves. A % stands for itself. */
    const char *chinese;
};

/* In the order of the English texts, by bytes. */
struct message_table {
    const struct message_row *rows;
    size_t count;
};

/* Ended by one without rows. */
extern const struct message_table MESSAGE_TABLES[];

#endif
