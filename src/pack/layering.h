/* SPDX-License-Identifier: Apache-2.0 */
/* Joins the packs of a policy: which pack sees whose names, which declarations mean one fact, what overrides
 * what, what each cite means. The result is the program with the slots of all packs (facts, parameters,
 * definitions, tables), to which the rules add their own. */
#ifndef TUOYU_PACK_LAYERING_H
#define TUOYU_PACK_LAYERING_H

#include "pack/model.h"
#include "program/program.h"

/* The last citation that was written for a pack. Rows of a table often share one cite, so the texts are used
 * again. */
struct cited_clause {
    const struct pack_source *source;
    struct text clause;
    struct text text, english;
};

/* A pack that has facts of an entity. */
struct entity_pack {
    uint32_t pack;
    struct location where;    /* the first of its facts */
    struct entity_pack *next; /* the next pack with facts of the entity */
    struct entity_pack *last; /* set in the first of an entity only: the end of its list */
};

/* A pack among the others. */
struct layered_pack {
    const struct pack_model *model;
    struct scope scope; /* every name that its expressions see */
    /* indices of the packs whose names it sees: its own first, then those that it uses, also through
     * others */
    const uint32_t *visible;
    uint32_t visible_count;
    const uint64_t *
        sees; /* a bit for each pack that is visible; NULL where they are so few that `visible` is searched */
    uint32_t next_version; /* the next pack with the same id; UINT32_MAX at the last */
    struct map sources;    /* its own sources, by id */
    struct map cited; /* id to the source that a cite of it was found to mean, its own or another pack's */
    struct cited_clause last_cited;
    const struct map *choices; /* of a pack with several versions: names that more than one version has, to
                                  the slot + 1 by which other packs see them; else NULL */
};

struct layering {
    struct arena *arena;
    struct program program;
    struct layered_pack *packs; /* in the order given */
    uint32_t pack_count;
    struct map facts;    /* full name to slot + 1; layering_find_fact() */
    struct map ids;      /* id to the index + 1 of the first pack that has it */
    struct map entities; /* name to the first struct entity_pack of its list */
};

/* Joins the models, in the order given. All errors of all packs are reported, and the first is returned.
 * After an error the layering is good for one thing only, to lower rules over it so that their errors are
 * found too; after TUOYU_ERROR_NO_MEMORY *out is NULL. *out stands in the arena. limits: NULL for the
 * defaults. */
tuoyu_status layering_join(struct arena *arena, struct pack_model *const *models, size_t count,
                           const tuoyu_limits *limits, struct layering **out, tuoyu_diagnostics *diagnostics);

/* Writes the citation of something in a pack: the source's title and the clause in one text, and its
 * standing, where 0 stands for cited if there is a cite and assumed otherwise. cite and note may be NULL.
 * *out is filled in any case. Returns TUOYU_OK; TUOYU_ERROR_UNKNOWN_NAME (no such source), _COLLISION (two
 * packs in sight have one) or _PACK (`cited` without a cite), each reported; or _NO_MEMORY. */
tuoyu_status layering_cite(struct layering *layering, uint32_t pack, const struct pack_cite *cite,
                           pack_standing standing, const struct localised *note, struct location where,
                           struct citation *out, tuoyu_diagnostics *diagnostics);

/* The name `pack.id:name`, or `pack.id:name.part` where part is not empty. It ends with NUL; bytes is NULL
 * without memory. */
struct text layering_full_name(const struct layering *layering, uint32_t pack, struct text name,
                               struct text part);

/* The index of the first pack with this id, or UINT32_MAX. Packs with one id are versions of one pack:
 * next_version leads from each to the next. */
uint32_t layering_first_version(const struct layering *layering, struct text id);
/* Whether a pack sees another: it is the same pack, or one that it uses directly or through others. */
bool layering_sees(const struct layering *layering, uint32_t pack, uint32_t other);
/* The slot of the fact with this full name, in whichever pack it is declared, or SLOT_NONE. */
uint32_t layering_find_fact(const struct layering *layering, struct text name);
/* The declaration of a fact's slot. */
static inline const struct pack_fact *slot_fact(const struct slot *slot)
{
    assert(slot->kind == SLOT_FACT);
    return slot->declaration;
}
/* Whether a value keeps the bounds of a delegation. */
bool delegation_allows(const struct pack_delegation *delegation, struct value value);
/* The part of a rounding that the program needs. */
static inline struct rounding rounding_of_pack(const struct pack_rounding *round)
{
    return (struct rounding){.is_given = round->is_given, .to = round->to, .mode = round->mode};
}

#endif
