// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/** How well founded a number is; the weakest marks the whole answer. */
public enum Provenance {
    CITED, DERIVED, DRAFT, ASSUMED;

    static Provenance of(int code) {
        return values()[code - 1];
    }
}
