/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the option structs of callers that were compiled against this release, an older or a newer one. */
#include "base/option_struct.h"

#include <assert.h>
#include <string.h>

#include "base/diagnostics.h"

static const struct location NOWHERE = {.source = NULL};

/* Reports a size that no release had. Returns TUOYU_ERROR_OPTION_SIZE. */
static tuoyu_status refuse_size(const struct option_layout *layout, size_t size,
                                tuoyu_diagnostics *diagnostics)
{
    return report(diagnostics, TUOYU_ERROR_OPTION_SIZE, NOWHERE,
                  TEXT("zero the struct and set its size to its sizeof"),
                  "%s: its size is %zu, which no release gave it", layout->name, size);
}

/* Reports the size of a release too old to be served. Returns TUOYU_ERROR_OPTION_OLD. */
static tuoyu_status refuse_old(const struct option_layout *layout, size_t size,
                               tuoyu_diagnostics *diagnostics)
{
    char hint[MESSAGE_SIZE];
    return report(
        diagnostics, TUOYU_ERROR_OPTION_OLD, NOWHERE,
        message_write(hint, sizeof hint, "compile the program against the headers of %s", TUOYU_VERSION),
        "%s: its size is %zu, as in a release that tuoyu %s no longer serves", layout->name, size,
        TUOYU_VERSION);
}

/* Reports a byte that is not zero and that this release does not know. Returns TUOYU_ERROR_OPTION_UNKNOWN. */
static tuoyu_status refuse_unknown(const struct option_layout *layout, size_t byte,
                                   tuoyu_diagnostics *diagnostics)
{
    return report(diagnostics, TUOYU_ERROR_OPTION_UNKNOWN, NOWHERE,
                  TEXT("zero the struct before it is filled, or use a library as new as the headers"),
                  "%s: byte %zu is set, which means nothing to tuoyu %s", layout->name, byte, TUOYU_VERSION);
}

/* The index of the first byte in [from, end) that is not 0; `end` if all are 0. */
static size_t find_set(const unsigned char *bytes, size_t from, size_t end)
{
    while (from < end && !bytes[from])
        from++;
    return from;
}

/* The first byte that is set and means nothing in this release; size: there is none. Those are the bytes of
 * the reserved field and those behind what is known; all others are not looked at, since workspaces have
 * their options read for each row. */
static size_t find_unknown(const struct option_layout *layout, const unsigned char *bytes, size_t size)
{
    if (layout->reserved) {
        size_t reserved_end = layout->reserved + sizeof(int32_t);
        size_t end = size < reserved_end ? size : reserved_end;
        size_t found = find_set(bytes, layout->reserved, end);
        if (found < end)
            return found;
    }
    return size > layout->size ? find_set(bytes, layout->size, size) : size;
}

/* The size that an option struct says of itself. */
static size_t given_size(const void *given)
{
    size_t size;
    memcpy(&size, given, sizeof size);
    return size;
}

tuoyu_status option_struct_check(const struct option_layout *layout, const void *given,
                                 tuoyu_diagnostics *diagnostics)
{
    assert(layout->first_size <= layout->oldest_size && layout->oldest_size <= layout->size);
    if (!given)
        return TUOYU_OK;
    size_t size = given_size(given);
    if (size < layout->first_size || size > OPTION_STRUCT_SIZE_MOST)
        return refuse_size(layout, size, diagnostics);
    if (size < layout->oldest_size)
        return refuse_old(layout, size, diagnostics);
    size_t unknown = find_unknown(layout, given, size);
    return unknown < size ? refuse_unknown(layout, unknown, diagnostics) : TUOYU_OK;
}

tuoyu_status option_struct_read(void *known, const struct option_layout *layout, const void *given,
                                tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status = option_struct_check(layout, given, diagnostics);
    if (status != TUOYU_OK || !given)
        return status;
    size_t size = given_size(given);
    memcpy(known, given, size < layout->size ? size : layout->size);
    return TUOYU_OK;
}
