/* SPDX-License-Identifier: Apache-2.0 */
/* Reports what libyaml found wrong in words that the writer of a pack can act on. */
#ifndef TUOYU_PACK_YAML_ERROR_H
#define TUOYU_PACK_YAML_ERROR_H

#include <yaml.h>

#include "pack/yaml_text.h"

/* Whether the parser stopped at half of a surrogate pair, which JSON allows. */
bool yaml_error_is_surrogate(const yaml_parser_t *parser);
/* Reports the parser's error. Returns TUOYU_ERROR_SYNTAX, TUOYU_ERROR_ENCODING or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status yaml_error_report(const yaml_parser_t *parser, struct yaml_text *text,
                               tuoyu_diagnostics *diagnostics);

#endif
