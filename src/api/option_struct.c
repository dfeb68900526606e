/* SPDX-License-Identifier: Apache-2.0 */
#include "api/option_struct.h"

#include <string.h>

tuoyu_status option_struct_read(void *known, size_t known_size, size_t least, const void *given)
{
    if (!given) return TUOYU_OK;
    size_t size;
    memcpy(&size, given, sizeof size);
    if (size < least) return TUOYU_ERROR_OPTION_SIZE;
    const unsigned char *bytes = given;
    for (size_t i = known_size; i < size; i++)
        if (bytes[i]) return TUOYU_ERROR_OPTION_UNKNOWN;
    memcpy(known, given, size < known_size ? size : known_size);
    return TUOYU_OK;
}

tuoyu_status limits_read(tuoyu_limits *known, const tuoyu_limits *given)
{
    return option_struct_read(known, sizeof *known, offsetof(tuoyu_limits, tally_items), given);
}
