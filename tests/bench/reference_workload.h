/* SPDX-License-Identifier: Apache-2.0 */
/* reference.yaml by hand: what the library is checked against and measured against. Money in fen. */
#ifndef TUOYU_TESTS_REFERENCE_WORKLOAD_H
#define TUOYU_TESTS_REFERENCE_WORKLOAD_H

#include <stddef.h>
#include <stdint.h>

struct workload_input {
    int16_t *age_months;
    uint8_t *registered, *permit_months;
    int64_t *income;
    uint8_t *children, *kind, *filed;
    int16_t *per_carer; /* hundredths */
    int64_t *fee;
    int16_t *employer_share; /* ten thousandths */
};

struct workload_output {
    uint8_t *eligible;
    int64_t *ceiling, *subsidy, *employer, *family;
};

/* 0 without memory; columns of random values, aligned to 64 bytes. */
int workload_allocate(struct workload_input *input, struct workload_output *output, size_t rows);
void workload_free(struct workload_input *input, struct workload_output *output);
/* The rows from first on. */
struct workload_input workload_input_from(const struct workload_input *input, size_t first);

/* As one would say it. */
void workload_plain(const struct workload_input *input, const struct workload_output *output, size_t rows);
/* One row, into row 0 of output: how a program would decide one case. */
void workload_plain_row(const struct workload_input *input, size_t row, const struct workload_output *output);
/* As one would write it to be fast. */
void workload_branch_free(const struct workload_input *input, const struct workload_output *output,
                          size_t rows);
/* Every input read, every output written, nothing computed. */
void workload_touch(const struct workload_input *input, const struct workload_output *output, size_t rows);

#endif
