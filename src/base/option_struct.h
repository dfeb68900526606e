/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the public option structs. Each begins with its size. A caller may have been compiled against an
 * older release (a shorter struct) or a newer one (a longer one); it is served if every byte that it sets is
 * known here. */
#ifndef TUOYU_BASE_OPTION_STRUCT_H
#define TUOYU_BASE_OPTION_STRUCT_H

#include <tuoyu/common.h>

/* How one option struct is laid out; sizes and offsets are in bytes. */
struct option_layout {
    const char *name;   /* its name in the public header, for messages */
    size_t first_size;  /* size in the release that introduced it; a smaller size was never set */
    size_t oldest_size; /* size in the oldest release whose callers are still served; at least first_size */
    size_t size;        /* size in this release */
    size_t reserved;    /* offset of its field `int32_t reserved`; 0 if it has none */
};

/* No release will have an option struct of more bytes; a size beyond it was never set. */
enum { OPTION_STRUCT_SIZE_MOST = 4096 };

/* Copies the caller's struct over *known, which holds the defaults of this release; given NULL leaves them.
 * Returns TUOYU_OK. Otherwise *known is unchanged, diagnostics say what is wrong, and the status is
 * TUOYU_ERROR_OPTION_SIZE if no release had a struct of that size, TUOYU_ERROR_OPTION_OLD if only a release
 * had it that is no longer served, TUOYU_ERROR_OPTION_UNKNOWN if a byte is set that is reserved or not known
 * here. */
tuoyu_status option_struct_read(void *known, const struct option_layout *layout, const void *given,
                                tuoyu_diagnostics *diagnostics);
/* The same checks without a copy, for structs whose fields are read where they are. */
tuoyu_status option_struct_check(const struct option_layout *layout, const void *given,
                                 tuoyu_diagnostics *diagnostics);

#endif
