/* SPDX-License-Identifier: Apache-2.0 */
/* What tally_columns are made of: the parts that a typed program computes, the readers that find the regions
 * of a row, and the places where rows are added up. tally_columns_run() adds a block of rows by them. */
#ifndef TUOYU_TALLY_TALLY_BLOCK_H
#define TUOYU_TALLY_TALLY_BLOCK_H

#include "tally/tally_columns.h"

/* An aggregate over the entity's rows: one of the indicator's own, or that of a number per region. */
struct tally_part {
    const struct aggregate *aggregate;
    size_t number; /* index of the number per region; SIZE_MAX for one of the indicator's own */
    size_t index;  /* index of the indicator's own aggregate */
    /* operations while it is planned, outputs afterwards; `where` is OPERAND_NONE if every row counts */
    uint32_t where, value;
};

/* The rows of the block that a place has counted in one part, before flush() adds them to its sum. */
struct known_part {
    int64_t rows;
    int128 total;
    int64_t least, greatest;
    uint64_t seen; /* for AGGREGATE_DISTINCT: bit i is set if code i was seen in this place */
};

/* Where rows are counted: the whole, or a region that they name. */
struct tally_place {
    struct tally_region *region;   /* for a kind of region: the region; NULL for the whole */
    struct sum *sum;               /* for a number per region: its sum; else NULL */
    struct known_part *known;      /* by part of the columns */
    struct tally_place *next_used; /* the next place with something in `known` */
    bool is_used;
};

/* Reads which region a row names, for a kind of region or for a number per region. */
struct region_reader {
    uint32_t fact;
    size_t kind, number;     /* index of the kind of region or of the number; the other one is SIZE_MAX */
    struct map places;       /* the places found so far, by region id */
    struct tally_place none; /* for a number: where rows that name no region are counted */
    const struct tally_fact_column *column;
    struct tally_place **by_code; /* for a dictionary column: the places found so far, by code */
};

struct tally_columns {
    struct tuoyu_tally *tally;
    struct text entity;
    struct arena arena; /* what is kept from table to table */
    struct arena bound; /* what belongs to the table that is bound now */
    struct typed_program typed;
    struct driver_plan plan;
    struct driver driver;
    bool has_driver;
    const struct driver_block *block; /* the block that is being added */
    struct tally_part *parts; /* the indicator's own aggregates (own_count), then the numbers per region */
    size_t part_count, own_count;
    struct region_reader *readers;
    size_t reader_count;
    struct tally_place whole;
    struct tally_place *used; /* list of the places with something in `known` */
    struct tally_place **row; /* by reader: the place that the current row names; NULL if it names none */
    /* the cause of values that are not known; which facts they wait for is noted by bits */
    struct cause missing;
};

/* Makes room in a place for what rows come to in each part. Returns false when memory is refused. */
bool tally_place_init(struct tally_columns *columns, struct tally_place *place);

#endif
