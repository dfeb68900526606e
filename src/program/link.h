/* SPDX-License-Identifier: Apache-2.0 */
/* Makes a defined slot ready to be read: what it reads first, then its own types. */
#ifndef TUOYU_PROGRAM_LINK_H
#define TUOYU_PROGRAM_LINK_H

#include "program/program.h"

/* With everything that it depends on. Returns the first error: as program_link(). */
tuoyu_status program_link_slot(struct program *program, uint32_t slot, tuoyu_diagnostics *diagnostics);

#endif
