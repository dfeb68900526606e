/* SPDX-License-Identifier: Apache-2.0 */
/* A list of changes of a policy's numbers, as options and receipts give them. */
#ifndef TUOYU_CLI_CHANGE_LIST_H
#define TUOYU_CLI_CHANGE_LIST_H

#include <tuoyu/scenarios.h>

/* A list of changes in the making; zeroed it is empty. */
struct change_list {
    tuoyu_change *items;
    size_t count;
};

/* Adds a change. Its texts are borrowed, and end with NUL. */
void change_list_add(struct change_list *list, const tuoyu_change *change);
/* Frees the list and leaves the texts. */
void change_list_free(struct change_list *list);

#endif
