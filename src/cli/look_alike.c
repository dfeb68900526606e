/* SPDX-License-Identifier: Apache-2.0 */
/* Finds characters that look like others by Unicode's compatibility decompositions. */
#include "cli/look_alike.h"

#include <utf8proc.h>

/* Whether a character lies in a block whose characters are forms of others. Full-width punctuation is what
 * Chinese is written with, and no form of another. */
static bool is_form(int32_t c)
{
    static const int32_t BLOCKS[][2] = {{0x2E80, 0x2FDF}, /* radicals */
                                        {0xF900, 0xFAFF}, /* ideographs kept for other standards */
                                        {0xFF10, 0xFF19}, /* full-width digits and letters */
                                        {0xFF21, 0xFF3A}, {0xFF41, 0xFF5A},
                                        {0xFF61, 0xFFDC}}; /* half-width kana and Hangul */
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++)
        if (c >= BLOCKS[i][0] && c <= BLOCKS[i][1])
            return true;
    return false;
}

/* Whether a character takes no room and says nothing. */
static bool is_invisible(int32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

/* The character that a form stands for; itself where it stands for none, or for several. */
static int32_t character_meant(int32_t c)
{
    utf8proc_int32_t meant[2];
    int last = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char(c, meant, 2, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE, &last);
    return count == 1 ? meant[0] : c;
}

bool find_look_alike(const char *text, size_t length, int32_t *found, int32_t *meant)
{
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t c = -1;
        utf8proc_ssize_t step =
            utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(length - at), &c);
        at += step > 0 ? (size_t)step : 1;
        *found = c;
        *meant = is_form(c) ? character_meant(c) : 0;
        if (is_invisible(c) || (is_form(c) && *meant != c))
            return true;
    }
    return false;
}
