// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/**
 * What became of records that came in: read = determined + undetermined + notApplicable + notInForce + error +
 * unreadable.
 *
 * @param read all that came in
 * @param determined with an answer, or known to be counted or not
 * @param undetermined facts or parameters are missing
 * @param notApplicable the rule's {@code when} is false
 * @param notInForce the rule is not in force on the day
 * @param error read, but with something wrong
 * @param unreadable no row at all: too short, a stray quote, not UTF-8
 */
public record Records(
        long read, long determined, long undetermined, long notApplicable, long notInForce, long error, long unreadable) {
    interface Counts {
        long of(int which);
    }

    static Records of(Counts counts) {
        return new Records(counts.of(0), counts.of(1), counts.of(2), counts.of(3), counts.of(4), counts.of(5),
                counts.of(6));
    }
}
