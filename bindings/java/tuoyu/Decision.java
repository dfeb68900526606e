// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/** Of a verdict and of each criterion (there: met, not met, unknown, does not apply). */
public enum Decision {
    ELIGIBLE, INELIGIBLE, UNDETERMINED, NOT_APPLICABLE;

    static Decision of(int code) {
        return values()[code - 1];
    }
}
