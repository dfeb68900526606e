// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Owns one native handle. It is freed once, by {@link #close()} or by the collector, and never while a call on
 * it runs: calls are counted, and the last one to end frees what was closed meanwhile.
 */
abstract class Handle<P> implements AutoCloseable {
    private final State<P> state;
    private final Cleaner.Cleanable cleanable;

    Handle(P pointer, Consumer<? super P> free) {
        this.state = new State<>(Objects.requireNonNull(pointer, "a native handle"), free);
        this.cleanable = Call.CLEANER.register(this, state);
        NativeMemory.madeHandle();
    }

    /** What is freed; it knows nothing of the handle, so that the handle can be collected. */
    private static final class State<P> implements Runnable {
        /** Added to the number of calls once the handle is closed. */
        private static final int CLOSED = Integer.MIN_VALUE;

        private final P pointer;
        private final Consumer<? super P> free;
        private final AtomicInteger calls = new AtomicInteger();

        State(P pointer, Consumer<? super P> free) {
            this.pointer = pointer;
            this.free = free;
        }

        /** false: the handle is closed, and the call may not be made. */
        boolean begin() {
            int running = calls.get();
            while (running >= 0 && !calls.compareAndSet(running, running + 1)) {
                running = calls.get();
            }
            return running >= 0;
        }

        void end() {
            if (calls.decrementAndGet() == CLOSED) {
                free.accept(pointer);
            }
        }

        /** Closes; the first time, and where no call runs, it frees. */
        @Override
        public void run() {
            if (calls.getAndUpdate(running -> running | CLOSED) == 0) {
                free.accept(pointer);
            }
        }
    }

    /**
     * Runs a native call during which the handle cannot be freed.
     *
     * @throws IllegalStateException where the handle is closed
     */
    final <R> R use(Function<? super P, R> call) {
        if (!state.begin()) {
            throw new IllegalStateException("this " + getClass().getSimpleName() + " is closed");
        }
        try {
            return call.apply(state.pointer);
        } finally {
            state.end();
            Reference.reachabilityFence(this);
        }
    }

    /** Frees the native memory now, or when the calls that run have ended; closing again does nothing. */
    @Override
    public void close() {
        cleanable.clean();
    }
}
