// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/** How well founded a number is; the weakest marks the whole answer. */
public enum Standing {
    CITED, DERIVED, DRAFT, ASSUMED,
    /** Somebody proposes it in place of the number that holds: see {@link Policy#with}. */
    PROPOSED;

    static Standing of(int code) {
        return values()[code - 1];
    }
}
