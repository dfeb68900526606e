// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/** Whether there is an answer. */
public enum Outcome {
    DETERMINED,
    /** Facts are missing or a parameter is unset: see {@link Answer#missing()}. */
    UNDETERMINED,
    /** The rule's condition is false for this case. */
    NOT_APPLICABLE,
    /** The rule is not in force on the day. */
    NOT_IN_FORCE;

    private static final int NOT_IN_FORCE_CODE = 5;

    static Outcome of(int code) {
        return code == NOT_IN_FORCE_CODE ? NOT_IN_FORCE : values()[code - 1];
    }
}
