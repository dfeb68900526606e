// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import tuoyu.raw.raw;

/**
 * Keeps the native memory of handles that nobody closed within bounds. To the collector a handle is a small
 * object, so it would not run for the megabytes behind them. It is asked to run where native memory has doubled
 * since it was asked last, and is more than {@value #LEAST} bytes.
 */
final class NativeMemory {
    private static final long LEAST = 64L << 20;
    /** How long the caller waits for the cleaner to free what was collected: 10 times 10 ms at most. */
    private static final int ROUNDS = 10;
    private static final long ROUND_MILLISECONDS = 10;

    private static volatile long limit = LEAST;

    private NativeMemory() {}

    /** To be called when a handle was made. */
    static void madeHandle() {
        if (raw.call_held_bytes() > limit) {
            collect();
        }
    }

    /** The native bytes of all policies and of what was made of them. */
    static long heldBytes() {
        return raw.call_held_bytes();
    }

    private static synchronized void collect() {
        if (raw.call_held_bytes() <= limit) {
            return; // another thread was here
        }
        System.gc();
        for (int round = 0; round < ROUNDS && raw.call_held_bytes() > limit / 2; round++) {
            try {
                Thread.sleep(ROUND_MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        limit = Math.max(LEAST, 2 * raw.call_held_bytes());
    }
}
