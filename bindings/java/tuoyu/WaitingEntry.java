// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.List;

/**
 * A case on a waiting list.
 *
 * @param id the caller's
 * @param state whether it is admitted
 * @param position from 1; 0 for those who have no place
 * @param reason why it stands where it stands
 * @param admission whether it is admitted in view of the open entries
 * @param hangsOnCount how many open entries may come before an admitted one and cost it its place
 * @param hangsOn the ids of the first twenty of these
 */
public record WaitingEntry(String id, State state, long position, String reason, Admission admission, long hangsOnCount,
    List<String> hangsOn) {
    /** Whether an entry is admitted in every way that the open ones could turn out, in some, or in none. */
    public enum Admission { CERTAIN, POSSIBLE, NONE }

    /** WAITING: eligible, but the places are taken; PENDING: facts are missing; REFUSED: not eligible; ERROR: the case has one. */
    public enum State { ADMITTED, WAITING, PENDING, REFUSED, ERROR }
}
