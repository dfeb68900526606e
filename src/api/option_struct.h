/* SPDX-License-Identifier: Apache-2.0 */
/* Option structs begin with their size; a caller may be older (shorter) or newer (longer, the rest zero) than we are. */
#ifndef TUOYU_API_OPTION_STRUCT_H
#define TUOYU_API_OPTION_STRUCT_H

#include <tuoyu/common.h>

/* Copies what is given over known, which is known_size bytes and zeroed; least is the size of the struct's first release.
 * given NULL leaves it so. TUOYU_OK, TUOYU_ERROR_OPTION_SIZE or TUOYU_ERROR_OPTION_UNKNOWN. */
tuoyu_status option_struct_read(void *known, size_t known_size, size_t least, const void *given);
/* The same for limits, which every release has made longer. known is zeroed but for its size. */
tuoyu_status limits_read(tuoyu_limits *known, const tuoyu_limits *given);

#endif
