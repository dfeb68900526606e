/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of an expression. The parser builds it, or a rule that lowers itself to FEEL; nobody changes it
 * afterwards. */
#ifndef TUOYU_FEEL_AST_H
#define TUOYU_FEEL_AST_H

#include "value/value.h"

struct builtin;
struct feel_type;

enum node_kind {
    NODE_LITERAL, /* value */
    NODE_SYMBOL,  /* slot: a name that the host declared; the environment gives its value */
    NODE_LOCAL,  /* slot: a name bound in the expression (iterator, parameter, entry): index into the frame */
    NODE_NEGATE, /* 1 child */
    NODE_ADD,
    NODE_SUBTRACT,
    NODE_MULTIPLY,
    NODE_DIVIDE,
    NODE_POWER, /* 2 children */
    NODE_EQUAL,
    NODE_NOT_EQUAL,
    NODE_LESS,
    NODE_LESS_EQUAL,
    NODE_GREATER,
    NODE_GREATER_EQUAL, /* 2 children */
    NODE_AND,
    NODE_OR,              /* 2 children, three-valued */
    NODE_BETWEEN,         /* value, low, high */
    NODE_IN,              /* value, then one or more tests */
    NODE_TEST_EQUAL,      /* a unary test: 1 child; holds if the input equals it or is in it (list, range) */
    NODE_TEST_COMPARE,    /* a unary test `< child`: operation is one of the comparisons above */
    NODE_TEST_EXPRESSION, /* a unary test that is any expression over `?` */
    NODE_TEST_ANY,        /* `-` */
    NODE_TEST_NOT,        /* not(tests): children are tests */
    NODE_INPUT,           /* `?` */
    NODE_IF,              /* condition, then, otherwise */
    NODE_FOR,
    NODE_SOME,
    NODE_EVERY,        /* bindings, body last; NODE_FOR binds slot to `partial`, UINT32_MAX if not used */
    NODE_ITERATOR,     /* binds slot: 1 child (a list or range value), or 2 (from .. to) */
    NODE_LIST,         /* items */
    NODE_CONTEXT,      /* NODE_ENTRY children */
    NODE_ENTRY,        /* name, 1 child; binds slot for the entries after it */
    NODE_RANGE,        /* low, high; either may be NULL; low_included, high_included */
    NODE_PATH,         /* 1 child and name */
    NODE_FILTER,       /* list, condition (over the item, bound to slot, and the item's entries) */
    NODE_CALL_BUILTIN, /* builtin; children in the order of its parameters */
    NODE_CALL,         /* function value, arguments; named ones have name */
    NODE_ARGUMENT,     /* name, 1 child */
    NODE_FUNCTION,     /* parameters by name; body */
    NODE_PARAMETER,    /* name, type or NULL; binds slot */
    NODE_INSTANCE_OF,  /* 1 child and type */
    /* A name inside a filter: the entry `name` of the item (slot). If the item has no such entry it is the
     * child, which is what the name means outside the filter; null if there is no child. */
    NODE_ITEM_ENTRY,
    NODE_ERROR /* always an error, such as a call with wrong arguments; name is the message */
};

struct node {
    uint8_t kind;
    uint8_t operation; /* NODE_TEST_COMPARE */
    bool is_named;     /* NODE_CALL_BUILTIN: the arguments were given by name */
    bool low_included, high_included;
    uint32_t offset, length; /* in the expression's text */
    uint32_t slot;
    uint32_t count;
    uint32_t height; /* 1 for a leaf; bounds every recursion over the tree */
    const struct node **children;
    struct text name;
    struct value value;
    const struct builtin *builtin;
    const struct feel_type *type;
};

#endif
