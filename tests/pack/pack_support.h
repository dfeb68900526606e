/* SPDX-License-Identifier: Apache-2.0 */
/* What the suites of this room share: files, texts, a list of findings as text. */
#ifndef TUOYU_TESTS_PACK_SUPPORT_H
#define TUOYU_TESTS_PACK_SUPPORT_H

#include "../cmocka_all.h"

#include "pack/node.h"
#include "pack/reader.h"

/* The path of something in the tree, by the environment variable TUOYU_SOURCE. */
void source_path(char path[1024], const char *relative);
/* The bytes of a file, ended by NUL; fails the test if there is none. Free it. */
char *read_file(const char *path, size_t *length);

/* All that a test needs for one reading, made and freed as a whole. */
struct reading {
    struct arena arena;
    tuoyu_diagnostics *diagnostics;
    tuoyu_status status;
    struct pack_node *root;
    struct pack_model *model;
};
void reading_begin(struct reading *reading);
void reading_end(struct reading *reading);
/* One line a finding: `PACK 4:3+5 message (hint)`, `note 4:3 message`. Free it. */
char *findings(const struct reading *reading);

/* Holds what findings_of() says of each pack in a folder of the tree, NAME.yaml, against NAME.expected; with
 * TUOYU_UPDATE in the environment the findings are written there instead, to be read by a person before they
 * are kept. Returns how many there are. */
size_t compare_findings(const char *relative, char *(*findings_of)(const char *path));

/* As the functions of the room, from text that ends with NUL. */
void read_tree(struct reading *reading, const char *text);
void read_pack(struct reading *reading, const char *text);

#define assert_text(actual, expected) assert_text_equal((actual), (expected), __FILE__, __LINE__)
void assert_text_equal(struct text actual, const char *expected, const char *file, int line);

#endif
