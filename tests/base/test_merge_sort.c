/* SPDX-License-Identifier: Apache-2.0 */
/* Pointers in order, ties as they came, within half of the room: against sorting by insertion. */
#include "../cmocka_all.h"

#include <stdlib.h>

#include "base/merge_sort.h"

enum { MOST = 70, ROUNDS = 3000 };

struct item {
    int key, place;
};

/* By the key; the context turns the order round. */
static int compare(const void *context, const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    int order = (a->key > b->key) - (a->key < b->key);
    return *(const int *)context * order;
}

static void sorts_and_keeps_ties(void **state)
{
    (void)state;
    srand(3);
    for (int round = 0; round < ROUNDS; round++) {
        struct item items[MOST], *sorted[MOST], *expected[MOST];
        size_t count = (size_t)(rand() % (MOST + 1));
        int keys = 1 + rand() % 20, direction = round % 2 ? 1 : -1;
        void **scratch = malloc((count / 2 + 1) * sizeof *scratch); /* sanitizers see the end of it */
        scratch[count / 2] = &items;
        for (size_t i = 0; i < count; i++) {
            items[i] = (struct item){rand() % keys, (int)i};
            sorted[i] = &items[i];
            size_t at = i;
            for (; at > 0 && compare(&direction, &items[i], expected[at - 1]) < 0; at--)
                expected[at] = expected[at - 1];
            expected[at] = &items[i];
        }
        merge_sort(sorted, count, scratch, compare, &direction);
        for (size_t i = 0; i < count; i++)
            assert_ptr_equal(sorted[i], expected[i]);
        assert_ptr_equal(scratch[count / 2], &items);
        free(scratch);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sorts_and_keeps_ties)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
