/* SPDX-License-Identifier: Apache-2.0 */
/* Loads each changed pack with the packs that it uses, then each named pack that uses it, and runs their
 * worked examples, on several threads. */
#include "cli/mutation_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tuoyu/mutations.h>

#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/measure_json.h"
#include "cli/mutation_exceptions.h"
#include "cli/ordered_threads.h"
#include "cli/pack_choice.h"
#include "cli/pack_files.h"
#include "cli/tell.h"

enum { THREADS_MOST = 64 };

/* What came of a change. */
enum fate {
    FATE_NOTICED,  /* a worked example fails */
    FATE_NO_PACK,  /* it cannot be loaded, so nobody could use it */
    FATE_SURVIVED, /* all examples pass */
    FATE_ALLOWED,  /* it survived, and --except says why that is right */
    FATE_COUNT
};

/* A named pack with its changes. */
struct mutated_pack {
    struct pack_choice choice; /* the pack and those that it uses */
    tuoyu_mutations *mutations;
    size_t first; /* number of its first change among all */
    size_t fates[FATE_COUNT];
};

/* One run of the command. */
struct mutation_test {
    struct pack_files files;
    struct mutated_pack *packs; /* by named file */
    enum fate *fates;           /* by change */
    const char **reasons;       /* by change: why it is allowed */
    size_t count, taken, done;
    struct mutation_exceptions exceptions;
    bool is_json;
};

/* A change that a thread has taken. */
struct mutant {
    size_t number;
    enum fate fate;
};

/* ---- Loading and running ---- */

/* A file with another text in its place. */
struct replacement {
    size_t file; /* index; SIZE_MAX for none */
    const char *text;
    size_t length;
};

/* Loads a choice of packs with a replacement. Returns NULL where they cannot be loaded. */
static tuoyu_policy *load(const struct mutation_test *test, const struct pack_choice *choice,
                          const struct replacement *replacement)
{
    tuoyu_pack_text *texts = must_resize(NULL, choice->count, sizeof *texts);
    tuoyu_policy *policy = NULL;
    for (size_t i = 0; i < choice->count; i++) {
        const struct pack_file *file = &test->files.items[choice->indexes[i]];
        bool is_replaced = choice->indexes[i] == replacement->file;
        texts[i] = (tuoyu_pack_text){.name = file->path,
                                     .name_length = strlen(file->path),
                                     .text = is_replaced ? replacement->text : file->text.bytes,
                                     .text_length = is_replaced ? replacement->length : file->text.length};
    }
    must_have_memory(tuoyu_policy_load(texts, choice->count, NULL, &policy, NULL));
    free(texts);
    return policy;
}

/* Whether all worked examples of a pack pass. */
static bool all_pass(const tuoyu_policy *policy, const char *pack_id)
{
    for (size_t i = 0; i < tuoyu_policy_example_count(policy); i++) {
        bool passed = false;
        if (strcmp(tuoyu_policy_example_pack(policy, i), pack_id) != 0)
            continue;
        must_have_memory(tuoyu_policy_example_run(policy, i, &passed, NULL));
        if (!passed)
            return false;
    }
    return true;
}

/* Whether the choice has the file. */
static bool has_file(const struct pack_choice *choice, size_t file)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->indexes[i] == file)
            return true;
    return false;
}

/* What comes of a text in the place of a named file: its own examples are run first, then those of the named
 * packs that use it. */
static enum fate try_text(const struct mutation_test *test, const struct replacement *replacement)
{
    for (size_t turn = 0; turn <= test->files.named; turn++) {
        size_t index = turn == 0 ? replacement->file : turn - 1;
        bool matters = turn == 0 || (index != replacement->file &&
                                     has_file(&test->packs[index].choice, replacement->file));
        if (!matters)
            continue;
        tuoyu_policy *policy = load(test, &test->packs[index].choice, replacement);
        bool passes = policy && all_pass(policy, test->files.items[index].id);
        bool is_loaded = policy != NULL;
        tuoyu_policy_unref(policy);
        if (!passes)
            return is_loaded || turn > 0 ? FATE_NOTICED : FATE_NO_PACK;
    }
    return FATE_SURVIVED;
}

/* ---- Changes ---- */

/* The named pack whose change has this number. */
static size_t pack_of(const struct mutation_test *test, size_t number)
{
    size_t pack = test->files.named - 1;
    while (test->packs[pack].first > number)
        pack--;
    return pack;
}

/* The change of this number. */
static tuoyu_mutation mutation_at(const struct mutation_test *test, size_t number)
{
    const struct mutated_pack *pack = &test->packs[pack_of(test, number)];
    tuoyu_mutation mutation = {.kind = ""};
    tuoyu_mutations_get(pack->mutations, number - pack->first, &mutation);
    return mutation;
}

/* For ordered_threads_run(): takes the next change. */
static bool take_mutant(void *context, void *piece)
{
    struct mutation_test *test = context;
    struct mutant *mutant = piece;
    if (test->taken == test->count)
        return false;
    mutant->number = test->taken++;
    return true;
}

/* For ordered_threads_run(): makes the changed text and tries it. */
static void try_mutant(void *context, void *piece)
{
    const struct mutation_test *test = context;
    struct mutant *mutant = piece;
    size_t index = pack_of(test, mutant->number);
    tuoyu_mutation change = mutation_at(test, mutant->number);
    const struct text_file *text = &test->files.items[index].text;
    char *changed = must_format("%.*s%s%s", (int)change.offset, text->bytes, change.instead,
                                text->bytes + change.offset + change.length);
    struct replacement replacement = {index, changed, strlen(changed)};
    mutant->fate = try_text(test, &replacement);
    free(changed);
}

/* For ordered_threads_run(): keeps what came of it. */
static bool keep_fate(void *context, void *piece)
{
    struct mutation_test *test = context;
    const struct mutant *mutant = piece;
    test->fates[mutant->number] = mutant->fate;
    return true;
}

/* Tries all changes on so many threads. */
static void try_all(struct mutation_test *test, size_t thread_count)
{
    struct mutant mutants[THREADS_MOST];
    void *pieces[THREADS_MOST];
    for (size_t i = 0; i < thread_count; i++)
        pieces[i] = &mutants[i];
    const struct ordered_work work = {
        .context = test, .take = take_mutant, .work = try_mutant, .hand_on = keep_fate};
    ordered_threads_run(&work, pieces, thread_count);
    for (size_t i = 0; i < test->count; i++) {
        size_t pack = pack_of(test, i);
        tuoyu_mutation change = mutation_at(test, i);
        if (test->fates[i] == FATE_SURVIVED)
            test->reasons[i] = mutation_exception(&test->exceptions, test->files.items[pack].id, &change);
        if (test->reasons[i])
            test->fates[i] = FATE_ALLOWED;
        test->packs[pack].fates[test->fates[i]]++;
    }
}

/* ---- What is printed ---- */

/* Prints a survivor as text, in the form of findings. */
static void print_survivor(const struct mutation_test *test, size_t number)
{
    const struct pack_file *file = &test->files.items[pack_of(test, number)];
    tuoyu_mutation change = mutation_at(test, number);
    print_shown(stdout, file->path);
    printf(":%u:%u: %s: ", change.line, change.column, change.kind);
    print_shown(stdout, change.was);
    fputs(" -> ", stdout);
    print_shown(stdout, change.instead);
    printf(": no worked example notices (%s%s%s)\n", change.place, *change.cite ? "; " : "", change.cite);
}

/* Prints all survivors and the counts. */
static void print_text(const struct mutation_test *test)
{
    size_t totals[FATE_COUNT] = {0};
    for (size_t i = 0; i < test->count; i++) {
        totals[test->fates[i]]++;
        if (test->fates[i] == FATE_SURVIVED)
            print_survivor(test, i);
    }
    for (size_t i = 0; i < test->files.named && test->files.named > 1; i++) {
        const size_t *fates = test->packs[i].fates;
        printf("%s: %zu changes, %zu noticed, %zu survived, %zu allowed\n", test->files.items[i].id,
               fates[FATE_NOTICED] + fates[FATE_SURVIVED] + fates[FATE_ALLOWED], fates[FATE_NOTICED],
               fates[FATE_SURVIVED], fates[FATE_ALLOWED]);
    }
    printf("%zu changes, %zu noticed, %zu survived, %zu allowed (%zu more cannot be loaded)\n",
           test->count - totals[FATE_NO_PACK], totals[FATE_NOTICED], totals[FATE_SURVIVED],
           totals[FATE_ALLOWED], totals[FATE_NO_PACK]);
}

/* Prints one member of an object. */
static void print_member(const char *name, const char *text)
{
    printf(",\"%s\":", name);
    print_json_text(text);
}

/* Prints a change that survived, or was allowed to, as JSON. */
static void print_json_survivor(const struct mutation_test *test, size_t number)
{
    const struct pack_file *file = &test->files.items[pack_of(test, number)];
    tuoyu_mutation change = mutation_at(test, number);
    printf("{\"line\":%u,\"column\":%u", change.line, change.column);
    print_member("pack", file->id);
    print_member("file", file->path);
    print_member("kind", change.kind);
    print_member("place", change.place);
    print_member("was", change.was);
    print_member("instead", change.instead);
    print_member("cite", change.cite);
    if (test->reasons[number])
        print_member("allowed", test->reasons[number]);
    putchar('}');
}

/* Prints everything as one JSON object. */
static void print_json(const struct mutation_test *test)
{
    size_t totals[FATE_COUNT] = {0}, printed = 0;
    fputs("{\"survivors\":[", stdout);
    for (size_t i = 0; i < test->count; i++) {
        totals[test->fates[i]]++;
        if (test->fates[i] != FATE_SURVIVED && test->fates[i] != FATE_ALLOWED)
            continue;
        fputs(printed++ ? ",\n" : "\n", stdout);
        print_json_survivor(test, i);
    }
    printf("],\n\"changes\":%zu,\"noticed\":%zu,\"survived\":%zu,\"allowed\":%zu}\n",
           test->count - totals[FATE_NO_PACK], totals[FATE_NOTICED], totals[FATE_SURVIVED],
           totals[FATE_ALLOWED]);
}

/* Tells of lines of --except that allow nothing; returns how many there are. */
static size_t tell_idle_exceptions(const struct mutation_test *test, const char *path)
{
    size_t idle = 0;
    for (size_t i = 0; i < test->exceptions.count; i++) {
        if (test->exceptions.items[i].used)
            continue;
        tell("%s:%zu: no change survives that this line allows: %s", path, test->exceptions.items[i].line,
             test->exceptions.items[i].place);
        idle++;
    }
    return idle;
}

/* ---- The whole ---- */

/* Lists the changes of each named pack, and asserts that its examples pass as it stands. Returns false after
 * saying what is wrong. */
static bool prepare(struct mutation_test *test)
{
    test->packs = must_resize(NULL, test->files.named + 1, sizeof *test->packs);
    memset(test->packs, 0, (test->files.named + 1) * sizeof *test->packs);
    bool is_good = true;
    for (size_t i = 0; i < test->files.named; i++)
        is_good &= pack_choice_add(&test->packs[i].choice, &test->files, i);
    for (size_t i = 0; i < test->files.named && is_good; i++) {
        const struct pack_file *file = &test->files.items[i];
        const tuoyu_pack_text text = {file->path, strlen(file->path), file->text.bytes, file->text.length};
        tuoyu_diagnostics *diagnostics = must_have_diagnostics();
        test->packs[i].first = test->count;
        is_good =
            must_have_memory(tuoyu_pack_mutations(&text, &test->packs[i].mutations, diagnostics)) == TUOYU_OK;
        test->count += tuoyu_mutations_count(test->packs[i].mutations);
        print_findings(diagnostics);
        tuoyu_diagnostics_free(diagnostics);
    }
    for (size_t i = 0; i < test->files.named && is_good; i++) {
        struct replacement none = {i, test->files.items[i].text.bytes, test->files.items[i].text.length};
        is_good = try_text(test, &none) == FATE_SURVIVED;
        if (!is_good)
            tell(
                "%s: its worked examples must pass before anything is changed; tuoyu test says what is wrong",
                test->files.items[i].path);
    }
    return is_good;
}

static void free_test(struct mutation_test *test)
{
    for (size_t i = 0; test->packs && i < test->files.named; i++) {
        tuoyu_mutations_free(test->packs[i].mutations);
        pack_choice_free(&test->packs[i].choice);
    }
    free(test->packs);
    free(test->fates);
    free(test->reasons);
    mutation_exceptions_free(&test->exceptions);
    pack_files_free(&test->files);
}

/* Tries the changes and prints what came of them. Returns an exit status. */
static int run_test(struct mutation_test *test, const char *exceptions)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t threads = processors < 1 ? 1 : processors > THREADS_MOST ? THREADS_MOST : (size_t)processors;
    size_t survived = 0;
    test->fates = must_resize(NULL, test->count + 1, sizeof *test->fates);
    test->reasons = must_resize(NULL, test->count + 1, sizeof *test->reasons);
    memset(test->reasons, 0, (test->count + 1) * sizeof *test->reasons);
    if (test->count)
        try_all(test, threads);
    (test->is_json ? print_json : print_text)(test);
    for (size_t i = 0; i < test->count; i++)
        survived += test->fates[i] == FATE_SURVIVED;
    survived += exceptions ? tell_idle_exceptions(test, exceptions) : 0;
    return survived ? EXIT_FINDINGS : EXIT_CLEAN;
}

int test_by_mutation(const struct command_line *line)
{
    static const char *const FORMATS[] = {"text", "json", NULL};
    struct mutation_test test = {.packs = NULL};
    const char *exceptions = option_value(line, "except", NULL);
    const char *format = option_choice(line, "format", FORMATS);
    if (!format)
        return EXIT_USAGE;
    if (!line->arguments.count)
        return usage_error(line, "no PACK is named");
    test.is_json = strcmp(format, "json") == 0;
    int result = EXIT_USAGE;
    bool is_read = pack_files_read(&test.files, &line->arguments, option_values(line, "packs")) &&
                   (!exceptions || mutation_exceptions_read(&test.exceptions, exceptions));
    for (size_t i = 0; is_read && i < test.files.named; i++)
        is_read = test.files.items[i].id != NULL;
    if (is_read)
        result = prepare(&test) ? run_test(&test, exceptions) : EXIT_FINDINGS;
    free_test(&test);
    return result;
}
