/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the text of one pack into its model. */
#ifndef TUOYU_PACK_READER_H
#define TUOYU_PACK_READER_H

#include "base/diagnostics.h"
#include "pack/model.h"

/* Reads a pack; name is what diagnostics call the text. Name, text and model are copied into the arena.
 * limits: NULL for the defaults. All errors are reported, as many as the diagnostics take. Returns TUOYU_OK
 * or the first error, with *out NULL. */
tuoyu_status pack_read(struct arena *arena, struct text name, struct text content, const tuoyu_limits *limits,
                       struct pack_model **out, tuoyu_diagnostics *diagnostics);

/* Like pack_read(), but reads only id, title, in_force and uses; the rest must be YAML and is not looked at.
 * Returns TUOYU_OK, or the status of an error, which is reported. */
tuoyu_status pack_read_head(struct arena *arena, struct text name, struct text content,
                            const tuoyu_limits *limits, struct pack_model **out,
                            tuoyu_diagnostics *diagnostics);

#endif
