/* SPDX-License-Identifier: Apache-2.0 */
/* Pays budgets for test_budget_oracle.py, which knows on its own what must come out. Jobs come on standard
 * input, a line each, fields parted by tabs; facts are JSON without a tab.
 *
 *     pack BYTES            and so many bytes of YAML; first of all
 *     open RULE FACTS       a budget with its own facts, in place of the one before
 *     add ID FACTS          a claim; facts that cannot be read are listed as such
 *     pay                   answers with a line: the status of opening, a tab, and the payout's JSON */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tuoyu/tuoyu.h>

enum { AS_OF = 20148 /* 2025-03-01 */ };

struct driver {
    tuoyu_policy *policy;
    tuoyu_budget *budget;
    tuoyu_case *facts;
    tuoyu_status opened;
    long wrong; /* statuses that no job may end with */
};

static void give_up(const char *what)
{
    fprintf(stderr, "budget_driver: %s\n", what);
    exit(2);
}

static void load(struct driver *driver, const char *size)
{
    size_t length = strtoul(size, NULL, 10);
    char *text = malloc(length + 1);
    if (!text || fread(text, 1, length, stdin) != length)
        give_up("the pack breaks off");
    const tuoyu_pack_text pack = {.name = "pack", .name_length = 4, .text = text, .text_length = length};
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_text *report = NULL;
    if (tuoyu_diagnostics_new(NULL, &diagnostics) != TUOYU_OK)
        give_up("no memory");
    if (tuoyu_policy_load(&pack, 1, NULL, &driver->policy, diagnostics) != TUOYU_OK) {
        tuoyu_diagnostics_to_text(diagnostics, &report);
        give_up(tuoyu_text_bytes(report));
    }
    tuoyu_diagnostics_free(diagnostics);
    free(text);
    if (tuoyu_case_new(driver->policy, &driver->facts) != TUOYU_OK)
        give_up("no memory");
}

static tuoyu_status read_facts(struct driver *driver, const char *facts)
{
    tuoyu_case_clear(driver->facts);
    return tuoyu_case_read(driver->facts, "facts", 5, facts, strlen(facts), NULL);
}

static void open_budget(struct driver *driver, const char *rule, const char *facts)
{
    tuoyu_cost_sharing *cost_sharing = NULL;
    tuoyu_budget_free(driver->budget);
    driver->budget = NULL;
    if (tuoyu_policy_cost_sharing(driver->policy, rule, TUOYU_NUL_TERMINATED, &cost_sharing, NULL) !=
        TUOYU_OK)
        give_up("no such rule");
    if (read_facts(driver, facts) != TUOYU_OK)
        give_up("the budget's facts cannot be read");
    driver->opened = tuoyu_cost_sharing_budget(cost_sharing, driver->facts, AS_OF, &driver->budget, NULL);
    tuoyu_cost_sharing_unref(cost_sharing);
}

static void add_claim(struct driver *driver, const char *id, const char *facts)
{
    if (!driver->budget)
        return;
    tuoyu_status status = read_facts(driver, facts);
    bool is_read = status == TUOYU_OK && *id;
    if (is_read)
        status = tuoyu_budget_add(driver->budget, id, TUOYU_NUL_TERMINATED, driver->facts, NULL);
    else
        status = tuoyu_budget_add_unreadable(driver->budget, id, TUOYU_NUL_TERMINATED,
                                             status ? status : TUOYU_ERROR_SYNTAX, NULL);
    bool may_be = status == TUOYU_OK || status == TUOYU_ERROR_DUPLICATE ||
                  (is_read && status <= TUOYU_ERROR_PARAMETER_UNSET);
    driver->wrong += !may_be;
}

static void pay(struct driver *driver)
{
    tuoyu_payout *payout = NULL;
    tuoyu_text *json = NULL;
    printf("%s\t", tuoyu_status_name(driver->opened));
    if (driver->budget) {
        if (tuoyu_budget_pay(driver->budget, &payout, NULL) != TUOYU_OK)
            give_up("an open budget cannot be paid from");
        if (tuoyu_answer_to_json(tuoyu_payout_answer(payout), &json) != TUOYU_OK)
            give_up("no memory");
        fputs(tuoyu_text_bytes(json), stdout);
    }
    putchar('\n');
    tuoyu_text_free(json);
    tuoyu_payout_free(payout);
}

static void run_job(struct driver *driver, char *line)
{
    char *first = strchr(line, '\t'), *second = NULL;
    if (first)
        *first++ = '\0';
    if (first && (second = strchr(first, '\t')))
        *second++ = '\0';
    if (strcmp(line, "pack") == 0 && first)
        load(driver, first);
    else if (strcmp(line, "open") == 0 && second)
        open_budget(driver, first, second);
    else if (strcmp(line, "add") == 0 && second)
        add_claim(driver, first, second);
    else if (strcmp(line, "pay") == 0)
        pay(driver);
    else
        give_up("a job that nobody knows");
}

int main(void)
{
    struct driver driver = {.policy = NULL};
    char *line = NULL;
    size_t capacity = 0;
    for (ssize_t length; (length = getline(&line, &capacity, stdin)) > 0;) {
        if (line[length - 1] == '\n')
            line[length - 1] = '\0';
        run_job(&driver, line);
    }
    tuoyu_budget_free(driver.budget);
    tuoyu_case_free(driver.facts);
    tuoyu_policy_unref(driver.policy);
    free(line);
    if (driver.wrong)
        give_up("a claim was refused for a reason that it cannot have");
    return 0;
}
