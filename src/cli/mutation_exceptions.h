/* SPDX-License-Identifier: Apache-2.0 */
/* The changes that no worked example has to notice, each with a reason that a person wrote. */
#ifndef TUOYU_CLI_MUTATION_EXCEPTIONS_H
#define TUOYU_CLI_MUTATION_EXCEPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include <tuoyu/mutations.h>

/* A line of the file. */
struct mutation_exception {
    char *place, *what, *reason; /* patterns of the shell, and why */
    size_t line;                 /* of the file, from 1 */
    size_t used;                 /* how many changes it allows */
};

struct mutation_exceptions {
    struct mutation_exception *items;
    size_t count, capacity;
};

/* Reads a CSV file with the columns place, what, reason. Returns false after saying what is wrong. */
bool mutation_exceptions_read(struct mutation_exceptions *exceptions, const char *path);
void mutation_exceptions_free(struct mutation_exceptions *exceptions);
/* The reason of the first line that allows a change of a pack, which counts as used; NULL where there is
 * none. place is compared with `pack.id:place`, what with `was -> instead` and with the kind; an empty what
 * is any. */
const char *mutation_exception(struct mutation_exceptions *exceptions, const char *pack_id,
                               const tuoyu_mutation *mutation);

#endif
