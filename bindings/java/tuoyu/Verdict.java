// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import tuoyu.raw.SWIGTYPE_p_tuoyu_call;
import tuoyu.raw.SWIGTYPE_p_tuoyu_verdict;
import tuoyu.raw.raw;
import tuoyu.raw.rawConstants;

/** Is it entitled, with the reasons. */
public final class Verdict extends Answer<SWIGTYPE_p_tuoyu_verdict> {
    Verdict(SWIGTYPE_p_tuoyu_verdict pointer) {
        super(pointer, raw::tuoyu_verdict_free, raw::tuoyu_verdict_answer);
    }

    public Decision decision() {
        return use(verdict -> Decision.of(raw.tuoyu_verdict_decision(verdict)));
    }

    /** The exception that decided; null where the criteria did. */
    public String exception() {
        return use(verdict -> Call.text(raw.tuoyu_verdict_exception(verdict)));
    }

    private static LocalDate day(byte[] text) {
        return text == null ? null : LocalDate.parse(Call.text(text));
    }

    /** The last day on which it holds; null where the rule gives none, or it is not known. */
    public LocalDate validUntil() {
        return use(verdict -> day(raw.call_verdict_valid_until(Call.current().pointer, verdict)));
    }

    /** The sum of a scorecard's points; null where there is none, or facts are missing. */
    public BigDecimal score() {
        return use(verdict -> Call.number(raw.call_verdict_score(Call.current().pointer, verdict)));
    }

    /** The least that the score can be, whatever the missing facts are; null where there is no bound. */
    public BigDecimal scoreLower() {
        return use(verdict -> Call.number(raw.call_verdict_score_lower(Call.current().pointer, verdict)));
    }

    /** The most that it can be, likewise. */
    public BigDecimal scoreUpper() {
        return use(verdict -> Call.number(raw.call_verdict_score_upper(Call.current().pointer, verdict)));
    }

    /** The items of the scorecard; language "zh" or "en". */
    public List<Points> points(String language) {
        String code = Call.language(language);
        return use(verdict -> list(raw.tuoyu_verdict_score_item_count(verdict), i -> new Points(
            Call.text(raw.tuoyu_verdict_score_item_id(verdict, i)), Call.text(raw.tuoyu_verdict_score_item_text(verdict, i, code)),
            Call.number(raw.call_verdict_score_item_points(Call.current().pointer, verdict, i)))));
    }

    /** The grades that are possible, the best first: one where it is decided. */
    public List<Grade> grades(String language) {
        String code = Call.language(language);
        return use(verdict -> list(raw.tuoyu_verdict_grade_count(verdict), i -> new Grade(
            Call.text(raw.tuoyu_verdict_grade_id(verdict, i)), Call.text(raw.tuoyu_verdict_grade_label(verdict, i, code)),
            Call.text(raw.tuoyu_verdict_grade_consequence(verdict, i, code)))));
    }

    /** The papers or visits of the rule's checklist, in the order written. */
    public List<ChecklistItem> checklist(String language) {
        String code = Call.language(language);
        SWIGTYPE_p_tuoyu_call call = Call.current().pointer;
        return use(verdict -> list(raw.tuoyu_verdict_checklist_count(verdict), i -> new ChecklistItem(
            Call.text(raw.tuoyu_verdict_checklist_id(verdict, i)), Call.text(raw.tuoyu_verdict_checklist_text(verdict, i, code)),
            ChecklistItem.State.values()[raw.tuoyu_verdict_checklist_state(verdict, i)],
            day(raw.call_verdict_checklist_day(call, verdict, i, rawConstants.CHECKLIST_DONE)),
            day(raw.call_verdict_checklist_day(call, verdict, i, rawConstants.CHECKLIST_FROM)),
            day(raw.call_verdict_checklist_day(call, verdict, i, rawConstants.CHECKLIST_DUE)))));
    }

    /** Where facts are missing: the smallest sets of them whose knowledge could decide. */
    public List<List<String>> deciding() {
        return use(verdict -> list(raw.tuoyu_verdict_deciding_count(verdict), set -> members(
            index -> Call.text(raw.tuoyu_verdict_deciding_fact(verdict, set, index)))));
    }

    /** Where the case is ineligible: the smallest sets of criteria whose change would make it eligible. */
    public List<List<String>> toBecomeEligible() {
        return use(verdict -> list(raw.tuoyu_verdict_change_count(verdict), set -> members(
            index -> Call.text(raw.tuoyu_verdict_change_criterion(verdict, set, index)))));
    }

    private static List<String> members(LongFunction<String> member) {
        List<String> members = new ArrayList<>();
        for (String next = member.apply(0); next != null; next = member.apply(members.size())) {
            members.add(next);
        }
        return List.copyOf(members);
    }

    /** The criteria in the order written; language "zh" or "en". */
    public List<Reason> reasons(String language) {
        String code = Call.language(language);
        return use(verdict -> list(raw.tuoyu_verdict_reason_count(verdict), i -> new Reason(
            Call.text(raw.tuoyu_verdict_reason_id(verdict, i)), Decision.of(raw.tuoyu_verdict_reason_decision(verdict, i)),
            Call.text(raw.tuoyu_verdict_reason_text(verdict, i, code)),
            Call.text(raw.tuoyu_verdict_reason_citation(verdict, i)))));
    }
}
