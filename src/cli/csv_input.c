/* SPDX-License-Identifier: Apache-2.0 */
/* Opens a CSV file in the encoding and with the separator of the command line, or in the encoding found. */
#include "cli/csv_input.h"

/* Tells the encoding, once it is known not to be UTF-8. That of a pipe may be known in the end only. */
static void tell_encoding(struct csv_input *input)
{
    enum text_encoding encoding = csv_source_encoding(input->source);
    if (input->is_told || encoding == ENCODING_UTF8)
        return;
    intake_tell_file(input->intake, input->path, encoding_name(encoding), "encoding");
    input->is_told = true;
}

bool csv_input_open(struct csv_input *input, FILE *stream, const char *path, struct intake *intake)
{
    *input = (struct csv_input){.path = path, .intake = intake};
    input->source = csv_source_open(stream, path, intake->has_encoding ? &intake->encoding : NULL);
    if (!input->source)
        return false;
    intake_begin_file(intake, path);
    tell_encoding(input);
    input->reader = csv_reader_open(input->source, ',');
    if (!intake->is_strict)
        csv_reader_pass_over_empty(input->reader);
    if (intake->separator)
        csv_reader_restart(input->reader, intake->separator);
    return true;
}

void csv_input_close(struct csv_input *input)
{
    tell_encoding(input);
    csv_reader_close(input->reader);
    csv_source_close(input->source);
    *input = (struct csv_input){.source = NULL};
}
