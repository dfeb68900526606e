/* SPDX-License-Identifier: Apache-2.0 */
/* Built-in functions as builtin_table.inc describes them: the parser reads names, arity and named arguments,
 * the checker types and units, the interpreter the function, the lowering whether there is one, explanations
 * the words, and the reference page meaning and example. */
#ifndef TUOYU_FEEL_BUILTIN_H
#define TUOYU_FEEL_BUILTIN_H

#include <assert.h>

#include "feel/expression.h"
#include "feel/feel_type.h"

enum { BUILTIN_PARAMETERS = 8, BUILTIN_VARIADIC = 255 };

/* What a built-in is called with. The arguments are evaluated and converted (a singleton list where one item
 * is declared, an item where a list is declared); a missing optional one is VALUE_NOTHING and not counted. */
struct builtin_call {
    struct environment *environment;
    const struct expression *expression;
    const struct node *node;
    const struct builtin *builtin; /* the overload that was chosen */
    const struct value *arguments;
    size_t count;
};

/* What a null argument does. */
enum builtin_null {
    NULL_PASSES, /* the call is null, with the argument's cause */
    NULL_SERVES, /* FEEL's null is a value here; in a pack's mode a null with a cause still passes */
    NULL_IS_KEPT /* the function looks at every null itself */
};

struct builtin_parameter {
    const char *name;    /* for named arguments */
    enum type_kind type; /* TYPE_ANY where several are taken */
    enum builtin_null null;
};

/* In which unit a number is that a built-in gives. */
enum unit_rule {
    UNITS_FREE,  /* not known */
    UNITS_EQUAL, /* all arguments, or the items of a list, are in one unit, and so is the result */
    UNITS_FIRST, /* that of the first argument; the others are plain numbers */
    UNITS_COUNT, /* a plain number */
    UNITS_GIVEN  /* always the same one */
};

/* When the number that it gives is a whole one. */
enum builtin_whole {
    WHOLE_NOT_KNOWN,
    WHOLE_ALWAYS,
    WHOLE_AS_ARGUMENTS, /* where all arguments are */
    WHOLE_IF_ALONE      /* where there is one argument */
};

/* Whether columns compute it, or why not: its rows are then left to the interpreter. */
enum builtin_columns {
    COLUMNS_NOT_SAID,  /* no entry may leave it so */
    COLUMNS_TYPED,     /* compile/lower_call.c lowers it */
    COLUMNS_IN_PART,   /* as a part of another form only: a duration that is added to a date */
    COLUMNS_NOT_YET,   /* it could be lowered, and nobody needed it so far */
    COLUMNS_ARE_EXACT, /* its result has no end of decimals */
    COLUMNS_HOLD_NO_TIMES,
    COLUMNS_MAKE_NO_TEXTS, /* a text in a column is one of an enum */
    COLUMNS_HOLD_NO_LISTS,
    COLUMNS_HOLD_NO_RANGES,
    COLUMNS_HOLD_NO_CONTEXTS
};

/* What holds for a built-in in all of its overloads. Code asks this instead of comparing names. */
struct builtin_traits {
    enum unit_rule units;
    const char *unit;    /* UNITS_GIVEN: which one */
    const char *adds;    /* the unit in which its second argument counts; NULL: none is asked for */
    const char *zh, *en; /* as an explanation writes it before its arguments; NULL: by its name */
    enum builtin_columns columns;
    enum builtin_whole whole;
    uint8_t truths;       /* 1 + the index of the argument whose items must be booleans; 0: there is none */
    bool gives_argument;  /* its result is an argument, or an item of the only one, and so of its type */
    bool says_how;        /* numbers written in it say how and not how much, and need no source */
    bool makes_constants; /* cells of decision tables write constants with it */
    bool is_temporal_literal; /* called with a text, the standard counts it among the literals */
};

extern const struct builtin_traits BUILTIN_TRAITS[];

struct builtin {
    enum builtin_id id;
    const char *name;
    struct builtin_parameter parameters[BUILTIN_PARAMETERS];
    uint8_t required;        /* how many must be given */
    uint8_t parameter_count; /* how many may be given; BUILTIN_VARIADIC: the last one repeats */
    bool is_null_tolerant; /* called even when an argument is null; else a null argument gives null (with its
                              cause) */
    bool is_extension;     /* ours, not the standard's */
    bool forgives_names; /* where the standard is followed, a required argument that a call by name leaves out
                            is null: the conformance kit calls is() so. In a pack it is an error, as
                            everywhere. */
    enum type_kind result;
    struct value (*function)(const struct builtin_call *call);
    const char *meaning; /* one sentence */
    const char *example; /* `round half up(5.5, 0) = 6`: an expression that is true; run as a test */
};

/* A name may stand several times in the table with other parameters (overloads), next to each other. */
extern const struct builtin BUILTINS[];
extern const size_t BUILTIN_COUNT;

/* What holds for all overloads of the built-in: its row in the table. */
static inline const struct builtin_traits *builtin_traits(const struct builtin *builtin)
{
    assert(builtin->id < BUILTIN_ID_COUNT);
    return &BUILTIN_TRAITS[builtin->id];
}

/* Whether a node calls a built-in. */
static inline bool node_calls(const struct node *node, enum builtin_id id)
{
    return node->kind == NODE_CALL_BUILTIN && node->builtin->id == id;
}

/* The first overload of a built-in. NULL for a number that is none. */
const struct builtin *builtin_first(enum builtin_id id);
/* The next overload of the same name, or NULL. */
const struct builtin *builtin_next_overload(const struct builtin *builtin);
/* The longest built-in name that begins the text at a word boundary, such as "round half up" in "round half
 * up(x, 2)"; white space between its words may be any. 0: none. Returns the bytes taken. */
size_t builtin_longest_prefix(struct text text, const struct builtin **out);

/* The first overload of a name that takes so many arguments by position, or NULL. */
const struct builtin *builtin_with_count(const struct builtin *first, size_t count);
/* The first overload of a name that has a parameter for each of the names, and a name for each parameter that
 * it requires; one that has them in this order before others: before(point: 0, range: r) is not before(range:
 * r, point: 0). NULL if none has. A parameter that is not required and not named is null. */
const struct builtin *builtin_with_names(const struct builtin *first, const struct text *names, size_t count);
/* As builtin_with_names(), where a required parameter may be missing among the names. */
const struct builtin *builtin_with_some_names(const struct builtin *first, const struct text *names,
                                              size_t count);
/* Where no overload takes the names: a required parameter that is missing among them, of an overload that has
 * all of them; NULL if none has. */
const char *builtin_missing_parameter(const struct builtin *first, const struct text *names, size_t count);
/* The index of a parameter, or SIZE_MAX. */
size_t builtin_parameter_index(const struct builtin *builtin, struct text name);
/* The parameter that the argument at index belongs to; a variadic one repeats. */
const struct builtin_parameter *builtin_parameter_at(const struct builtin *builtin, size_t index);
/* How many parameters are described, the variadic one counted once. */
size_t builtin_described_count(const struct builtin *builtin);

/* Calls it: picks, among the overloads with the same number of arguments, the one whose types fit (is_named:
 * among those with the same parameter names), converts and checks the arguments, passes nulls on. The
 * arguments stand in the order of builtin's parameters, up to the last that is given (but no fewer than are
 * required); one that a call with names leaves out is VALUE_NOTHING. What does not fit is null with an error.
 */
struct value builtin_invoke(const struct builtin *builtin, bool is_named, struct environment *environment,
                            const struct expression *expression, const struct node *node,
                            const struct value *arguments, size_t count);

/* Null with an error cause at the call's place. */
struct value builtin_error(const struct builtin_call *call, tuoyu_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
