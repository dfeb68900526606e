// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import tuoyu.raw.SWIGTYPE_p_tuoyu_answer;
import tuoyu.raw.SWIGTYPE_p_tuoyu_call;
import tuoyu.raw.raw;

/** What all answers have. Immutable; threads may share it. A language is "zh" or "en". */
public abstract class Answer<P> extends Handle<P> {
    private final Function<P, SWIGTYPE_p_tuoyu_answer> shared;

    Answer(P pointer, Consumer<P> free, Function<P, SWIGTYPE_p_tuoyu_answer> shared) {
        super(pointer, free);
        this.shared = shared;
    }

    private <R> R ask(Function<SWIGTYPE_p_tuoyu_answer, R> question) {
        return use(pointer -> question.apply(shared.apply(pointer)));
    }

    static <R> List<R> list(long count, LongFunction<R> item) {
        List<R> items = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            items.add(item.apply(i));
        }
        return List.copyOf(items);
    }

    public Outcome outcome() {
        return ask(answer -> Outcome.of(raw.tuoyu_answer_outcome(answer)));
    }

    /** The weakest standing of all that the answer rests on. */
    public Standing standing() {
        return ask(answer -> Standing.of(raw.tuoyu_answer_standing(answer)));
    }

    /** Facts to ask for and parameters that are unset; empty where the answer is determined. */
    public List<Missing> missing() {
        return ask(answer -> list(raw.tuoyu_answer_missing_count(answer), i -> new Missing(
            Call.text(raw.tuoyu_answer_missing_name(answer, i)),
            Call.text(raw.tuoyu_status_name(raw.tuoyu_answer_missing_code(answer, i))),
            Call.text(raw.tuoyu_answer_missing_label(answer, i, "zh")),
            Call.text(raw.tuoyu_answer_missing_held_by(answer, i, "zh")))));
    }

    /** Where and until when one can object, as the rule or its pack says it; empty where neither does. */
    public String objection(String language) {
        String code = Call.language(language);
        return ask(answer -> Call.text(raw.tuoyu_answer_objection(answer, code)));
    }

    /** The law and the numbers the answer rests on, in order of use. */
    public List<Citation> citations() {
        return ask(answer -> list(raw.tuoyu_answer_citation_count(answer), i -> new Citation(
            Call.text(raw.tuoyu_answer_citation_name(answer, i)), Call.text(raw.tuoyu_answer_citation_text(answer, i)),
            Call.text(raw.tuoyu_answer_citation_text_in(answer, i, "en")),
            Standing.of(raw.tuoyu_answer_citation_standing(answer, i)))));
    }

    private String text(BiFunction<SWIGTYPE_p_tuoyu_call, SWIGTYPE_p_tuoyu_answer, byte[]> write) {
        Call call = Call.current();
        String text = ask(answer -> Call.text(write.apply(call.pointer, answer)));
        call.check();
        return text;
    }

    /** The answer as one JSON object, the same in every language. */
    public String toJson() {
        return text(raw::call_answer_to_json);
    }

    /** The explanation as a tree of JSON: the rule on top, below each node's `children` what it was computed from. */
    public String explanation() {
        return text(raw::call_answer_explain_json);
    }

    /** One line of JSON from which `tuoyu replay` repeats the decision; keep it as it is, to the byte. */
    public String receipt() {
        return text(raw::call_answer_to_receipt);
    }

    /** For a person; explain adds every step with its numbers and the clause behind it. */
    public String toText(String language, boolean explain) {
        byte[] code = Call.bytes("language", Call.language(language));
        return text((call, answer) -> raw.call_answer_to_text(call, answer, code, explain));
    }

    /** {@link #toText} with explanation. */
    public String explain(String language) {
        return toText(language, true);
    }

    /** The answer in the words of its reader. language: "zh" or "en". */
    public String explain(String language, Reader reader) {
        byte[] code = Call.bytes("language", Call.language(language));
        int number = Objects.requireNonNull(reader, "reader").ordinal() + 1;
        return text((call, answer) -> raw.call_answer_explain_for(call, answer, number, code));
    }
}
