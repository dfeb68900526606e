// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/**
 * A case on a waiting list.
 *
 * @param id the caller's
 * @param state whether it is admitted
 * @param position from 1; 0 for those who have no place
 * @param reason why it stands where it stands
 */
public record WaitingEntry(String id, State state, long position, String reason) {
    /** WAITING: eligible, but the places are taken; PENDING: facts are missing; REFUSED: not eligible; ERROR: the case has one. */
    public enum State { ADMITTED, WAITING, PENDING, REFUSED, ERROR }
}
