/* SPDX-License-Identifier: Apache-2.0 */
/* From the text of one pack to its model. */
#ifndef TUOYU_PACK_READER_H
#define TUOYU_PACK_READER_H

#include "base/diagnostics.h"
#include "pack/model.h"

/* Reads a pack; name is what diagnostics call the text. Name, text and model are copied into the arena.
 * limits: NULL for the defaults. All errors are reported, up to the limit of diagnostics; returns the first,
 * with *out NULL. */
tuoyu_status pack_read(struct arena *arena, struct text name, struct text content, const tuoyu_limits *limits,
                       struct pack_model **out, tuoyu_diagnostics *diagnostics);

/* Reads only id, title, in_force and uses; the rest must be YAML but is not looked at. */
tuoyu_status pack_read_head(struct arena *arena, struct text name, struct text content,
                            const tuoyu_limits *limits, struct pack_model **out,
                            tuoyu_diagnostics *diagnostics);

#endif
