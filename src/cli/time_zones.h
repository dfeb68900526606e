/* SPDX-License-Identifier: Apache-2.0 */
/* The system's time zones, which the library does not look at by itself. */
#ifndef TUOYU_CLI_TIME_ZONES_H
#define TUOYU_CLI_TIME_ZONES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Gives the offset of a zone, as zone_offset of tuoyu_evaluation_options wants it; false where the zone is
 * not known. context is not used. Only for one thread, because it sets TZ for a moment. */
bool system_zone_offset(void *context, const char *zone, size_t zone_length, int64_t date,
                        int32_t second_of_day, int32_t *offset);

#endif
