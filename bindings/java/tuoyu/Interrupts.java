// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Ending long work from outside. Each long call (loads, evaluations, worked examples, payouts, the ordering of waiting
 * lists) asks about every 50 ms whether its thread was interrupted, and ends then with a {@link TuoyuException} of status
 * {@code TUOYU_ERROR_CANCELLED}; the thread stays interrupted.
 */
public final class Interrupts {
    private static final ThreadLocal<BooleanSupplier> CANCEL = new ThreadLocal<>();

    private Interrupts() {
    }

    /**
     * Does work whose long calls on this thread ask {@code cancel}, too, and end where it answers with true. What it
     * throws ends the call and is thrown by it.
     */
    public static <T> T cancelledBy(BooleanSupplier cancel, Supplier<T> work) {
        Objects.requireNonNull(cancel, "cancel");
        BooleanSupplier before = CANCEL.get();
        CANCEL.set(cancel);
        try {
            return work.get();
        } finally {
            if (before == null) {
                CANCEL.remove();
            } else {
                CANCEL.set(before);
            }
        }
    }

    /** Called by the native library on the thread that works. */
    static boolean isWanted() {
        BooleanSupplier cancel = CANCEL.get();
        return Thread.currentThread().isInterrupted() || (cancel != null && cancel.getAsBoolean());
    }
}
