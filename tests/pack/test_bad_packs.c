/* SPDX-License-Identifier: Apache-2.0 */
/* Every pack in bad/ must be refused with exactly the findings that stand beside it in .expected: code, line,
 * column, span, message, hint. With TUOYU_UPDATE in the environment the findings are written there instead,
 * to be read by a person before they are kept. */
#include "../base/error_count.h"
#include "pack_support.h"

#include <stdlib.h>

static char *findings_of(const char *path)
{
    size_t length;
    char *text = read_file(path, &length);
    struct reading reading;
    reading_begin(&reading);
    struct pack_model *model = (struct pack_model *)&reading;
    tuoyu_status status =
        pack_read(&reading.arena, TEXT("p"), (struct text){text, length}, NULL, &model, reading.diagnostics);
    assert_int_not_equal(status, TUOYU_OK);
    assert_int_equal(status, first_error(reading.diagnostics));
    assert_null(model);
    char *found = findings(&reading);
    reading_end(&reading);
    free(text);
    return found;
}

static void each_bad_pack_is_refused_for_what_is_wrong_with_it(void **state)
{
    (void)state;
    assert_true(compare_findings("tests/pack/bad", findings_of) >= 90);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_bad_pack_is_refused_for_what_is_wrong_with_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
