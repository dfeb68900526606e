/* SPDX-License-Identifier: Apache-2.0 */
/* Makes a defined slot ready to be read: first the slots that it reads, then its own types. */
#ifndef TUOYU_PROGRAM_LINK_H
#define TUOYU_PROGRAM_LINK_H

#include "program/program.h"

/* Links a slot with everything that it depends on. Returns TUOYU_OK or the first error, of those of
 * program_link(). */
tuoyu_status program_link_slot(struct program *program, uint32_t slot, tuoyu_diagnostics *diagnostics);

#endif
