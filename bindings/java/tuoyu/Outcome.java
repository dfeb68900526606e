// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/** Whether there is an answer. */
public enum Outcome {
    DETERMINED,
    /** Facts are missing or a parameter is unset: see {@link Answer#missing()}. */
    UNDETERMINED,
    /** The rule's condition is false for this case. */
    NOT_APPLICABLE;

    static Outcome of(int code) {
        return values()[code - 1];
    }
}
