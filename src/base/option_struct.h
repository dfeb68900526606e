/* SPDX-License-Identifier: Apache-2.0 */
/* Option structs begin with their size. A caller may be older (a shorter struct) or newer (a longer one) than
 * the library; it is served as long as all that it sets is known here. */
#ifndef TUOYU_BASE_OPTION_STRUCT_H
#define TUOYU_BASE_OPTION_STRUCT_H

#include <tuoyu/common.h>

/* What is known of one kind of option struct; all in bytes. */
struct option_layout {
    const char *name;   /* as in the public header, for messages */
    size_t first_size;  /* of the release that brought it; a caller that says less has not set the size */
    size_t oldest_size; /* of the oldest release whose callers are still served; at least first_size */
    size_t size;        /* of this release */
    size_t reserved;    /* offset of its `int32_t reserved`; 0 if it has none */
};

/* No release will have an option struct of more bytes; a size beyond it was never set. */
enum { OPTION_STRUCT_SIZE_MOST = 4096 };

/* Copies what is given over known, which is a struct of this release with its defaults. given NULL leaves it
 * so. Returns TUOYU_OK; else known is as it was, diagnostics say what is wrong, and the status is one of
 * these: TUOYU_ERROR_OPTION_SIZE where no release had a struct of that size, TUOYU_ERROR_OPTION_OLD where one
 * had that is no longer served, TUOYU_ERROR_OPTION_UNKNOWN where a reserved byte or one behind what is known
 * is not zero. */
tuoyu_status option_struct_read(void *known, const struct option_layout *layout, const void *given,
                                tuoyu_diagnostics *diagnostics);

#endif
