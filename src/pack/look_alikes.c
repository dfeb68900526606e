/* SPDX-License-Identifier: Apache-2.0 */
/* Walks a tree and looks at each character that is not ASCII. The letters are those of Unicode's
 * confusables.txt (UTS 39) whose shape is that of a Latin letter in common fonts; what a character for
 * compatibility stands for is Unicode's own decomposition. */
#include "pack/look_alikes.h"

#include <stdlib.h>

#include "base/plain_text.h"

enum { WARNINGS_MOST = 20, BYTES_A_STEP = 16 };

/* A Greek or Cyrillic letter and the Latin one that it looks like, by code point. */
static const struct look_alike {
    uint32_t letter;
    char latin;
} LOOK_ALIKES[] = {
    {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'}, {0x0399, 'I'}, {0x039A, 'K'},
    {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'}, {0x03A1, 'P'}, {0x03A4, 'T'}, {0x03A5, 'Y'}, {0x03A7, 'X'},
    {0x03B9, 'i'}, {0x03BD, 'v'}, {0x03BF, 'o'}, {0x03C1, 'p'}, {0x03F2, 'c'}, {0x03F3, 'j'}, {0x03F9, 'C'},
    {0x0405, 'S'}, {0x0406, 'I'}, {0x0408, 'J'}, {0x0410, 'A'}, {0x0412, 'B'}, {0x0415, 'E'}, {0x041A, 'K'},
    {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'}, {0x0420, 'P'}, {0x0421, 'C'}, {0x0422, 'T'}, {0x0425, 'X'},
    {0x0430, 'a'}, {0x0435, 'e'}, {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0443, 'y'}, {0x0445, 'x'},
    {0x0455, 's'}, {0x0456, 'i'}, {0x0458, 'j'}, {0x04AE, 'Y'}, {0x04BB, 'h'}, {0x04C0, 'I'}, {0x04CF, 'l'},
    {0x0501, 'd'}, {0x051B, 'q'}, {0x051D, 'w'},
};

/* One walk. */
struct look_alike_walk {
    struct arena *arena;
    tuoyu_diagnostics *diagnostics;
    size_t told;
};

/* ---- Characters ---- */

static int compare_letters(const void *left, const void *right)
{
    const struct look_alike *first = left, *second = right;
    return first->letter < second->letter ? -1 : first->letter > second->letter;
}

/* The Latin letter that a character looks like, or 0. */
static char latin_of(uint32_t c)
{
    const struct look_alike wanted = {.letter = c};
    const struct look_alike *found = bsearch(&wanted, LOOK_ALIKES, sizeof LOOK_ALIKES / sizeof *LOOK_ALIKES,
                                             sizeof *LOOK_ALIKES, compare_letters);
    return found ? found->latin : '\0';
}

/* Whether nobody sees the character: it has no width of its own. */
static bool is_invisible(uint32_t c)
{
    return c == 0x00AD || c == 0x034F || c == 0x061C || c == 0x115F || c == 0x1160 || c == 0x17B4 ||
           c == 0x17B5 || (c >= 0x180B && c <= 0x180F) || (c >= 0x200B && c <= 0x200D) ||
           (c >= 0x2060 && c <= 0x2064) || c == 0x3164 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
           c == 0xFFA0 || (c >= 0xE0100 && c <= 0xE01EF);
}

/* The ordinary character that one for compatibility stands for, or 0. */
static uint32_t ordinary_of(uint32_t c)
{
    bool is_for_compatibility =
        (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
    return is_for_compatibility ? character_stands_for(c) : 0;
}

/* ---- Texts ---- */

/* A warning about a character; instead may be 0. */
static void warn(struct look_alike_walk *walk, struct location where, uint32_t c, const char *says,
                 uint32_t instead)
{
    struct text hint = TEXT("remove it");
    if (walk->told++ >= WARNINGS_MOST)
        return;
    if (instead) {
        struct text_builder character;
        text_builder_init_arena(&character, walk->arena);
        text_append_code_point(&character, instead);
        hint = message_text(walk->arena, "write %.*s, U+%04X", TEXT_ARGUMENTS(text_builder_text(&character)),
                            (unsigned)instead);
    }
    report_warning(walk->diagnostics, TUOYU_ERROR_PACK, where, hint.bytes ? hint : TEXT(""),
                   "U+%04X stands here: %s", c, says);
}

/* Warns of the first invisible character and the first one for compatibility in a text. */
static void look_at_text(struct look_alike_walk *walk, struct text text, struct location where)
{
    bool has_invisible = false, has_radical = false;
    for (size_t offset = 0, length; offset < text.length; offset += length ? length : 1) {
        uint32_t c = 0;
        length = utf8_decode(text, offset, &c);
        if (c < 0x80)
            continue;
        if (!has_invisible && is_invisible(c)) {
            has_invisible = true;
            warn(walk, where, c, "a character that nobody sees", 0);
        }
        uint32_t ordinary = has_radical ? 0 : ordinary_of(c);
        if (ordinary) {
            has_radical = true;
            warn(walk, where, c, "a character for compatibility that looks like an ordinary one", ordinary);
        }
    }
}

/* Warns of the first letter of a name that looks like a Latin one, where the name has Latin letters, too, or
 * consists of such letters only. */
static void look_at_name(struct look_alike_walk *walk, struct text name, struct location where)
{
    size_t letters = 0, alike = 0, latin = 0;
    uint32_t first = 0;
    for (size_t offset = 0, length; offset < name.length; offset += length ? length : 1) {
        uint32_t c = 0;
        length = utf8_decode(name, offset, &c);
        bool is_latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        latin += is_latin;
        letters += is_latin || c >= 0x80;
        if (c < 0x80 || !latin_of(c))
            continue;
        first = first ? first : c;
        alike++;
    }
    if (alike && (latin || alike == letters))
        warn(walk, where, first, "a letter of another alphabet that looks like a Latin one",
             (uint32_t)latin_of(first));
}

/* Whether all bytes are ASCII, as most are. */
static bool is_ascii(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.bytes[i] >= 0x80)
            return false;
    return true;
}

/* Looks at a text, as a name where it is one. */
static void look_at(struct look_alike_walk *walk, struct text text, struct location where, bool is_name)
{
    if (!arena_charge(walk->arena, text.length / BYTES_A_STEP) || is_ascii(text))
        return;
    look_at_text(walk, text, where);
    if (is_name)
        look_at_name(walk, text, where);
}

/* Walks a node; is_name: whether its scalars are names. The depth of the tree is limited by the reader. */
static void walk_names(struct look_alike_walk *walk, const struct pack_node *node, bool is_name)
{
    if (node->kind == PACK_NODE_SCALAR)
        look_at(walk, node->text, node->where, is_name);
    for (uint32_t i = 0; node->kind == PACK_NODE_SEQUENCE && i < node->count; i++)
        walk_names(walk, node->items[i], is_name);
    for (uint32_t i = 0; node->kind == PACK_NODE_MAPPING && i < node->count; i++) {
        const struct pack_entry *entry = &node->entries[i];
        look_at(walk, entry->key, entry->key_where, true);
        walk_names(walk, entry->node,
                   text_equals(entry->key, TEXT("id")) || text_equals(entry->key, TEXT("values")) ||
                       text_equals(entry->key, TEXT("uses")));
    }
}

void warn_of_look_alikes(const struct pack_node *root, struct arena *arena, tuoyu_diagnostics *diagnostics)
{
    struct look_alike_walk walk = {.arena = arena, .diagnostics = diagnostics};
    walk_names(&walk, root, false);
}
