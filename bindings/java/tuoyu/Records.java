// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/**
 * What became of records that came in: read = answered + missing + error + unreadable.
 *
 * @param read all that came in
 * @param answered with an answer that is determined, or for whom the rule does not apply
 * @param missing undetermined, because facts or parameters are missing
 * @param error read, but with something wrong
 * @param unreadable no row at all: too short, a stray quote, not UTF-8
 */
public record Records(long read, long answered, long missing, long error, long unreadable) {
    interface Counts {
        long of(int which);
    }

    static Records of(Counts counts) {
        return new Records(counts.of(0), counts.of(1), counts.of(2), counts.of(3), counts.of(4));
    }
}
