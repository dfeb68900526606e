// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;
import java.util.List;

/**
 * What became of a claim against a budget.
 *
 * @param id as it was added
 * @param claimed what is due from the budget; null where it is not determined
 * @param paid what is paid of it; null where it is open or in error
 * @param state whether it is paid
 * @param status of one in error, such as "TUOYU_ERROR_SHARES"; else null
 * @param missing names of facts and parameters that an open one waits for
 * @param duplicates how many further records were added under its id
 * @param isFinal whether what is paid of it stays the same, however claims turn out that are open or in error
 * @param paidBefore what was paid in the payouts that this one follows on; null where nothing was
 * @param clawBack what was paid beyond what is due; null where nothing was
 */
public record Claim(String id, BigDecimal claimed, BigDecimal paid, State state, String status,
    List<String> missing, long duplicates, boolean isFinal, BigDecimal paidBefore, BigDecimal clawBack) {
    /** OPEN: facts are missing; UNPAID: the budget does not suffice; CLAW_BACK: more was paid before than is due. */
    public enum State { OPEN, PAID, IN_PART, UNPAID, NOT_DUE, ERROR, PAID_BEFORE, CLAW_BACK }
}
