/* SPDX-License-Identifier: Apache-2.0 */
/* Grows and frees a list of changes. */
#include "cli/change_list.h"

#include <stdlib.h>

#include "cli/allocation.h"

void change_list_add(struct change_list *list, const tuoyu_change *change)
{
    list->items = must_resize(list->items, list->count + 1, sizeof *list->items);
    list->items[list->count++] = *change;
}

void change_list_free(struct change_list *list)
{
    free(list->items);
    *list = (struct change_list){.items = NULL};
}
