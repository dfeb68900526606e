/* SPDX-License-Identifier: Apache-2.0 */
/* The SHA-256 of everything that rules answer to tables of random facts. It must be the same whatever
 * compiler built the library, and whatever the locale, the time zone, the number of threads, the instruction
 * set, the size of blocks, and the ranges of rows that are asked. Uses the public interface only.
 *
 *     result_hash [--rows N] [--threads N] [--range N] [--instructions N] [--blocks ROWS]
 *                 [--workload NAME] PACK…
 *
 * Workloads: `reference` (tests/bench/reference.yaml and hash_rules.yaml); `beilun`, the rules of the Beilun
 * packs that are answered in columns; `beilun_by_rows`, the same rules asked of the interpreter.
 *
 * Facts are made in tables of TABLE_ROWS, each by its own number alone, so that threads can take them in any
 * order. A table's answers are hashed column by column as if it were one, also where it is asked in ranges of
 * rows. */
#include <inttypes.h>
#include <locale.h>
#include <nettle/sha2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tuoyu/tuoyu.h>

#include "random_numbers.h"

enum {
    TABLE_ROWS = 5000,
    MOST_PACKS = 64,
    MOST_RULES = 128,
    MOST_COLUMNS = 512,
    MOST_FACTS = 64,
    MOST_THREADS = 64,
    AS_OF = 20240 /* 2025-06-01 */
};

static void give_up(const char *what)
{
    fprintf(stderr, "result_hash: %s\n", what);
    exit(2);
}

static void *allocate(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        give_up("no memory");
    return memory;
}

/* ---- Facts ---- */

/* format: of Arrow. Numbers are integers from low to high; of "d:38,2" in hundredths. words: of "c", with
 * spaces between. */
struct fact {
    const char *name, *format;
    int64_t low, high;
    const char *words;
    uint32_t missing; /* in a thousand */
};

static const struct fact REFERENCE[] = {
    {"child.age_months", "c", 0, 41, NULL, 0},
    {"child.registered", "b", 0, 1, NULL, 0},
    {"child.permit_months", "i", 0, 23, NULL, 10},
    {"household.income", "d:38,2", 200000, 3199999, NULL, 0},
    {"household.children", "s", 1, 3, NULL, 0},
    {"institution.kind", "words", 0, 3, "public inclusive ordinary unlisted", 10},
    {"institution.filed", "b", 0, 1, NULL, 0},
    {"institution.children_per_carer", "d:38,2", 200, 599, NULL, 0},
    {"institution.fee", "d:38,2", 50000, 750000, NULL, 5},
    {"employer.share", "d:38,4", 0, 2000, NULL, 0},
};

static const struct fact BEILUN[] = {
    {"child.birth_date", "tdD", 18200, 19900, NULL, 20},
    {"child.registered", "b", 0, 1, NULL, 20},
    {"child.resident_months", "i", 0, 121, NULL, 20},
    {"child.class", "words", 0, 3, "infant_class junior_toddler_class senior_toddler_class mixed_class", 20},
    {"child.care_mode", "words", 0, 3, "full_day half_day hourly drop_in", 20},
    {"child.monthly_fee", "d:38,2", 0, 600000, NULL, 20},
    {"child.birth_order", "i", 1, 4, NULL, 20},
    {"child.employer_supported", "b", 0, 1, NULL, 20},
    {"child.health_check_passed", "b", 0, 1, NULL, 20},
    {"child.vaccination_complete", "b", 0, 1, NULL, 20},
    {"child.family_doctor_signed", "b", 0, 1, NULL, 20},
    {"household.income_per_head", "d:38,2", 1000000, 20000000, NULL, 20},
    {"household.children", "l", 0, 5, NULL, 20},
    {"institution.kind", "words", 0, 4,
     "public_institution private_institution kindergarten_nursery_class employer_childcare "
     "family_childcare_site",
     20},
    {"institution.open", "b", 0, 1, NULL, 20},
    {"institution.filed", "b", 0, 1, NULL, 20},
    {"institution.inclusive", "b", 0, 1, NULL, 20},
    {"institution.places", "i", 0, 200, NULL, 20},
    {"institution.inclusive_places", "i", 0, 200, NULL, 20},
    {"institution.vacant_places", "i", 0, 30, NULL, 20},
    {"institution.site_type", "words", 0, 7,
     "new_kindergarten new_community factory staff_dormitory warehouse kindergarten office_building other",
     20},
    {"institution.service_cost", "d:38,2", 0, 800000, NULL, 20},
    {"institution.monthly_fee", "d:38,2", 0, 800000, NULL, 20},
    {"institution.registered_age_from", "i", 0, 4, NULL, 20},
    {"institution.registered_age_to", "i", 2, 7, NULL, 20},
    {"institution.health_instructor_signed", "b", 0, 1, NULL, 20},
    {"institution.instructor_in_catchment", "b", 0, 1, NULL, 20},
    {"institution.credit_safety", "d:38,2", 0, 10000, NULL, 20},
    {"institution.credit_health", "d:38,2", 0, 10000, NULL, 20},
    {"institution.credit_fees", "d:38,2", 0, 10000, NULL, 20},
    {"employer.organisation", "words", 0, 3, "government_body enterprise public_institution other", 20},
    {"employer.run", "words", 0, 2, "alone jointly other", 20},
    {"employer.place", "words", 0, 2, "workplace living_quarters other", 20},
    {"employer.for_own_staff", "b", 0, 1, NULL, 20},
    {"employer.welfare", "b", 0, 1, NULL, 20},
    {"employer.monthly_cost", "d:38,2", 0, 30000000, NULL, 20},
    {"district.disposable_income", "d:38,2", 3000000, 9000000, NULL, 20},
    {"district.private_inclusive_fee", "d:38,2", 100000, 500000, NULL, 20},
    {"claim.new_places", "i", 0, 100, NULL, 20},
    {"claim.year", "i", 1, 3, NULL, 20},
    {"claim.child_months", "i", 0, 1000, NULL, 20},
    {"allowance.applications", "i", 0, 4, NULL, 20},
};

/* ---- A table ---- */

struct column {
    struct ArrowSchema schema, words_schema;
    struct ArrowArray array, words_array;
    const void *buffers[2], *words_buffers[3];
    uint8_t *validity, *values;
    int32_t *ends; /* of the words */
    char *words;
};

struct table {
    const struct fact *facts;
    size_t count;
    int64_t rows;
    struct column columns[MOST_FACTS];
    struct ArrowSchema schema, *schemas[MOST_FACTS];
    struct ArrowArray array, *arrays[MOST_FACTS];
    const void *buffers[1];
};

static void leave_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}
static void leave_array(struct ArrowArray *array)
{
    array->release = NULL;
}

static size_t width_of(const char *format)
{
    switch (*format) {
    case 'b': return 0;
    case 'c':
    case 'w': return 1;
    case 's': return 2;
    case 'l': return 8;
    case 'd': return 16;
    default: return 4;
    }
}

static void make_words(struct column *column, const char *words)
{
    size_t length = strlen(words), count = 1, at = 0;
    column->words = allocate(length);
    for (size_t i = 0; i < length; i++)
        count += words[i] == ' ';
    column->ends = allocate((count + 1) * sizeof *column->ends);
    count = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && words[i] != ' ')
            column->words[at++] = words[i];
        else
            column->ends[++count] = (int32_t)at;
    }
    column->words_buffers[1] = column->ends;
    column->words_buffers[2] = column->words;
    column->words_schema = (struct ArrowSchema){.format = "u", .release = leave_schema};
    column->words_array = (struct ArrowArray){
        .length = (int64_t)count, .n_buffers = 3, .buffers = column->words_buffers, .release = leave_array};
    column->schema.dictionary = &column->words_schema;
    column->array.dictionary = &column->words_array;
}

static void table_make(struct table *table, const struct fact *facts, size_t count)
{
    memset(table, 0, sizeof *table);
    table->facts = facts;
    table->count = count;
    for (size_t i = 0; i < count; i++) {
        struct column *column = &table->columns[i];
        size_t width = width_of(facts[i].format);
        column->validity = allocate(TABLE_ROWS / 8 + 1);
        column->values = allocate(width ? TABLE_ROWS * width : TABLE_ROWS / 8 + 1);
        column->buffers[0] = column->validity;
        column->buffers[1] = column->values;
        column->schema = (struct ArrowSchema){.format = *facts[i].format == 'w' ? "c" : facts[i].format,
                                              .name = facts[i].name,
                                              .flags = ARROW_FLAG_NULLABLE,
                                              .release = leave_schema};
        column->array = (struct ArrowArray){
            .null_count = -1, .n_buffers = 2, .buffers = column->buffers, .release = leave_array};
        if (facts[i].words)
            make_words(column, facts[i].words);
        table->schemas[i] = &column->schema;
        table->arrays[i] = &column->array;
    }
    table->schema = (struct ArrowSchema){.format = "+s",
                                         .name = "",
                                         .n_children = (int64_t)count,
                                         .children = table->schemas,
                                         .release = leave_schema};
    table->array = (struct ArrowArray){.n_buffers = 1,
                                       .buffers = table->buffers,
                                       .n_children = (int64_t)count,
                                       .children = table->arrays,
                                       .release = leave_array};
}

static void table_free(struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        free(table->columns[i].validity);
        free(table->columns[i].values);
        free(table->columns[i].ends);
        free(table->columns[i].words);
    }
}

static void set_bit(uint8_t *bits, int64_t index, bool bit)
{
    uint8_t mask = (uint8_t)(1u << index % 8);
    bits[index / 8] = (uint8_t)(bit ? bits[index / 8] | mask : bits[index / 8] & ~mask);
}

/* The facts of table number `number`. */
static void table_fill(struct table *table, uint64_t number, int64_t rows)
{
    table->rows = table->array.length = rows;
    for (size_t i = 0; i < table->count; i++) {
        const struct fact *fact = &table->facts[i];
        struct column *column = &table->columns[i];
        size_t width = width_of(fact->format);
        uint64_t random = number * MOST_FACTS + i;
        column->array.length = rows;
        for (int64_t row = 0; row < rows; row++) {
            int64_t halves[2] = {random_between(&random, fact->low, fact->high), 0};
            set_bit(column->validity, row, random_of(&random, 1000) >= fact->missing);
            if (width)
                memcpy(column->values + (size_t)row * width, halves,
                       width); /* the low half first, as on this machine */
            else
                set_bit(column->values, row, halves[0] != 0);
        }
    }
}

/* ---- Hashing ---- */

/* Of one column: which rows have a value, what they are, and the bytes of texts; each grows row by row. */
struct column_hash {
    struct sha256_ctx validity, values, bytes, words;
};

static bool bit_of(const uint8_t *bits, int64_t index)
{
    return bits[index / 8] >> (index % 8) & 1;
}

static void hash_bits(struct sha256_ctx *hash, const uint8_t *bits, int64_t first, int64_t rows)
{
    uint8_t bytes[256];
    for (int64_t done = 0; done < rows;) {
        size_t some = rows - done < 256 ? (size_t)(rows - done) : 256;
        for (size_t i = 0; i < some; i++)
            bytes[i] = bits ? bit_of(bits, first + done + (int64_t)i) : 1;
        sha256_update(hash, some, bytes);
        done += (int64_t)some;
    }
}

/* Lengths rather than offsets, which depend on where a range begins. */
static void hash_texts(struct sha256_ctx *lengths, struct sha256_ctx *texts, const int32_t *offsets,
                       const uint8_t *bytes, int64_t rows)
{
    for (int64_t row = 0; row < rows; row++) {
        uint32_t length = (uint32_t)(offsets[row + 1] - offsets[row]);
        const uint8_t written[4] = {(uint8_t)length, (uint8_t)(length >> 8), (uint8_t)(length >> 16),
                                    (uint8_t)(length >> 24)};
        sha256_update(lengths, 4, written);
    }
    sha256_update(texts, (size_t)(offsets[rows] - offsets[0]), bytes + offsets[0]);
}

/* The words of a dictionary are the same in each range: those of the first are hashed. */
static void hash_words(struct column_hash *hash, const struct ArrowArray *words)
{
    hash_texts(&hash->words, &hash->words, (const int32_t *)words->buffers[1] + words->offset,
               words->buffers[2], words->length);
}

static void hash_column(struct column_hash *hash, const struct ArrowSchema *schema,
                        const struct ArrowArray *array)
{
    int64_t rows = array->length, first = array->offset;
    hash_bits(&hash->validity, array->null_count == 0 ? NULL : array->buffers[0], first, rows);
    if (*schema->format == 'b') {
        hash_bits(&hash->values, array->buffers[1], first, rows);
    } else if (*schema->format == 'u') {
        hash_texts(&hash->values, &hash->bytes, (const int32_t *)array->buffers[1] + first, array->buffers[2],
                   rows);
    } else {
        size_t width = width_of(schema->format);
        sha256_update(&hash->values, width * (size_t)rows,
                      (const uint8_t *)array->buffers[1] + width * (size_t)first);
    }
}

/* ---- Work ---- */

struct work {
    tuoyu_batch *batches[MOST_RULES];
    size_t batch_count;
    const struct fact *facts;
    size_t fact_count;
    int64_t rows, range;
    uint64_t tables;
    atomic_uint_fast64_t next;
    uint8_t (*digests)[SHA256_DIGEST_SIZE]; /* by table */
    atomic_int_fast64_t fallback_rows, error_rows;
};

static void run_range(struct work *work, tuoyu_batch *batch, const struct table *table,
                      const struct ArrowSchema *schema, int64_t first, int64_t rows,
                      struct column_hash *hashes)
{
    struct ArrowArray out;
    tuoyu_batch_run_options run = {.size = sizeof run};
    if (tuoyu_batch_run(batch, &table->schema, &table->array, first, rows, &run, &out, NULL) != TUOYU_OK)
        give_up("no run");
    for (int64_t i = 0; i < out.n_children; i++) {
        if (first == 0 && out.children[i]->dictionary)
            hash_words(&hashes[i], out.children[i]->dictionary);
        hash_column(&hashes[i], schema->children[i], out.children[i]);
    }
    out.release(&out);
    work->fallback_rows += run.fallback_rows;
    work->error_rows += run.error_rows;
}

static void hashes_begin(struct column_hash *hashes, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        sha256_init(&hashes[i].validity);
        sha256_init(&hashes[i].values);
        sha256_init(&hashes[i].bytes);
        sha256_init(&hashes[i].words);
    }
}

static void hashes_end(struct column_hash *hashes, int64_t count, struct sha256_ctx *whole)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    for (int64_t i = 0; i < count; i++) {
        struct sha256_ctx *parts[] = {&hashes[i].validity, &hashes[i].values, &hashes[i].bytes,
                                      &hashes[i].words};
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++) {
            sha256_digest(parts[j], sizeof digest, digest);
            sha256_update(whole, sizeof digest, digest);
        }
    }
}

static void run_table(struct work *work, struct table *table, uint64_t number)
{
    int64_t begin = (int64_t)number * TABLE_ROWS,
            rows = work->rows - begin < TABLE_ROWS ? work->rows - begin : TABLE_ROWS;
    int64_t range = work->range > 0 && work->range < rows ? work->range : rows;
    struct sha256_ctx whole;
    sha256_init(&whole);
    table_fill(table, number, rows);
    for (size_t i = 0; i < work->batch_count; i++) {
        struct ArrowSchema schema;
        if (tuoyu_batch_schema(work->batches[i], &schema) != TUOYU_OK)
            give_up("no schema");
        struct column_hash *hashes = allocate((size_t)schema.n_children * sizeof *hashes);
        hashes_begin(hashes, schema.n_children);
        for (int64_t first = 0; first < rows; first += range)
            run_range(work, work->batches[i], table, &schema, first,
                      rows - first < range ? rows - first : range, hashes);
        hashes_end(hashes, schema.n_children, &whole);
        free(hashes);
        schema.release(&schema);
    }
    sha256_digest(&whole, SHA256_DIGEST_SIZE, work->digests[number]);
}

static void *run_thread(void *context)
{
    struct work *work = context;
    struct table *table = allocate(sizeof *table);
    table_make(table, work->facts, work->fact_count);
    for (uint64_t number = work->next++; number < work->tables; number = work->next++)
        run_table(work, table, number);
    table_free(table);
    free(table);
    return NULL;
}

static void run_all(struct work *work, size_t threads, char hex[2 * SHA256_DIGEST_SIZE + 1])
{
    pthread_t ids[MOST_THREADS];
    struct sha256_ctx whole;
    uint8_t digest[SHA256_DIGEST_SIZE];
    for (size_t i = 0; i < threads; i++)
        if (pthread_create(&ids[i], NULL, run_thread, work) != 0)
            give_up("no thread");
    for (size_t i = 0; i < threads; i++)
        pthread_join(ids[i], NULL);
    sha256_init(&whole);
    for (uint64_t i = 0; i < work->tables; i++)
        sha256_update(&whole, SHA256_DIGEST_SIZE, work->digests[i]);
    sha256_digest(&whole, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

/* ---- Rules ---- */

struct workload {
    const char *name;
    bool is_beilun, is_slow;
    const struct fact *facts;
    size_t fact_count;
};

static const struct workload WORKLOADS[] = {
    {"reference", false, false, REFERENCE, sizeof REFERENCE / sizeof *REFERENCE},
    {"beilun", true, false, BEILUN, sizeof BEILUN / sizeof *BEILUN},
    {"beilun_by_rows", true, true, BEILUN, sizeof BEILUN / sizeof *BEILUN},
};
enum { WORKLOAD_COUNT = sizeof WORKLOADS / sizeof *WORKLOADS };

static tuoyu_batch *make_batch(tuoyu_policy *policy, const char *const *names, size_t count,
                               const tuoyu_batch_options *options)
{
    tuoyu_batch *batch;
    if (tuoyu_batch_new(policy, names, NULL, count, AS_OF, options, &batch, NULL) != TUOYU_OK)
        give_up("no batch");
    return batch;
}

/* Whether a table of the facts is answered in columns, not row by row. */
static bool are_in_columns(tuoyu_policy *policy, const char *const *names, size_t count,
                           const struct workload *workload)
{
    enum { SOME = 200 };
    tuoyu_batch *batch = make_batch(policy, names, count, NULL);
    struct table *table = allocate(sizeof *table);
    struct ArrowArray out;
    tuoyu_batch_run_options run = {.size = sizeof run};
    table_make(table, workload->facts, workload->fact_count);
    table_fill(table, 0, SOME);
    if (tuoyu_batch_run(batch, &table->schema, &table->array, 0, -1, &run, &out, NULL) != TUOYU_OK)
        give_up("no run");
    out.release(&out);
    table_free(table);
    free(table);
    tuoyu_batch_unref(batch);
    return run.fallback_rows < SOME;
}

/* Rules that are not in force on AS_OF, so that every row of theirs is an error. */
static bool is_out_of_force(const char *name)
{
    return strstr(name, "inclusive_family_site_of_plan") != NULL;
}

/* All rules but indicators; of Beilun's policy those of the pilot, the grant and the allowance. They must be
 * answered in columns; as many in a batch as are so together. */
static void choose_rules(struct work *work, tuoyu_policy *policy, const struct workload *workload,
                         const tuoyu_batch_options *options)
{
    const char *names[MOST_RULES];
    size_t count = 0;
    tuoyu_batch_options interpreting = *options;
    interpreting.interprets = 1;
    if (workload->is_slow)
        options = &interpreting;
    for (size_t i = 0; i < tuoyu_policy_rule_count(policy); i++) {
        const char *name = tuoyu_policy_rule_name(policy, i);
        bool is_own = !workload->is_beilun || strstr(name, "beilun") || strstr(name, "allowance") ||
                      strstr(name, "construction");
        if (!is_own || is_out_of_force(name) || tuoyu_policy_rule_kind(policy, i) == TUOYU_RULE_INDICATOR ||
            count == MOST_RULES)
            continue;
        if (!are_in_columns(policy, &name, 1, workload))
            give_up(name);
        names[count] = name;
        bool is_full = count > 0 && !workload->is_slow && !are_in_columns(policy, names, count + 1, workload);
        if (is_full) {
            work->batches[work->batch_count++] = make_batch(policy, names, count, options);
            names[0] = name;
            count = 0;
        }
        count++;
    }
    if (count == 0)
        give_up("no rules");
    work->batches[work->batch_count++] = make_batch(policy, names, count, options);
}

static tuoyu_policy *load(char *const *paths, size_t count)
{
    enum { MOST = 1 << 20 };
    tuoyu_pack_text packs[MOST_PACKS];
    tuoyu_policy *policy;
    if (count == 0 || count > MOST_PACKS)
        give_up("no packs, or too many");
    for (size_t i = 0; i < count; i++) {
        char *text = allocate(MOST);
        FILE *file = fopen(paths[i], "rb");
        if (!file || fread(text, 1, MOST - 1, file) == 0)
            give_up(paths[i]);
        fclose(file);
        packs[i] = (tuoyu_pack_text){.name = paths[i],
                                     .name_length = TUOYU_NUL_TERMINATED,
                                     .text = text,
                                     .text_length = TUOYU_NUL_TERMINATED};
    }
    if (tuoyu_policy_load(packs, count, NULL, &policy, NULL) != TUOYU_OK)
        give_up("the packs are refused");
    for (size_t i = 0; i < count; i++) {
        union {
            const void *from;
            void *to;
        } text = {packs[i].text};
        free(text.to);
    }
    return policy;
}

static const struct workload *find_workload(const char *name)
{
    for (size_t i = 0; i < WORKLOAD_COUNT; i++)
        if (strcmp(WORKLOADS[i].name, name) == 0)
            return &WORKLOADS[i];
    give_up("no workload has that name");
    return NULL;
}

int main(int count, char **arguments)
{
    struct work work = {.rows = 100000};
    tuoyu_batch_options options = {.size = sizeof options};
    size_t threads = 1;
    const struct workload *workload = WORKLOADS;
    int at = 1;
    setlocale(LC_ALL, "");
    for (; at + 1 < count && arguments[at][0] == '-'; at += 2) {
        const char *value = arguments[at + 1];
        if (strcmp(arguments[at], "--rows") == 0)
            work.rows = strtoll(value, NULL, 10);
        else if (strcmp(arguments[at], "--threads") == 0)
            threads = strtoul(value, NULL, 10);
        else if (strcmp(arguments[at], "--range") == 0)
            work.range = strtoll(value, NULL, 10);
        else if (strcmp(arguments[at], "--instructions") == 0)
            options.instructions = atoi(value);
        else if (strcmp(arguments[at], "--blocks") == 0)
            options.block_rows = atoi(value);
        else if (strcmp(arguments[at], "--workload") == 0)
            workload = find_workload(value);
        else
            give_up("an option is not known");
    }
    if (work.rows < 1 || threads < 1 || threads > MOST_THREADS)
        give_up("rows or threads are out of range");
    tuoyu_policy *policy = load(arguments + at, (size_t)(count - at));
    char hex[2 * SHA256_DIGEST_SIZE + 1];
    choose_rules(&work, policy, workload, &options);
    work.facts = workload->facts;
    work.fact_count = workload->fact_count;
    work.tables = (uint64_t)(work.rows + TABLE_ROWS - 1) / TABLE_ROWS;
    work.digests = allocate(work.tables * sizeof *work.digests);
    run_all(&work, threads, hex);
    printf("%s %s\n", workload->name, hex);
    fprintf(stderr,
            "%" PRId64 " rows for %zu batches, answers: %" PRId64 " with errors, %" PRId64
            " by the interpreter\n",
            work.rows, work.batch_count, (int64_t)work.error_rows, (int64_t)work.fallback_rows);
    free(work.digests);
    for (size_t i = 0; i < work.batch_count; i++)
        tuoyu_batch_unref(work.batches[i]);
    tuoyu_policy_unref(policy);
    return 0;
}
