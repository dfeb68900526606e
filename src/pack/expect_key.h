/* SPDX-License-Identifier: Apache-2.0 */
/* What a worked example can expect of its answer. */
#ifndef TUOYU_PACK_EXPECT_KEY_H
#define TUOYU_PACK_EXPECT_KEY_H

/* Each entry says where its value is: in text, number, items, error or standing of
 * struct pack_expectation. */
enum expect_key {
    EXPECT_OUTCOME,  /* text: "determined" … */
    EXPECT_MISSING,  /* items: ids, the exact set */
    EXPECT_ERROR,    /* error */
    EXPECT_STANDING, /* standing */
    EXPECT_AMOUNT,   /* number; so are all below without a comment */
    EXPECT_COMPLIES, /* text: "true" or "false" */
    EXPECT_EXCESS,
    EXPECT_SHORTFALL,
    EXPECT_BINDING, /* text: id of a bound, or "none"; the next one too */
    EXPECT_BREAKS,
    EXPECT_STEPS, /* items: ids with values */
    EXPECT_WHOLE,
    EXPECT_SHARES,      /* items: ids with numbers, the exact set */
    EXPECT_SUBSIDIES,   /* items: ids with numbers, the exact set */
    EXPECT_INSTALMENTS, /* items: ids with numbers, the exact set */
    EXPECT_STATES,      /* items: ids with words */
    EXPECT_ENTITLED,
    EXPECT_CLAW_BACK,
    EXPECT_PAYABLE,
    EXPECT_PAYMENTS, /* items: ids of claims with numbers, the exact set */
    EXPECT_LEFT,
    EXPECT_UNPAID,
    EXPECT_OVERSPENT,
    EXPECT_DECISION,     /* text: "eligible" … */
    EXPECT_CRITERIA_MET, /* items: ids, at least these; the next two too */
    EXPECT_CRITERIA_UNMET,
    EXPECT_CRITERIA_UNKNOWN,
    EXPECT_EXCEPTION, /* text: an id, or "none" */
    EXPECT_DECIDING,  /* items: sets written as `a, b`, all of them; the next one too */
    EXPECT_TO_BECOME_ELIGIBLE,
    EXPECT_SCORE,       /* number */
    EXPECT_GRADE,       /* text: an id, or "none" */
    EXPECT_GRADES,      /* items: ids, the exact set */
    EXPECT_VALID_UNTIL, /* text: a date, or "none" */
    EXPECT_ADMITTED,    /* items: ids of cases, in order; the next three too */
    EXPECT_WAITING,
    EXPECT_PENDING,
    EXPECT_REFUSED,
    EXPECT_VALUE,
    EXPECT_TARGET,
    EXPECT_TARGET_MET, /* text: "true", "false" or "unknown" */
    EXPECT_DISTANCE,
    EXPECT_NUMERATOR,
    EXPECT_DENOMINATOR,
    EXPECT_LOWER,
    EXPECT_UPPER,
    EXPECT_UNKNOWN_ROWS
};

#endif
