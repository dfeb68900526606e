/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/machines.h"

#include "plan/known_program.h"

enum { DEFAULT_BLOCK_ROWS = 1024, MOST_BLOCK_ROWS = 65536 };

tuoyu_status machines_make(struct machines *machines, struct arena *arena, const struct typed_program *typed, uint32_t block_rows,
                           enum instruction_set instructions)
{
    const struct kernel_set *kernels = kernels_for(instructions);
    if (block_rows == 0) block_rows = DEFAULT_BLOCK_ROWS;
    if (block_rows > MOST_BLOCK_ROWS) block_rows = MOST_BLOCK_ROWS;
    tuoyu_status status = known_program_make(&machines->known, arena, typed);
    bool has_known = status == TUOYU_OK && machines->known.count > 0;
    if (has_known) status = machine_plan_make(&machines->known_blocks, arena, &machines->known, NULL, block_rows, kernels);
    if (status == TUOYU_OK)
        status = machine_plan_make(&machines->blocks, arena, typed, has_known ? &machines->known_blocks : NULL, block_rows, kernels);
    return status == TUOYU_OK ? row_plan_make(&machines->rows, arena, &machines->blocks) : status;
}
