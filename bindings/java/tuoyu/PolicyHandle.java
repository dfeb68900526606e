// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tuoyu.raw.SWIGTYPE_p_tuoyu_call;
import tuoyu.raw.SWIGTYPE_p_tuoyu_case;
import tuoyu.raw.SWIGTYPE_p_tuoyu_policy;
import tuoyu.raw.raw;

/**
 * A handle of something made of a policy that takes facts. The native object keeps the native policy alive, so
 * it goes on when the Policy is closed, whichever way facts are given to it.
 */
abstract class PolicyHandle<P> extends Handle<P> {
    /** Valid while a call on this handle runs. */
    final SWIGTYPE_p_tuoyu_policy policy;

    PolicyHandle(P pointer, Consumer<? super P> free, SWIGTYPE_p_tuoyu_policy policy) {
        super(pointer, free);
        this.policy = policy;
    }

    /** A native call that reports to the call object. */
    interface Report<P, R> {
        R run(SWIGTYPE_p_tuoyu_call call, P pointer);
    }

    /** The same with the facts of a case. */
    interface FactsReport<P, R> {
        R run(SWIGTYPE_p_tuoyu_call call, P pointer, SWIGTYPE_p_tuoyu_case facts);
    }

    /** Runs a native call and throws what it reports. */
    final <R> R ask(Report<P, R> report) {
        Call call = Call.current();
        R answer = use(pointer -> report.run(call.pointer, pointer));
        call.check();
        return answer;
    }

    final <R> R ask(Case facts, FactsReport<P, R> report) {
        Objects.requireNonNull(facts, "facts");
        return ask((call, pointer) -> facts.useAlone(given -> report.run(call, pointer, given)));
    }

    /** With facts that nobody keeps: the native case is gone when the call has ended. */
    final <R> R ask(Map<String, ?> facts, FactsReport<P, R> report) {
        return ask(facts, report, (pointer, exception) -> { });
    }

    /** As above; refused hears of facts that cannot be read before their exception is thrown. */
    final <R> R ask(Map<String, ?> facts, FactsReport<P, R> report, BiConsumer<P, TuoyuException> refused) {
        Call call = Call.current();
        return use(pointer -> {
            SWIGTYPE_p_tuoyu_case made = raw.call_case_new(call.pointer, policy);
            call.check();
            try {
                setAll(call, pointer, made, facts, refused);
                R answer = report.run(call.pointer, pointer, made);
                call.check();
                return answer;
            } finally {
                raw.tuoyu_case_free(made);
            }
        });
    }

    private void setAll(Call call, P pointer, SWIGTYPE_p_tuoyu_case made, Map<String, ?> facts,
                        BiConsumer<P, TuoyuException> refused) {
        try {
            Facts.each(facts, setter -> setter.set(call, made));
        } catch (TuoyuException exception) {
            refused.accept(pointer, exception);
            throw exception;
        }
    }
}
