/* SPDX-License-Identifier: Apache-2.0 */
/* The sections of a pack that hold rules, one for each kind of rule, in the order in which they are read.
 *
 * X(key, TYPE, question)
 *
 * TYPE: the type of the section in the schema, which stands in a schema_ file. reader_key() reads the
 * section, and stands in a reader_ file. question: the line of the reference. */
#ifndef TUOYU_PACK_RULE_SECTIONS_H
#define TUOYU_PACK_RULE_SECTIONS_H

#define RULE_SECTIONS(X)                                                            \
    X(pricing, SCHEMA_PRICING_RULES, "rules: what may be charged?"),                \
        X(cost_sharing, SCHEMA_COST_SHARING_RULES, "rules: who pays what?"),        \
        X(eligibility, SCHEMA_ELIGIBILITY_RULES, "rules: may it, is it entitled?"), \
        X(indicators, SCHEMA_INDICATORS, "rules: are we there?")

#endif
