// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Owns one native handle; it is freed once, by {@link #close()} or by the collector, and never while a call on it runs:
 * calls are counted, and the last one to end frees what was closed meanwhile.
 */
abstract class Handle<P> implements AutoCloseable {
    private final State<P> state;
    private final Cleaner.Cleanable cleanable;

    Handle(P pointer, Consumer<P> free) {
        this.state = new State<>(pointer, free);
        this.cleanable = Call.CLEANER.register(this, state);
    }

    /** What is freed; knows nothing of the handle, so that the handle can be collected. */
    private static final class State<P> implements Runnable {
        private final P pointer;
        private final Consumer<P> free;
        private int calls;
        private boolean closed;

        State(P pointer, Consumer<P> free) {
            this.pointer = pointer;
            this.free = free;
        }

        synchronized boolean begin() {
            if (closed) {
                return false;
            }
            calls++;
            return true;
        }

        synchronized void end() {
            calls--;
            if (closed && calls == 0) {
                free.accept(pointer);
            }
        }

        @Override
        public synchronized void run() {
            boolean first = !closed;
            closed = true;
            if (first && calls == 0) {
                free.accept(pointer);
            }
        }
    }

    /** Runs a native call during which the handle cannot be freed. */
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
