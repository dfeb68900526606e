/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels for processors with AVX2. */
#include "machine/kernels.h"

#if defined(__x86_64__)
#include <float.h>
#include <immintrin.h>
#include <string.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC optimize("O3")
#pragma GCC target("avx2")
#endif

#define KERNELS KERNELS_AVX2
#include "machine/kernels.inc"

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
