// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/**
 * What an entity promises of its records ({@code require} of a pack), and what became of it.
 *
 * @param name such as institution.places_hold
 * @param because what it says in words, in Chinese where the pack has that; empty: it has none
 * @param becauseEn the same in English
 * @param expression the same as the pack writes it
 * @param citation the clause that lays it down; empty: none is cited
 * @param broken how many records break it, which are in error
 * @param unknown of how many that cannot be told, because facts are missing
 */
public record Promise(
        String name, String because, String becauseEn, String expression, String citation, long broken, long unknown) {}
