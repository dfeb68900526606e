// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;

/**
 * A part of a split's whole that is paid at its own time.
 *
 * @param id the instalment
 * @param label in Chinese
 * @param amount exact to the fen; null where it is not determined
 * @param state whether it is payable by now
 */
public record Instalment(String id, String label, BigDecimal amount, State state) {
    /** OPEN: a fact that would say is missing. */
    public enum State { OPEN, DUE, LATER, FORFEITED }
}
