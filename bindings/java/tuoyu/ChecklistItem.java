// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.time.LocalDate;

/**
 * A paper to hand in, a visit to make. A day is null where there is none, or it is not known.
 *
 * @param id the item
 * @param text what is to be done
 * @param state whether it is done
 * @param done the day it was done
 * @param from the first day on which it is to be done
 * @param due the last day
 */
public record ChecklistItem(String id, String text, State state, LocalDate done, LocalDate from, LocalDate due) {
    /** OPEN: a fact that would say is missing. */
    public enum State { OPEN, DONE, DUE, OVERDUE, NOT_YET, NOT_APPLICABLE }
}
