/* SPDX-License-Identifier: Apache-2.0 */
/* The entries of the built-in functions, made from builtin_table.inc. */
#include "feel/builtin_functions.h"

#define NEEDS(name, type)                \
    {                                    \
        (name), TYPE_##type, NULL_PASSES \
    }
#define SERVES(name, type)               \
    {                                    \
        (name), TYPE_##type, NULL_SERVES \
    }
#define KEEPS(name, type)                 \
    {                                     \
        (name), TYPE_##type, NULL_IS_KEPT \
    }
#define NO_PARAMETERS               \
    {                               \
        NULL, TYPE_ANY, NULL_PASSES \
    }

/* The names, which the overloads of a built-in share. */
#define BUILTIN(id, name, ...) static const char NAME_OF_##id[] = name;
#define OVERLOAD(...)
#include "feel/builtin_table.inc"

const struct builtin_traits BUILTIN_TRAITS[] = {
#define BUILTIN(id, name, ...) [FEEL_##id] = {__VA_ARGS__},
#define OVERLOAD(...)
#include "feel/builtin_table.inc"
};
static_assert(sizeof BUILTIN_TRAITS / sizeof *BUILTIN_TRAITS == BUILTIN_ID_COUNT, "each built-in has traits");

const struct builtin BUILTINS[] = {
#define BUILTIN(...)
#define OVERLOAD(tolerant, extension, forgiving, id_, result_, function_, required_, count_, meaning_, \
                 example_, ...)                                                                        \
    {.id = FEEL_##id_,                                                                                 \
     .name = NAME_OF_##id_,                                                                            \
     .parameters = {__VA_ARGS__},                                                                      \
     .required = (required_),                                                                          \
     .parameter_count = (count_),                                                                      \
     .is_null_tolerant = (tolerant),                                                                   \
     .is_extension = (extension),                                                                      \
     .forgives_names = (forgiving),                                                                    \
     .result = TYPE_##result_,                                                                         \
     .function = builtin_##function_,                                                                  \
     .meaning = (meaning_),                                                                            \
     .example = (example_)},
#include "feel/builtin_table.inc"
};

const size_t BUILTIN_COUNT = sizeof BUILTINS / sizeof *BUILTINS;
