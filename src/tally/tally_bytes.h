/* SPDX-License-Identifier: Apache-2.0 */
/* A tally as bytes, and back. All numbers are little-endian. What is written depends on the rows alone: maps
 * go out sorted, decimals as canonical text, sums without leading bytes. Nothing that is read is trusted.
 *
 *     tally    = "tuoyu-tally" 0x1a, format u32, name text, as_of i32, packs u32 { id text, sha256 text },
 *                undigested u8, rows 32 bytes, errors i64, counts u32 { i64 },
 *                in formats 2 and 3: missing i64, per count { unplaced i64, unreadable i64 },
 *                in format 3: promises u32 { broken i64, unknown i64 },
 *                missing u32 { slot u32, ascending }, sums of the whole,
 *                per kind of region { regionless i64, u64 { id text, sums; ascending } },
 *                per number { sum of rows without region, u64 { id text, sum; ascending } },
 *                kept u64 { facts and marks u32 { fact u32, tag u8, text; ascending } },
 *                SHA-256 of all before
 *     sums     = open_in_both i64, tied_in_both i64, unknown i64, per aggregate { sum }
 *     sum      = rows i64, unknown i64, open u8, below exact, above exact,
 *                of a sum or mean: total exact,
 *                unless it counts: { least decimal, greatest decimal } where there are rows,
 *                and where there are unknown ones,
 *                of distinct: u64 { value text, ascending }
 *     text     = length u32, bytes
 *     exact    = length u8, bytes
 *     decimal  = length u8, canonical text
 *
 * Format 1 is that of 0.1.0. It is still written where the counts of format 2 say nothing that does not
 * follow from the rest: nothing is unreadable or unplaced, no kept row is wrong, and the rows that are
 * unknown are those in error and those that miss something. So what was written before is written as it was,
 * and either release reads it. Format 3 is written where the indicator's rows are held to promises. */
#ifndef TUOYU_TALLY_TALLY_BYTES_H
#define TUOYU_TALLY_TALLY_BYTES_H

#include "tally/tally.h"

enum { TALLY_FORMAT = 1, TALLY_FORMAT_WITH_RECORDS = 2, TALLY_FORMAT_WITH_PROMISES = 3 };
/* What stands behind the ids of the packs for the changes of a scenario, with their digest. No pack has such
 * an id. */
#define TALLY_CHANGES TEXT("#changes")
/* A mark in the number of facts of a kept row since format 2: a fact that the tally reads was refused. */
enum { TALLY_ROW_IS_WRONG = 1 << 30 };
enum { TALLY_FACT_NONE, TALLY_FACT_FALSE, TALLY_FACT_TRUE, TALLY_FACT_TEXT }; /* tags of a kept row's facts */
extern const struct text TALLY_MAGIC;

/* As tuoyu_tally_to_bytes() and tuoyu_tally_from_bytes(). */
tuoyu_status tally_to_bytes(const struct tuoyu_tally *tally, tuoyu_text **out,
                            tuoyu_diagnostics *diagnostics);
/* Reads a tally of the indicator; *out is NULL unless TUOYU_OK is returned. */
tuoyu_status tally_from_bytes(const struct tuoyu_indicator *indicator, struct text bytes,
                              struct tuoyu_tally **out, tuoyu_diagnostics *diagnostics);

/* True if sums of the aggregate have a least and a greatest number. */
static inline bool aggregate_has_extremes(const struct aggregate *aggregate)
{
    return aggregate->kind != AGGREGATE_COUNT && aggregate->kind != AGGREGATE_DISTINCT;
}

#endif
