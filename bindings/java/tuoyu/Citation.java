// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/**
 * What an answer rests on.
 *
 * @param name of the parameter, table, definition or rule
 * @param text document and clause, or empty
 * @param status how well founded
 */
public record Citation(String name, String text, Provenance status) {}
