/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels for processors with AVX-512 (F, BW, DQ, VL). */
#include "machine/kernels.h"

#if defined(__x86_64__)
#include <float.h>
#include <immintrin.h>
#include <string.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))), \
                             apply_to = function)
#else
#pragma GCC optimize("O3")
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,prefer-vector-width=512")
#endif

#define KERNELS KERNELS_AVX512
#include "machine/kernels.inc"

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
