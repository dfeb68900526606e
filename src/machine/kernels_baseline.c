/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels for any processor (on x86-64: SSE2), and the choice among the sets. */
#include "machine/kernels.h"

#include <float.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif

#define KERNELS KERNELS_BASELINE
#include "machine/kernels.inc"

bool instructions_are_here(enum instruction_set instructions)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (instructions == INSTRUCTIONS_AVX2)
        return __builtin_cpu_supports("avx2");
    if (instructions == INSTRUCTIONS_AVX512)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#endif
    return instructions == INSTRUCTIONS_BASELINE || instructions == INSTRUCTIONS_BEST;
}

const struct kernel_set *kernels_for(enum instruction_set instructions)
{
#if defined(__x86_64__)
    bool is_best = instructions == INSTRUCTIONS_BEST;
    if ((is_best || instructions == INSTRUCTIONS_AVX512) && instructions_are_here(INSTRUCTIONS_AVX512))
        return &KERNELS_AVX512;
    if ((is_best || instructions != INSTRUCTIONS_BASELINE) && instructions_are_here(INSTRUCTIONS_AVX2))
        return &KERNELS_AVX2;
#else
    (void)instructions;
#endif
    return &KERNELS_BASELINE;
}
