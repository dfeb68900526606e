// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;

/**
 * One payer's share of a split.
 *
 * @param payer its id
 * @param label in Chinese
 * @param amount exact to the fen
 */
public record Line(String payer, String label, BigDecimal amount) {}
