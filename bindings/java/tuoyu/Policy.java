// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import tuoyu.raw.SWIGTYPE_p_tuoyu_call;
import tuoyu.raw.SWIGTYPE_p_tuoyu_case;
import tuoyu.raw.SWIGTYPE_p_tuoyu_changes;
import tuoyu.raw.SWIGTYPE_p_tuoyu_packs;
import tuoyu.raw.SWIGTYPE_p_tuoyu_policy;
import tuoyu.raw.raw;

/** Packs, read and compiled. Immutable; threads may share it. */
public final class Policy extends Handle<SWIGTYPE_p_tuoyu_policy> {
    private Policy(SWIGTYPE_p_tuoyu_policy pointer) {
        super(pointer, raw::tuoyu_policy_unref);
    }

    /**
     * Reads, checks and compiles all packs at once.
     *
     * @param packs what errors call each text (a file name, say) to its YAML; all that {@code uses:} names must be there
     * @throws TuoyuException with all findings of all packs
     */
    public static Policy load(Map<String, String> packs) {
        return load(packs, "en", Map.of());
    }

    /**
     * As {@link #load(Map)}, with the findings said in a language.
     *
     * @param language "zh" or "en"
     */
    public static Policy load(Map<String, String> packs, String language) {
        return load(packs, language, Map.of());
    }

    /**
     * As {@link #load(Map)}, with limits of the load and of what is evaluated with the policy.
     *
     * @param limits by their names in C's {@code tuoyu_limits}, such as {@code Map.of("bytes", 1L << 20)}; what is not
     *     given, or 0, keeps its default
     */
    public static Policy load(Map<String, String> packs, Map<String, Long> limits) {
        return load(packs, "en", limits);
    }

    /**
     * As {@link #load(Map)}, with the findings said in a language, and with limits.
     *
     * @param packs what errors call each text (a file name, say) to its YAML; all that {@code uses:} names must be there
     * @param language "zh" or "en"
     * @param limits as {@link #load(Map, Map)}
     * @throws TuoyuException with all findings of all packs
     */
    public static Policy load(Map<String, String> packs, String language, Map<String, Long> limits) {
        Objects.requireNonNull(packs, "packs");
        Objects.requireNonNull(limits, "limits");
        boolean isChinese = Call.language(language).equals("zh");
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_packs texts = raw.call_packs_new();
        if (texts == null) {
            throw new OutOfMemoryError("tuoyu");
        }
        try {
            packs.forEach((name, text) -> {
                if (!raw.call_packs_add(texts, Call.bytes("a pack's name", name), Call.bytes(name, text))) {
                    throw new OutOfMemoryError("tuoyu");
                }
            });
            limits.forEach((name, most) -> {
                if (!raw.call_packs_limit(texts, Call.bytes("the name of a limit", name), most)) {
                    throw new IllegalArgumentException("limits: there is no limit " + name + ", or " + most + " is none");
                }
            });
            SWIGTYPE_p_tuoyu_policy policy = raw.call_policy_load(call.pointer, texts, isChinese);
            call.check();
            return new Policy(policy);
        } finally {
            raw.call_packs_free(texts);
        }
    }

    /**
     * A policy like this one, with some numbers changed, in order; this one stays as it is. A changed number is
     * {@link Standing#PROPOSED}, and so is each answer that rests on one; receipts tell the changes. Rules and cases of the
     * new policy are made anew. It takes tens of microseconds, whatever the size of the packs.
     *
     * @throws TuoyuException where there is no such parameter, or a value is not of its type
     */
    public Policy with(Change... changes) {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_changes list = raw.call_changes_new();
        if (list == null) {
            throw new OutOfMemoryError("tuoyu");
        }
        try {
            for (Change change : changes) {
                change.addTo(list);
            }
            SWIGTYPE_p_tuoyu_policy changed = use(policy -> raw.call_policy_with(call.pointer, policy, list));
            call.check();
            return new Policy(changed);
        } finally {
            raw.call_changes_free(list);
        }
    }

    /** Of the native library that runs. */
    public static String version() {
        NativeLibrary.load();
        return Call.text(raw.tuoyu_version());
    }

    public List<String> packIds() {
        return use(policy -> Answer.list(raw.tuoyu_policy_pack_count(policy), i -> Call.text(raw.tuoyu_policy_pack_id(policy, i))));
    }

    /** Full names, {@code pack.id:name}. */
    public List<String> rules() {
        return use(policy -> Answer.list(raw.tuoyu_policy_rule_count(policy), i -> Call.text(raw.tuoyu_policy_rule_name(policy, i))));
    }

    /** Names of facts to their types, in the order declared. */
    public Map<String, String> facts() {
        return use(policy -> {
            Map<String, String> facts = new LinkedHashMap<>();
            for (long i = 0; i < raw.tuoyu_policy_fact_count(policy); i++) {
                facts.put(Call.text(raw.tuoyu_policy_fact_name(policy, i)), Call.text(raw.tuoyu_policy_fact_type(policy, i)));
            }
            return facts;
        });
    }

    /**
     * What the policy has, as one JSON object, from which forms, documents and simulations are made: packs, parameters with
     * their dated values, facts with types and values, rules with the facts that each can ever need. The keys are those of
     * {@code tuoyu_policy_to_json()} in C.
     */
    public String listing() {
        Call call = Call.current();
        byte[] json = use(policy -> raw.call_policy_to_json(call.pointer, policy));
        call.check();
        return Call.text(json);
    }

    /** One way to find a rule of a kind by its name. */
    private interface Find<R> {
        R find(SWIGTYPE_p_tuoyu_call call, SWIGTYPE_p_tuoyu_policy policy, byte[] name);
    }

    private <R, T> T rule(String name, Find<R> find, BiFunction<R, SWIGTYPE_p_tuoyu_policy, T> wrap) {
        byte[] bytes = Call.bytes("name", name);
        Call call = Call.current();
        return use(policy -> {
            R found = find.find(call.pointer, policy, bytes);
            call.check();
            return wrap.apply(found, policy);
        });
    }

    /** By its name, or {@code pack.id:name} where several packs have one. */
    public Pricing pricing(String name) {
        return rule(name, raw::call_policy_pricing, Pricing::new);
    }

    public CostSharing costSharing(String name) {
        return rule(name, raw::call_policy_cost_sharing, CostSharing::new);
    }

    public Eligibility eligibility(String name) {
        return rule(name, raw::call_policy_eligibility, Eligibility::new);
    }

    public Indicator indicator(String name) {
        return rule(name, raw::call_policy_indicator, Indicator::new);
    }

    /** A case without facts. */
    public Case newCase() {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_case facts = use(policy -> raw.call_case_new(call.pointer, policy));
        call.check();
        return new Case(facts);
    }

    /** A case with these facts, as {@link Case#setAll}. */
    public Case newCase(Map<String, ?> facts) {
        Case made = newCase();
        try {
            return made.setAll(facts);
        } catch (RuntimeException failure) {
            made.close();
            throw failure;
        }
    }

    /** Runs the worked examples that the packs carry: full name, {@code pack.id:name}, to whether all came out as expected. */
    public Map<String, Boolean> runExamples() {
        Call call = Call.current();
        return use(policy -> {
            Map<String, Boolean> passed = new LinkedHashMap<>();
            for (long i = 0; i < raw.tuoyu_policy_example_count(policy); i++) {
                String pack = Call.text(raw.tuoyu_policy_example_pack(policy, i));
                String name = pack + ":" + Call.text(raw.tuoyu_policy_example_name(policy, i));
                passed.put(name, raw.call_policy_example_run(call.pointer, policy, i));
                call.check();
            }
            return passed;
        });
    }

    /** What the worked examples answer: full name, {@code pack.id:name}, to JSON, or to the status of the error that one ends with. */
    public Map<String, String> exampleAnswers() {
        Call call = Call.current();
        return use(policy -> {
            Map<String, String> answers = new LinkedHashMap<>();
            for (long i = 0; i < raw.tuoyu_policy_example_count(policy); i++) {
                String pack = Call.text(raw.tuoyu_policy_example_pack(policy, i));
                String name = pack + ":" + Call.text(raw.tuoyu_policy_example_name(policy, i));
                byte[] json = raw.call_policy_example_to_json(call.pointer, policy, i);
                try {
                    call.check();
                    answers.put(name, Call.text(json));
                } catch (TuoyuException error) {
                    answers.put(name, error.status());
                }
            }
            return answers;
        });
    }
}
