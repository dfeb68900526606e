/* SPDX-License-Identifier: Apache-2.0 */
#include "reference_workload.h"

#include <stdlib.h>

static const int64_t CEILINGS[4][5] = {{350000, 330000, 300000, 280000, 0},
                                       {450000, 420000, 380000, 350000, 0},
                                       {580000, 550000, 500000, 460000, 0},
                                       {650000, 620000, 600000, 560000, 0}};
static const int16_t CARERS[5] = {300, 300, 500, 700, 0};
static const int64_t FACTORS[4] = {10, 10, 12, 15};

static void *column(size_t rows, size_t width)
{
    return aligned_alloc(64, (rows * width + 127) / 64 * 64);
}

static uint32_t next(uint64_t *state, uint32_t bound)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 32) * bound >> 32);
}

static void fill(struct workload_input *in, size_t rows)
{
    uint64_t state = 20240101;
    for (size_t i = 0; i < rows; i++) {
        in->age_months[i] = (int16_t)next(&state, 42);
        in->registered[i] = (uint8_t)next(&state, 2);
        in->permit_months[i] = (uint8_t)next(&state, 24);
        in->income[i] = 200000 + next(&state, 3000000);
        in->children[i] = (uint8_t)(1 + next(&state, 3));
        in->kind[i] = (uint8_t)next(&state, 4);
        in->filed[i] = next(&state, 8) != 0;
        in->per_carer[i] = (int16_t)(200 + next(&state, 400));
        in->fee[i] = 50000 + next(&state, 700000);
        in->employer_share[i] = (int16_t)next(&state, 2001);
    }
}

int workload_allocate(struct workload_input *in, struct workload_output *out, size_t rows)
{
    *in = (struct workload_input){column(rows, 2), column(rows, 1), column(rows, 1), column(rows, 8),
                                  column(rows, 1), column(rows, 1), column(rows, 1), column(rows, 2),
                                  column(rows, 8), column(rows, 2)};
    *out = (struct workload_output){column(rows, 1), column(rows, 8), column(rows, 8), column(rows, 8),
                                    column(rows, 8)};
    if (!in->age_months || !in->registered || !in->permit_months || !in->income || !in->children ||
        !in->kind || !in->filed || !in->per_carer || !in->fee || !in->employer_share || !out->eligible ||
        !out->ceiling || !out->subsidy || !out->employer || !out->family)
        return 0;
    fill(in, rows);
    return 1;
}

void workload_free(struct workload_input *in, struct workload_output *out)
{
    void *columns[] = {in->age_months, in->registered, in->permit_months, in->income,    in->children,
                       in->kind,       in->filed,      in->per_carer,     in->fee,       in->employer_share,
                       out->eligible,  out->ceiling,   out->subsidy,      out->employer, out->family};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        free(columns[i]);
}

struct workload_input workload_input_from(const struct workload_input *in, size_t first)
{
    return (struct workload_input){
        in->age_months + first, in->registered + first,    in->permit_months + first, in->income + first,
        in->children + first,   in->kind + first,          in->filed + first,         in->per_carer + first,
        in->fee + first,        in->employer_share + first};
}

static int is_eligible(const struct workload_input *in, size_t i, int band)
{
    if (in->age_months[i] >= 36)
        return 0;
    if (!in->registered[i] && in->permit_months[i] < 6)
        return 0;
    if (in->income[i] > 500000 * (in->children[i] + 2))
        return 0;
    if (in->children[i] < 2 && in->income[i] > 800000)
        return 0;
    return in->filed[i] && in->kind[i] != 3 && in->per_carer[i] <= CARERS[band];
}

static int64_t subsidy_of(int64_t charged, int64_t factor)
{
    int64_t tenths = 0; /* of a fen */
    if (charged <= 100000)
        tenths = charged * 5;
    else if (charged <= 200000)
        tenths = 500000 + (charged - 100000) * 3;
    else
        tenths = 800000 + (charged - 200000);
    int64_t fen = (tenths * factor + 50) / 100;
    return fen > 80000 ? 80000 : fen;
}

static inline void decide(const struct workload_input *in, size_t i, const struct workload_output *out,
                          size_t to)
{
    int age = in->age_months[i], band = age < 6 ? 0 : age < 12 ? 1 : age < 24 ? 2 : age < 36 ? 3 : 4;
    int64_t ceiling = CEILINGS[in->kind[i]][band], charged = in->fee[i] < ceiling ? in->fee[i] : ceiling;
    int eligible = is_eligible(in, i, band);
    int64_t subsidy = eligible ? subsidy_of(charged, FACTORS[in->children[i]]) : 0;
    int64_t employer = (charged * in->employer_share[i] + 5000) / 10000;
    if (employer > charged - subsidy)
        employer = charged - subsidy;
    out->eligible[to] = (uint8_t)eligible;
    out->ceiling[to] = ceiling;
    out->subsidy[to] = subsidy;
    out->employer[to] = employer;
    out->family[to] = charged - subsidy - employer;
}

void workload_plain(const struct workload_input *in, const struct workload_output *out, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        decide(in, i, out, i);
}

void workload_plain_row(const struct workload_input *in, size_t row, const struct workload_output *out)
{
    decide(in, row, out, 0);
}

#define LEAST(a, b) ((a) < (b) ? (a) : (b))
#define MOST(a, b) ((a) > (b) ? (a) : (b))

void workload_branch_free(const struct workload_input *in, const struct workload_output *out, size_t rows)
{
    const int16_t *restrict ages = in->age_months, *restrict carers = in->per_carer,
                            *restrict shares = in->employer_share;
    const uint8_t *restrict registered = in->registered, *restrict permits = in->permit_months,
                            *restrict filed = in->filed;
    const uint8_t *restrict children = in->children, *restrict kinds = in->kind;
    const int64_t *restrict incomes = in->income, *restrict fees = in->fee;
    uint8_t *restrict eligible = out->eligible;
    int64_t *restrict ceilings = out->ceiling, *restrict subsidies = out->subsidy;
    int64_t *restrict employers = out->employer, *restrict families = out->family;
    for (size_t i = 0; i < rows; i++) {
        const int age = ages[i], count = children[i],
                  band = (age >= 6) + (age >= 12) + (age >= 24) + (age >= 36);
        const int holds = (age < 36) & ((registered[i] != 0) | (permits[i] >= 6)) &
                          (incomes[i] <= INT64_C(500000) * (count + 2)) &
                          ((count >= 2) | (incomes[i] <= 800000)) & (filed[i] != 0) & (kinds[i] != 3) &
                          (carers[i] <= CARERS[band]);
        const int64_t ceiling = CEILINGS[kinds[i]][band], charged = LEAST(fees[i], ceiling);
        const int64_t tenths = LEAST(charged, 100000) * 5 + LEAST(MOST(charged - 100000, 0), 100000) * 3 +
                               MOST(charged - 200000, 0);
        const int64_t whole = (int64_t)((uint64_t)(tenths * FACTORS[count] + 50) / 100u);
        const int64_t subsidy = LEAST(whole, 80000) & -(int64_t)holds;
        const int64_t part = (int64_t)((uint64_t)(charged * shares[i] + 5000) / 10000u);
        const int64_t employer = LEAST(part, charged - subsidy);
        eligible[i] = (uint8_t)holds;
        ceilings[i] = ceiling;
        subsidies[i] = subsidy;
        employers[i] = employer;
        families[i] = charged - subsidy - employer;
    }
}

void workload_touch(const struct workload_input *in, const struct workload_output *out, size_t rows)
{
    enum { BLOCK = 1024 };
    for (size_t from = 0; from < rows; from += BLOCK) {
        const size_t to = LEAST(from + BLOCK, rows);
        for (size_t i = from; i < to; i++)
            out->eligible[i] =
                in->registered[i] ^ in->permit_months[i] ^ in->children[i] ^ in->kind[i] ^ in->filed[i];
        for (size_t i = from; i < to; i++)
            out->ceiling[i] = in->income[i] + in->age_months[i];
        for (size_t i = from; i < to; i++)
            out->subsidy[i] = in->fee[i] + in->per_carer[i];
        for (size_t i = from; i < to; i++)
            out->employer[i] = in->employer_share[i];
        for (size_t i = from; i < to; i++)
            out->family[i] = (int64_t)i;
    }
}
