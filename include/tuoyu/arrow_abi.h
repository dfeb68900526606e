/* SPDX-License-Identifier: Apache-2.0 */
/** @file arrow_abi.h
 * The three structs of the Arrow C data and C stream interfaces, as their specification lays them out in
 * memory. They are guarded as the specification says, so that this header and that of another library can
 * stand in one file. Since 0.1.
 *
 * Whoever holds a struct whose release is not NULL owns it and calls release once; one whose release is NULL
 * is empty. Moving is copying the struct and setting release of the source to NULL. */
#ifndef TUOYU_ARROW_ABI_H
#define TUOYU_ARROW_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

/** What a column is. */
struct ArrowSchema {
    const char *format;   /**< the type, such as "l" for int64 or "+s" for a struct */
    const char *name;     /**< may be NULL */
    const char *metadata; /**< counted keys and values, or NULL */
    int64_t flags;        /**< ARROW_FLAG_… */
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary; /**< the type of the values where this one is of their indices */
    void (*release)(struct ArrowSchema *);
    void *private_data; /**< the producer's */
};

/** What a column holds. */
struct ArrowArray {
    int64_t length;     /**< in rows, after offset */
    int64_t null_count; /**< -1: not counted */
    int64_t offset;     /**< rows at the beginning of the buffers that do not belong to it */
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

/** Arrays of one schema, one after another. The functions return 0 or a value of errno.h. */
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *,
                    struct ArrowArray *out);                  /**< at the end out->release is NULL */
    const char *(*get_last_error)(struct ArrowArrayStream *); /**< until the next call; may be NULL */
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif

#ifdef __cplusplus
}
#endif
#endif
