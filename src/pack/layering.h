/* SPDX-License-Identifier: Apache-2.0 */
/* Joins the packs of a policy: who sees whose names, which facts are one, what overrides what, what each cite
 * means. What comes out is the program with the slots of all packs (facts, parameters, definitions, tables),
 * to which the rules add their own. */
#ifndef TUOYU_PACK_LAYERING_H
#define TUOYU_PACK_LAYERING_H

#include "pack/model.h"
#include "program/program.h"

/* A citation that was written already. Rows of a table that has one cite follow each other. */
struct cited_clause {
    const struct pack_source *source;
    struct text clause;
    struct text text, english;
};

/* A pack that has facts of an entity. */
struct entity_pack {
    uint32_t pack;
    struct location where;    /* of the first of its facts */
    struct entity_pack *next; /* the next pack with facts of the entity */
    struct entity_pack *last; /* of the first one: where the others end */
};

struct layered_pack {
    const struct pack_model *model;
    struct scope scope; /* every name that its expressions see */
    /* indices of the packs whose names it sees: itself, then those it uses, transitively */
    const uint32_t *visible;
    uint32_t visible_count;
    const uint64_t *sees;  /* a bit by pack: it is visible; NULL: they are few, and looked through */
    uint32_t next_version; /* of the packs with its id the next one given; UINT32_MAX: there is none */
    struct map sources;    /* its own, by id */
    struct map cited;      /* what a cite was found to mean already, its own source or another's, by id */
    struct cited_clause last_cited;
    const struct map *choices; /* where the pack has several versions: names that more than one has, to slot +
                                  1, by which other packs see them; else NULL */
};

struct layering {
    struct arena *arena;
    struct program program;
    struct layered_pack *packs; /* in the order given */
    uint32_t pack_count;
    struct map facts;    /* full name to slot + 1; layering_find_fact() */
    struct map ids;      /* id to the index + 1 of the first pack that has it */
    struct map entities; /* name to the first struct entity_pack */
};

/* Models in the order given. All errors of all packs are reported; returns the first (the layering is then
 * not to be used further, except that rules may be lowered over it to find their errors too, unless
 * TUOYU_ERROR_NO_MEMORY). *out stands in the arena. limits: NULL for the defaults. */
tuoyu_status layering_join(struct arena *arena, struct pack_model *const *models, size_t count,
                           const tuoyu_limits *limits, struct layering **out, tuoyu_diagnostics *diagnostics);

/* The citation of something in a pack: the source's title and the clause in one text; its status, where 0 is
 * cited if there is a cite, else assumed. Returns TUOYU_OK, TUOYU_ERROR_UNKNOWN_NAME (no such source),
 * _COLLISION (two packs in sight have one), _PACK (`cited` without a cite), each reported, or _NO_MEMORY;
 * *out is filled also then. */
tuoyu_status layering_cite(struct layering *layering, uint32_t pack, const struct pack_cite *cite,
                           pack_status status, const struct localised *note, struct location where,
                           struct citation *out, tuoyu_diagnostics *diagnostics);

/* `pack.id:name`, or `pack.id:name.part` where part is not empty; ended by NUL, bytes NULL without memory. */
struct text layering_full_name(const struct layering *layering, uint32_t pack, struct text name,
                               struct text part);

/* The index of the first pack with an id, or UINT32_MAX. Several are versions of one: next_version leads from
 * each to the next. */
uint32_t layering_first_version(const struct layering *layering, struct text id);
/* Whether a pack uses another, directly or by a third. */
bool layering_sees(const struct layering *layering, uint32_t pack, uint32_t other);
/* The slot of a fact by its full name, in any pack, or SLOT_NONE. */
uint32_t layering_find_fact(const struct layering *layering, struct text name);
/* The declaration of a fact's slot. */
static inline const struct pack_fact *slot_fact(const struct slot *slot)
{
    assert(slot->kind == SLOT_FACT);
    return slot->declaration;
}
/* The part of a rounding that the program needs. */
static inline struct rounding rounding_of_pack(const struct pack_rounding *round)
{
    return (struct rounding){.is_given = round->is_given, .to = round->to, .mode = round->mode};
}

#endif
