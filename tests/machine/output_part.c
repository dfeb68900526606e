/* SPDX-License-Identifier: Apache-2.0 */
#include "output_part.h"

#include <string.h>

#include "machine/bitmap.h"

void put_part(struct output_column *whole, const struct output_column *part, size_t width, int64_t at,
              int64_t rows)
{
    memcpy((char *)whole->values + (size_t)at * width, part->values, width * (size_t)rows);
    for (int64_t i = 0; i < rows; i++) {
        if (bitmap_get(part->known, i))
            bitmap_set(whole->known, at + i);
        if (bitmap_get(part->missing, i))
            bitmap_set(whole->missing, at + i);
        if (bitmap_get(part->error, i))
            bitmap_set(whole->error, at + i);
    }
    whole->known_count += part->known_count;
    whole->missing_count += part->missing_count;
    whole->error_count += part->error_count;
}
