/* SPDX-License-Identifier: Apache-2.0 */
/* The machines for one typed program: blocks and single rows, and for both the shorter program where all is known. */
#ifndef TUOYU_EXEC_MACHINES_H
#define TUOYU_EXEC_MACHINES_H

#include "exec/row_machine.h"

/* Immutable; shared by threads. Points into itself: it stays where it was made. */
struct machines {
    struct typed_program known; /* the shorter one; without operations where there is none */
    struct machine_plan known_blocks, blocks;
    struct row_plan rows;
};

/* block_rows: 0 for the default. typed must outlive it; all memory is the arena's. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status machines_make(struct machines *machines, struct arena *arena, const struct typed_program *typed, uint32_t block_rows,
                           enum instruction_set instructions);

#endif
