/* SPDX-License-Identifier: Apache-2.0 */
/* The description of the format as the reference page that stands in src/pack/README.md. */
#ifndef TUOYU_TESTS_SCHEMA_PAGE_H
#define TUOYU_TESTS_SCHEMA_PAGE_H

#include "base/text.h"

void schema_page(struct text_builder *builder);

#endif
