// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/**
 * What an answer rests on.
 *
 * @param name of the parameter, table, definition or rule
 * @param text document and clause, or empty
 * @param english the same by the document's English title, if it has one
 * @param standing how well founded
 */
public record Citation(String name, String text, String english, Standing standing) {}
