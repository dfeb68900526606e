/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu schema`: prints the JSON Schema of a pack. */
#include <stdio.h>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/exit_status.h"

static const char HELP[] = "usage: tuoyu schema\n\n"
                           "Prints the JSON Schema (draft-07) of a pack, for editors that check YAML.\n";

/* Runs `tuoyu schema` with its arguments, argv[0] being the command; returns the exit code. */
int schema_command(int argc, char **argv)
{
    struct option options[] = {{.name = NULL}};
    struct command_line line = {.command = "schema", .help = HELP, .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    if (line.arguments.count) {
        result = usage_error(&line, "takes no argument");
    } else {
        tuoyu_text *schema = NULL;
        must_have_memory(tuoyu_pack_schema(&schema));
        size_t length = tuoyu_text_length(schema);
        fwrite(tuoyu_text_bytes(schema), 1, length, stdout);
        if (!length || tuoyu_text_bytes(schema)[length - 1] != '\n')
            putchar('\n');
        tuoyu_text_free(schema);
        result = EXIT_CLEAN;
    }
    command_line_free(&line);
    return result;
}
