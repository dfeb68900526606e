/* SPDX-License-Identifier: Apache-2.0 */
/* Which release this is, and the names of statuses. */
#include <tuoyu/status.h>

const char *tuoyu_version(void)
{
    return TUOYU_VERSION;
}

#define NAMED(status) \
    case status: return #status
const char *tuoyu_status_name(tuoyu_status status)
{
    switch (status) {
        NAMED(TUOYU_OK);
        NAMED(TUOYU_ERROR_NO_MEMORY);
        NAMED(TUOYU_ERROR_INVALID_ARGUMENT);
        NAMED(TUOYU_ERROR_OPTION_SIZE);
        NAMED(TUOYU_ERROR_OPTION_UNKNOWN);
        NAMED(TUOYU_ERROR_CANCELLED);
        NAMED(TUOYU_ERROR_NOT_FOUND);
        NAMED(TUOYU_ERROR_AMBIGUOUS);
        NAMED(TUOYU_ERROR_OPTION_OLD);
        NAMED(TUOYU_ERROR_SYNTAX);
        NAMED(TUOYU_ERROR_ENCODING);
        NAMED(TUOYU_ERROR_LIMIT);
        NAMED(TUOYU_ERROR_PACK);
        NAMED(TUOYU_ERROR_UNKNOWN_NAME);
        NAMED(TUOYU_ERROR_DUPLICATE);
        NAMED(TUOYU_ERROR_COLLISION);
        NAMED(TUOYU_ERROR_TYPE);
        NAMED(TUOYU_ERROR_CYCLE);
        NAMED(TUOYU_ERROR_PACK_MISSING);
        NAMED(TUOYU_ERROR_FACT_UNKNOWN);
        NAMED(TUOYU_ERROR_FACT_TYPE);
        NAMED(TUOYU_ERROR_FACT_RANGE);
        NAMED(TUOYU_ERROR_FACT_VALUE);
        NAMED(TUOYU_ERROR_DATE);
        NAMED(TUOYU_ERROR_FACT_MISSING);
        NAMED(TUOYU_ERROR_PARAMETER_UNSET);
        NAMED(TUOYU_ERROR_NOT_IN_FORCE);
        NAMED(TUOYU_ERROR_DIVISION_BY_ZERO);
        NAMED(TUOYU_ERROR_OVERFLOW);
        NAMED(TUOYU_ERROR_EVALUATION);
        NAMED(TUOYU_ERROR_SHARES);
        NAMED(TUOYU_ERROR_TABLE_NO_ROW);
        NAMED(TUOYU_ERROR_TABLE_CONFLICT);
        NAMED(TUOYU_ERROR_PROMISE);
    default: return "unknown status";
    }
}
