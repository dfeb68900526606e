// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/** Who an explanation is for. */
public enum Reader {
    /** At most 12 lines of plain words. */
    PARENT,
    /** The result. */
    OFFICIAL,
    /** Every step with its numbers and the clause behind it. */
    ENGINEER
}
