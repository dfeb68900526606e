// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;

/**
 * What an item of a scorecard gives.
 *
 * @param id the item
 * @param text what the points are for
 * @param points null where facts are missing
 */
public record Points(String id, String text, BigDecimal points) {}
