/* SPDX-License-Identifier: Apache-2.0 */
/* Receipts: what a decision rested on, in the same bytes for the same case; and explanations as a tree. */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FACTS                                                                                              \
    "facts:\n"                                                                                             \
    "  child: {born: {type: date}, fee: {type: money, unit: CNY/month}, share: {type: percent}, name: "    \
    "{type: string},\n"                                                                                    \
    "    sibling: {type: string, nullable: true}, local: {type: boolean}, kind: {type: enum, values: [a, " \
    "b]},\n"                                                                                               \
    "    months: {type: integer, range: '[0..36]'}}\n"                                                     \
    "  staff: {certified: {type: boolean}, area: {type: string}, pay: {type: number}}\n"                   \
    "  area: {id: {type: string}}\n  other: {n: {type: integer}}\n"
#define PRICE "pricing: {price: {title: P, unit: CNY/month, cite: s 1, amount: child.fee * child.share}}\n"

static char *copy_of(const char *text, size_t length)
{
    char *copy = calloc(length + 1, 1);
    if (!copy)
        abort();
    memcpy(copy, text, length);
    return copy;
}

static char *receipt_of(const tuoyu_answer *answer)
{
    tuoyu_text *text = NULL;
    assert_int_equal(tuoyu_answer_to_receipt(answer, &text), TUOYU_OK);
    assert_int_equal(tuoyu_text_length(text), strlen(tuoyu_text_bytes(text)));
    char *copy = copy_of(tuoyu_text_bytes(text), tuoyu_text_length(text));
    tuoyu_text_free(text);
    return copy;
}

static char *quote_receipt(tuoyu_policy *policy, const char *facts)
{
    tuoyu_status status;
    tuoyu_quote *quote = ask_quote(policy, "price", facts, "2025-01-01", &status);
    assert_int_equal(status, TUOYU_OK);
    char *receipt = receipt_of(tuoyu_quote_answer(quote));
    tuoyu_quote_free(quote);
    return receipt;
}

static void assert_holds(const char *text, const char *piece)
{
    bool is_there = strstr(text, piece);
    const char *const parts[] = {"not there: ", piece, "\nbut: ", text, "\n"};
    for (size_t i = 0; i < 5 && !is_there; i++)
        fputs(parts[i], stderr);
    assert_true(is_there);
}

/* ---- SHA-256 ---- */

static void assert_sum(const char *text, size_t length, const char *expected)
{
    char sum[TUOYU_SHA256_TEXT_SIZE];
    const tuoyu_pack_text pack = {.text = text, .text_length = length};
    assert_int_equal(tuoyu_pack_sha256(&pack, sum), TUOYU_OK);
    assert_string_equal(sum, expected);
}

/* The first three and the last are the vectors of FIPS 180-4; the others stand around the ends of a block. */
static void known_sums(void **state)
{
    (void)state;
    static const struct {
        size_t length;
        const char *sum;
    } OF_A[] = {{55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
                {56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
                {63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
                {64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
                {65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"},
                {1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"}};
    assert_sum("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_sum("abc", TUOYU_NUL_TERMINATED,
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_sum("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *letters = malloc(1000000);
    memset(letters, 'a', 1000000);
    for (size_t i = 0; i < sizeof OF_A / sizeof *OF_A; i++)
        assert_sum(letters, OF_A[i].length, OF_A[i].sum);
    free(letters);
    char sum[TUOYU_SHA256_TEXT_SIZE];
    assert_int_equal(tuoyu_pack_sha256(NULL, sum), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_pack_sha256(&(tuoyu_pack_text){.text = NULL}, sum), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_pack_sha256(&(tuoyu_pack_text){.text = "a"}, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
}

/* ---- Packs ---- */

static void packs_in_the_order_of_loading(void **state)
{
    (void)state;
    static const char A[] =
        "tuoyu: 1\nid: a\ntitle: A\nauthority: A\nin_force: 2024-01-01..\nuses: [b]\n"
        "pricing: {price: {title: P, unit: CNY, standing: assumed, note: n, amount: p}}\n";
    static const char B[] =
        "tuoyu: 1\nid: b\ntitle: B\nauthority: B\nin_force: 2024-01-01..\n"
        "parameters: {p: {unit: CNY, values: {2024-01-01: {value: 1, standing: assumed, note: n}}}}\n";
    static const char B_COMMENTED[] =
        "tuoyu: 1\nid: b\ntitle: B\nauthority: B\nin_force: 2024-01-01..\n"
        "parameters: {p: {unit: CNY, values: {2024-01-01: {value: 1, standing: assumed, note: n}}}}\n#\n";
    char sum_a[TUOYU_SHA256_TEXT_SIZE], sum_b[TUOYU_SHA256_TEXT_SIZE], expected[400];
    const tuoyu_pack_text a = {.text = A, .text_length = sizeof A - 1},
                          b = {.text = B, .text_length = sizeof B - 1};
    assert_int_equal(tuoyu_pack_sha256(&a, sum_a), TUOYU_OK);
    assert_int_equal(tuoyu_pack_sha256(&b, sum_b), TUOYU_OK);
    for (int is_b_first = 0; is_b_first < 2; is_b_first++) {
        tuoyu_policy *policy = is_b_first ? load_packs(B, A, NULL) : load_packs(A, B, NULL);
        char *receipt = quote_receipt(policy, "{}");
        snprintf(
            expected, sizeof expected,
            "\"packs\":[{\"id\":\"%s\",\"sha256\":\"%s\"},{\"id\":\"%s\",\"sha256\":\"%s\"}],\"inputs\":{},",
            is_b_first ? "b" : "a", is_b_first ? sum_b : sum_a, is_b_first ? "a" : "b",
            is_b_first ? sum_a : sum_b);
        assert_holds(receipt, expected);
        free(receipt);
        tuoyu_policy_unref(policy);
    }
    tuoyu_policy *policy = load_packs(A, B_COMMENTED, NULL);
    char *receipt = quote_receipt(policy, "{}");
    assert_holds(receipt, sum_a);
    assert_null(strstr(receipt, sum_b)); /* a comment alone makes it another text */
    free(receipt);
    tuoyu_policy_unref(policy);
}

/* ---- The facts ---- */

static void the_whole_of_a_receipt(void **state)
{
    (void)state;
    char *text = pack_of(FACTS PRICE), sum[TUOYU_SHA256_TEXT_SIZE], expected[2000];
    const tuoyu_pack_text pack = {.text = text, .text_length = strlen(text)};
    assert_int_equal(tuoyu_pack_sha256(&pack, sum), TUOYU_OK);
    tuoyu_policy *policy = load_packs(text, NULL);
    char *receipt = quote_receipt(
        policy, "{child: {share: 12.50, fee: 1050.00, sibling: null, local: true, born: 2024-02-29, kind: b, "
                "months: 7, name: 𠮷\"\\}, staff.pay: -0.10}");
    snprintf(expected, sizeof expected,
             "{\"receipt\":1,\"engine\":\"%s\",\"rule\":\"cn.test:price\",\"as_of\":\"2025-01-01\",\"packs\":"
             "[{\"id\":\"cn.test\",\"sha256\":\"%s\"}],"
             "\"inputs\":{\"child.born\":\"2024-02-29\",\"child.fee\":\"1050\",\"child.kind\":\"b\",\"child."
             "local\":true,"
             "\"child.months\":\"7\",\"child.name\":\"𠮷\\\"\\\\\",\"child.share\":\"12.5\",\"child."
             "sibling\":null,\"staff.pay\":\"-0.1\"},"
             "\"outputs\":{\"kind\":\"quote\",\"rule\":\"cn.test:price\",\"as_of\":\"2025-01-01\","
             "\"outcome\":\"determined\",\"standing\":\"cited\","
             "\"unit\":\"CNY/month\",\"amount\":\"131.25\",\"steps\":{},\"missing\":[],"
             "\"citations\":[{\"name\":\"price\",\"text\":\"文件 1\",\"standing\":\"cited\"}]}}",
             tuoyu_version(), sum);
    assert_string_equal(receipt, expected);
    free(receipt);
    free(text);
    tuoyu_policy_unref(policy);
}

static void same_case_same_bytes(void **state)
{
    (void)state;
    static const char *const SAME[] = {
        "{child.fee: 1050, child.share: 50, child.local: false, child.name: x}",
        "{child.name: x, child.local: false, child.share: 50.000, child.fee: 1050.00}",
        "{child: {local: false, share: '50', fee: '1050.0'}, child.name: 'x'}"};
    tuoyu_policy *policy = load_sections(FACTS PRICE);
    char *first = quote_receipt(policy, SAME[0]);
    for (size_t i = 1; i < sizeof SAME / sizeof *SAME; i++) {
        char *receipt = quote_receipt(policy, SAME[i]);
        assert_string_equal(receipt, first);
        free(receipt);
    }
    char *other = quote_receipt(
        policy, "{child.fee: 1050, child.share: 50, child.name: x}"); /* not given is not false */
    assert_string_not_equal(other, first);
    assert_null(strstr(other, "child.local"));
    free(other);
    free(first);
    tuoyu_policy_unref(policy);
}

/* ---- What is recorded can be given again ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void set_at_random(tuoyu_case *facts, uint32_t *seed)
{
    static const char *const TEXTS[] = {"",      "null", "a",       "~",  "𠮷田 \"x\"", "a: b # c", "a  b",
                                        "行 行", "'",    "\\u0041", "{}", "true",       "1e3"};
    static const char *const NUMBERS[] = {"0", "0.01", "1234.5", "99999999.99", "-3"};
    tuoyu_case_clear(facts);
    const char *number = NUMBERS[next_random(seed) % 5], *text = TEXTS[next_random(seed) % 13];
    char yaml[200] = "";
    if (next_random(seed) % 2)
        assert_int_equal(tuoyu_case_set_text(facts, "child.fee", 9, number, TUOYU_NUL_TERMINATED, NULL),
                         TUOYU_OK);
    if (next_random(seed) % 2)
        assert_int_equal(tuoyu_case_set_text(facts, "child.share", 11, number, TUOYU_NUL_TERMINATED, NULL),
                         TUOYU_OK);
    if (next_random(seed) % 2)
        assert_int_equal(tuoyu_case_set_boolean(facts, "child.local", 11, next_random(seed) % 2, NULL),
                         TUOYU_OK);
    if (next_random(seed) % 2)
        assert_int_equal(
            tuoyu_case_set_date(facts, "child.born", 10, (int32_t)(next_random(seed) % 40000) - 9000, NULL),
            TUOYU_OK);
    if (next_random(seed) % 4 == 0)
        assert_int_equal(tuoyu_case_set_none(facts, "child.sibling", 13, NULL), TUOYU_OK);
    else if (!strpbrk(text, "\\\"\n"))
        snprintf(yaml, sizeof yaml, "child.sibling: \"%s\"", text);
    if (*yaml)
        assert_int_equal(tuoyu_case_read(facts, "y", 1, yaml, TUOYU_NUL_TERMINATED, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_case_set_text(facts, "child.name", 10, text, TUOYU_NUL_TERMINATED, NULL),
                     TUOYU_OK);
}

/* The object that follows `"inputs":`, copied. */
static char *inputs_of(const char *receipt)
{
    const char *from = strstr(receipt, "\"inputs\":") + strlen("\"inputs\":"),
               *to = strstr(from, ",\"outputs\":");
    return copy_of(from, (size_t)(to - from));
}

static void inputs_read_again(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(FACTS PRICE);
    tuoyu_pricing *pricing = NULL;
    tuoyu_case *facts = NULL, *again = NULL;
    uint32_t seed = 20250101;
    assert_int_equal(tuoyu_policy_pricing(policy, "price", 5, &pricing, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_case_new(policy, &facts), TUOYU_OK);
    assert_int_equal(tuoyu_case_new(policy, &again), TUOYU_OK);
    for (int i = 0; i < 2000; i++) {
        tuoyu_quote *first = NULL, *second = NULL;
        set_at_random(facts, &seed);
        assert_int_equal(tuoyu_pricing_quote(pricing, facts, day("2025-01-01"), &first, NULL), TUOYU_OK);
        char *receipt = receipt_of(tuoyu_quote_answer(first)), *inputs = inputs_of(receipt);
        tuoyu_case_clear(again);
        assert_int_equal(tuoyu_case_read(again, "r", 1, inputs, TUOYU_NUL_TERMINATED, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_pricing_quote(pricing, again, day("2025-01-01"), &second, NULL), TUOYU_OK);
        char *repeated = receipt_of(tuoyu_quote_answer(second));
        assert_string_equal(repeated, receipt);
        free(repeated);
        free(inputs);
        free(receipt);
        tuoyu_quote_free(first);
        tuoyu_quote_free(second);
    }
    tuoyu_case_free(facts);
    tuoyu_case_free(again);
    tuoyu_pricing_unref(pricing);
    tuoyu_policy_unref(policy);
}

/* The case may go on to other facts, and the policy may be let go. */
static void an_answer_keeps_what_it_rested_on(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(FACTS PRICE);
    tuoyu_pricing *pricing = NULL;
    tuoyu_quote *quote = NULL;
    tuoyu_case *facts = make_case(policy, "{child: {name: first, fee: 1, share: 1}}");
    assert_int_equal(tuoyu_policy_pricing(policy, "price", 5, &pricing, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_pricing_quote(pricing, facts, day("2025-01-01"), &quote, NULL), TUOYU_OK);
    char *before = receipt_of(tuoyu_quote_answer(quote));
    tuoyu_case_clear(facts);
    assert_int_equal(tuoyu_case_set_text(facts, "child.name", 10, "second", 6, NULL), TUOYU_OK);
    tuoyu_case_free(facts);
    tuoyu_pricing_unref(pricing);
    tuoyu_policy_unref(policy);
    char *after = receipt_of(tuoyu_quote_answer(quote));
    assert_string_equal(after, before);
    assert_holds(after, "\"child.name\":\"first\"");
    free(before);
    free(after);
    tuoyu_quote_free(quote);
}

static void all_outcomes_have_one(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(
        FACTS
        "pricing: {price: {title: P, unit: CNY/month, cite: s 1, when: child.local, amount: child.fee}}\n");
    char *not_applicable = quote_receipt(policy, "{child.local: false}");
    assert_holds(not_applicable, "\"inputs\":{\"child.local\":false},\"outputs\":");
    assert_holds(not_applicable, "\"outcome\":\"not_applicable\"");
    char *undetermined = quote_receipt(policy, "{}");
    assert_holds(undetermined, "\"inputs\":{},\"outputs\":");
    assert_holds(undetermined, "\"missing\":[{\"name\":\"child.local\"");
    free(not_applicable);
    free(undetermined);
    tuoyu_policy_unref(policy);
    tuoyu_text *text = NULL;
    assert_int_equal(tuoyu_answer_to_receipt(NULL, &text), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_answer_explain_json(NULL, &text), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_null(text);
}

/* ---- Rows ---- */

#define RATE                                                                \
    "indicators: {rate: {title: R, unit: percent, cite: s 1, by: [area],\n" \
    "  ratio: {numerator: {of: staff, count: staff.certified}, denominator: {of: staff, count: true}}}}\n"

struct row {
    const char *entity, *facts;
};

/* The receipt of a measure over rows, of a region or (NULL) of the whole. */
static char *rows_receipt(tuoyu_policy *policy, const struct row *rows, size_t count, const char *area)
{
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *tally = NULL;
    tuoyu_measure *measure = NULL;
    assert_int_equal(tuoyu_policy_indicator(policy, "rate", 4, &indicator, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_indicator_tally(indicator, day("2025-01-01"), &tally, NULL), TUOYU_OK);
    for (size_t i = 0; i < count; i++) {
        tuoyu_case *row = make_case(policy, rows[i].facts);
        tuoyu_tally_add(tally, rows[i].entity, TUOYU_NUL_TERMINATED, row, NULL);
        tuoyu_case_free(row);
    }
    assert_int_equal(
        tuoyu_tally_measure(tally, area ? "area" : NULL, 4, area, TUOYU_NUL_TERMINATED, &measure, NULL),
        TUOYU_OK);
    char *receipt = receipt_of(tuoyu_measure_answer(measure));
    tuoyu_measure_free(measure);
    tuoyu_tally_free(tally);
    tuoyu_indicator_unref(indicator);
    return receipt;
}

/* The sum modulo 2^256 of the SHA-256 of each line. */
static void sum_of_lines(const char *lines, char sum[TUOYU_SHA256_TEXT_SIZE])
{
    unsigned total[32] = {0};
    for (const char *end = lines; *lines; lines = end) {
        end = strchr(lines, '\n') + 1;
        const tuoyu_pack_text text = {.text = lines, .text_length = (size_t)(end - lines)};
        assert_int_equal(tuoyu_pack_sha256(&text, sum), TUOYU_OK);
        unsigned carry = 0, byte = 0;
        for (int i = 31; i >= 0; i--) {
            assert_int_equal(sscanf(sum + 2 * i, "%2x", &byte), 1);
            total[i] += byte + carry;
            carry = total[i] >> 8;
            total[i] &= 255;
        }
    }
    for (int i = 0; i < 32; i++)
        snprintf(sum + 2 * i, 3, "%02x", total[i]);
}

static void assert_rows(const char *receipt, int staff, int areas, const char *lines)
{
    char sum[TUOYU_SHA256_TEXT_SIZE], expected[300];
    sum_of_lines(lines, sum);
    snprintf(expected, sizeof expected,
             ",\"rows\":{\"counts\":[{\"entity\":\"staff\",\"count\":%d},{\"entity\":\"area\",\"count\":%d}],"
             "\"sha256\":\"%s\"},\"outputs\":{",
             staff, areas, sum);
    assert_holds(receipt, expected);
    assert_null(strstr(receipt, "\"inputs\""));
}

static void rows_by_their_sum(void **state)
{
    (void)state;
    static const struct row ROWS[] = {{"area", "{area.id: A}"},
                                      {"staff", "{staff: {area: A, certified: true, pay: 10.50}}"},
                                      {"other", "{other.n: 1}"}, /* the indicator does not look at it */
                                      {"staff", "{staff: {certified: false}}"},
                                      {"area", "{}"}}; /* in error: it has no id */
    static const struct row SWAPPED[] = {ROWS[4], ROWS[3], ROWS[0], ROWS[1]};
    tuoyu_policy *policy = load_sections(FACTS RATE);
    char *empty = rows_receipt(policy, ROWS, 0, NULL), *whole = rows_receipt(policy, ROWS, 5, NULL);
    char *area = rows_receipt(policy, ROWS, 5, "A"), *fewer = rows_receipt(policy, ROWS, 4, NULL);
    char *swapped = rows_receipt(policy, SWAPPED, 4, NULL);
    static const char LINES[] =
        "area {\"area.id\":\"A\"}\n"
        "staff {\"staff.area\":\"A\",\"staff.certified\":true,\"staff.pay\":\"10.5\"}\n"
        "staff {\"staff.certified\":false}\n"
        "area {}\n";
    assert_rows(empty, 0, 0, "");
    assert_rows(whole, 2, 2, LINES);
    assert_rows(area, 2, 2, LINES); /* of a region too: all rows of the tally */
    assert_holds(area, "\"region\":{\"kind\":\"area\",\"id\":\"A\"}");
    assert_string_equal(swapped, whole); /* their order is nothing */
    assert_string_not_equal(strstr(fewer, "\"sha256\":\""), strstr(whole, "\"sha256\":\""));
    char *const all[] = {empty, whole, area, fewer, swapped};
    for (size_t i = 0; i < 5; i++)
        free(all[i]);
    tuoyu_policy_unref(policy);
}

/* ---- The tree ---- */

static char *tree_of(tuoyu_policy *policy, const char *facts)
{
    tuoyu_status status;
    tuoyu_text *text = NULL;
    tuoyu_quote *quote = ask_quote(policy, "price", facts, "2025-01-01", &status);
    assert_int_equal(status, TUOYU_OK);
    assert_int_equal(tuoyu_answer_explain_json(tuoyu_quote_answer(quote), &text), TUOYU_OK);
    char *tree = copy_of(tuoyu_text_bytes(text), tuoyu_text_length(text));
    tuoyu_text_free(text);
    tuoyu_quote_free(quote);
    return tree;
}

static size_t count_of(const char *text, const char *piece)
{
    size_t count = 0;
    while ((text = strstr(text, piece))) {
        text += strlen(piece);
        count++;
    }
    return count;
}

static void a_small_tree(void **state)
{
    (void)state;
    tuoyu_policy *policy =
        load_sections(FACTS "parameters: {rate: {unit: percent, label: {zh: 比例, en: rate}, cite: s 2, "
                            "standing: cited, values: {2024-01-01: {value: 50}}}}\n"
                            "definitions: {half: {formula: child.fee * rate, unit: CNY/month, cite: s 3}}\n"
                            "pricing: {price: {title: {zh: 价, en: Price}, unit: CNY/month, cite: s 1, "
                            "amount: half + half * rate}}\n");
    char *tree = tree_of(policy, "{child.fee: 100}");
    assert_holds(tree,
                 "{\"kind\":\"rule\",\"name\":\"cn.test:price\",\"label\":{\"zh\":\"价\",\"en\":\"Price\"},"
                 "\"outcome\":\"determined\","
                 "\"value\":\"75\",\"unit\":\"CNY/month\",\"citation\":\"文件 1\",\"citation_en\":\"Document "
                 "1\",\"standing\":\"cited\",\"children\":[{\"kind\":\"step\"");
    assert_holds(tree, "{\"kind\":\"definition\",\"name\":\"half\",\"formula\":{\"zh\":\"child.fee × "
                       "比例\",\"en\":\"child.fee × rate\"},\"value\":\"50\","
                       "\"unit\":\"CNY/month\",\"citation\":\"文件 3\",\"citation_en\":\"Document "
                       "3\",\"standing\":\"cited\",\"children\":["
                       "{\"kind\":\"fact\",\"name\":\"child.fee\",\"value\":\"100\",\"unit\":\"CNY/month\"},"
                       "{\"kind\":\"parameter\",\"name\":\"rate\",\"label\":{\"zh\":\"比例\",\"en\":\"rate\"}"
                       ",\"value\":\"50\",\"unit\":\"percent\","
                       "\"citation\":\"文件 2\",\"citation_en\":\"Document 2\",\"standing\":\"cited\"}]}");
    assert_null(strstr(tree, "\"cut\""));
    assert_null(strstr(tree, "\"shortened\""));
    free(tree);
    tree = tree_of(policy, "{}");
    assert_holds(
        tree, "{\"kind\":\"fact\",\"name\":\"child.fee\",\"unit\":\"CNY/month\"}"); /* not given: no value */
    assert_holds(tree, "\"outcome\":\"undetermined\",\"unit\"");
    free(tree);
    tuoyu_policy_unref(policy);
}

/* What is read again is not told again: the tree of a net stays small. */
static void a_net_is_told_once(void **state)
{
    (void)state;
    char sections[4000] = FACTS "definitions:\n  d0: child.fee + 1\n";
    for (int i = 1; i <= 20; i++)
        sprintf(sections + strlen(sections), "  d%d: d%d + d%d * 2\n", i, i - 1, i - 1);
    strcat(sections, "pricing: {price: {title: P, unit: CNY/month, cite: s 1, amount: d20 + d19 + d18}}\n");
    tuoyu_policy *policy = load_sections(sections);
    char *tree = tree_of(policy, "{child.fee: 1}");
    assert_int_equal(count_of(tree, "\"repeated\":true"), 2);
    assert_int_equal(count_of(tree, "\"kind\":\"definition\""), 23);
    free(tree);
    tuoyu_policy_unref(policy);
}

static void depth_is_bounded_and_said(void **state)
{
    (void)state;
    char sections[4000] = FACTS "definitions:\n  d0: child.fee + 1\n";
    for (int i = 1; i <= 50; i++)
        sprintf(sections + strlen(sections), "  d%d: d%d + 1\n", i, i - 1);
    strcat(sections, "pricing: {price: {title: P, unit: CNY/month, cite: s 1, amount: d50 + 1}}\n");
    tuoyu_policy *policy = load_sections(sections);
    char *tree = tree_of(policy, "{child.fee: 1}");
    assert_int_equal(count_of(tree, "\"children\":["), 33);
    assert_int_equal(count_of(tree, "\"children\":[],\"cut\":\"depth\"}"), 1);
    free(tree);
    tuoyu_policy_unref(policy);
}

static void length_is_bounded_and_said(void **state)
{
    (void)state;
    enum { MANY = 180, LONG = 5000 };
    char *sections = calloc(MANY + 1, LONG + 100), *at = sections;
    at += sprintf(at, "parameters:\n");
    for (int i = 0; i < MANY; i++) {
        at += sprintf(at, "  p%d: {label: ", i);
        for (int k = 0; k < LONG / 3; k++)
            at += sprintf(at, "标");
        at += sprintf(at, ", values: {2024-01-01: {value: 1, cite: s 1, standing: cited}}}\n");
    }
    at += sprintf(at, "pricing: {price: {title: P, unit: CNY/month, cite: s 1, amount: 'sum(");
    for (int i = 0; i < MANY; i++)
        at += sprintf(at, "%sp%d", i ? ", " : "", i);
    sprintf(at, ")'}}\n");
    tuoyu_policy *policy = load_sections(sections);
    char *tree = tree_of(policy, "{}");
    assert_in_range(strlen(tree), 1 << 20, (1 << 20) + 5 * LONG);
    assert_int_equal(count_of(tree, "\"cut\":\"length\""), 1);
    assert_int_equal(count_of(tree, "\"shortened\":true"), count_of(tree, "\"kind\":\"parameter\"") + 1);
    assert_null(strstr(tree, "\xE6\xA0\"")); /* a character is whole, or it is not there */
    assert_null(strstr(tree, "\xE6\""));
    free(tree);
    free(sections);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_sums),
        cmocka_unit_test(packs_in_the_order_of_loading),
        cmocka_unit_test(the_whole_of_a_receipt),
        cmocka_unit_test(same_case_same_bytes),
        cmocka_unit_test(inputs_read_again),
        cmocka_unit_test(an_answer_keeps_what_it_rested_on),
        cmocka_unit_test(all_outcomes_have_one),
        cmocka_unit_test(rows_by_their_sum),
        cmocka_unit_test(a_small_tree),
        cmocka_unit_test(a_net_is_told_once),
        cmocka_unit_test(depth_is_bounded_and_said),
        cmocka_unit_test(length_is_bounded_and_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
