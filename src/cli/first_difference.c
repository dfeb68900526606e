/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the first difference of two texts of JSON, and prints the path to it and what stands around it. */
#include "cli/first_difference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"
#include "cli/tell.h"

enum {
    DEEPEST = 64, /* levels below this are not named */
    BEFORE = 40,  /* bytes shown before the difference */
    AFTER = 40    /* and after it */
};

/* ---- Where in the JSON a byte stands ---- */

/* Where in the JSON reading has come to: at each depth the last key, or the index in a list. */
struct json_place {
    struct {
        const char *key; /* NULL in a list, and before the first key */
        size_t length, index;
        bool is_list;
    } levels[DEEPEST];
    size_t depth;
};

/* The offset behind the text that begins at the quote at `from`, or the limit. */
static size_t end_of_string(const char *text, size_t from, size_t limit)
{
    size_t i = from + 1;
    while (i < limit && text[i] != '"')
        i += text[i] == '\\' && i + 1 < limit ? 2 : 1;
    return i < limit ? i + 1 : limit;
}

/* Begins the comparison of a level below the one at hand. Levels beyond DEEPEST are counted in depth and have
 * no entry in levels. */
static void open_level(struct json_place *place, bool is_list)
{
    if (++place->depth <= DEEPEST) {
        place->levels[place->depth - 1].is_list = is_list;
        place->levels[place->depth - 1].key = NULL;
        place->levels[place->depth - 1].index = 0;
    }
}

/* Finds the place of the byte at an offset. The text is well-formed, since the library wrote it, and begins
 * inside the outermost object. */
static void find_place(const char *text, size_t length, size_t at, struct json_place *place)
{
    bool expects_key = true;
    place->depth = 0;
    open_level(place, false);
    for (size_t i = 0; i < at && i < length;) {
        char c = text[i];
        bool is_known = place->depth >= 1 && place->depth <= DEEPEST;
        if (c == '"') {
            size_t end = end_of_string(text, i, length);
            if (expects_key && is_known && !place->levels[place->depth - 1].is_list) {
                place->levels[place->depth - 1].key = text + i + 1;
                place->levels[place->depth - 1].length = end - i - 2;
            }
            i = end;
            continue;
        }
        if (c == '{' || c == '[')
            open_level(place, c == '[');
        if ((c == '}' || c == ']') && place->depth)
            place->depth--;
        if (c == ',' && is_known)
            place->levels[place->depth - 1].index++;
        expects_key = c == '{' || c == ',';
        i++;
    }
}

/* Prints a part of a text as it may stand in a line. */
static void print_piece(const char *text, size_t length)
{
    char *piece = must_copy(text, length);
    print_shown(stdout, piece);
    free(piece);
}

/* Prints a place such as `outputs.lines[2].amount`. */
static void print_place(const struct json_place *place)
{
    for (size_t i = 0; i < place->depth && i < DEEPEST; i++) {
        if (place->levels[i].is_list)
            printf("[%zu]", place->levels[i].index);
        else if (place->levels[i].key) {
            if (i)
                putchar('.');
            print_piece(place->levels[i].key, place->levels[i].length);
        }
    }
}

/* ---- The difference ---- */

/* The offset of the character that the byte at an offset is part of. */
static size_t whole_character(const char *text, size_t at)
{
    while (at && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* Prints what stands around an offset, after a label. */
static void print_around(const char *label, const char *text, size_t length, size_t at)
{
    size_t from = whole_character(text, at > BEFORE ? at - BEFORE : 0);
    size_t to = at + AFTER < length ? whole_character(text, at + AFTER) : length;
    printf("  %s: %s", label, from ? "…" : "");
    print_piece(text + from, to - from);
    printf("%s\n", to < length ? "…" : "");
}

bool are_same_texts(const char *recorded, size_t recorded_length, const char *now, size_t now_length)
{
    size_t shorter = recorded_length < now_length ? recorded_length : now_length, at = 0;
    while (at < shorter && recorded[at] == now[at])
        at++;
    if (at == recorded_length && at == now_length)
        return true;
    struct json_place place;
    find_place(now, now_length, at, &place);
    fputs("different at ", stdout);
    print_place(&place);
    putchar('\n');
    print_around("receipt", recorded, recorded_length, at);
    print_around("now    ", now, now_length, at);
    return false;
}
