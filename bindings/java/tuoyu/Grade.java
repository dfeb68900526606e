// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/**
 * A grade of a scorecard.
 *
 * @param id the grade
 * @param label what people call it, or empty
 * @param consequence what follows from it, or empty
 */
public record Grade(String id, String label, String consequence) {}
