/* SPDX-License-Identifier: Apache-2.0 */
/* Characters that nobody sees, or that look like others: a name with a Cyrillic а is another name than the
 * one with a Latin a, and text copied from PDF files has radicals in place of characters. */
#ifndef TUOYU_PACK_LOOK_ALIKES_H
#define TUOYU_PACK_LOOK_ALIKES_H

#include "pack/node.h"

/* Warns of invisible characters in all texts of a tree, of characters for compatibility (Kangxi radicals, CJK
 * compatibility ideographs) in names and texts, and of Greek and Cyrillic letters in names that could be
 * taken for Latin ones. A pack gets at most a few such warnings. Steps are charged to the arena. */
void warn_of_look_alikes(const struct pack_node *root, struct arena *arena, tuoyu_diagnostics *diagnostics);

#endif
