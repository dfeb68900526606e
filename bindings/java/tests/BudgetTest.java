// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tuoyu.Budget;
import tuoyu.Claim;
import tuoyu.CostSharing;
import tuoyu.Outcome;
import tuoyu.Payout;
import tuoyu.Policy;
import tuoyu.TuoyuException;

/** Budgets and payouts from Java. */
class BudgetTest {
    private static Map<String, Object> claim(Object fee, LocalDate born) {
        return Map.of("child.fee", fee, "child.share", 50, "child.kind", "private", "child.birth_date", born);
    }

    @Test
    void aBudgetRunsOutAndTheRestIsListed() {
        try (Policy policy = Sample.load(); Budget budget = policy.costSharing("support").budget(Map.of(), Sample.DAY)) {
            budget.add("late", claim(6000, LocalDate.of(2023, 5, 1)));
            budget.add("𠮷", claim(6000, LocalDate.of(2022, 5, 1)));
            budget.add("open", Map.of("child.fee", 6000));
            TuoyuException caught = assertThrows(TuoyuException.class,
                () -> budget.add("late", claim(6000, LocalDate.of(2023, 5, 1))));
            assertEquals("TUOYU_ERROR_DUPLICATE", caught.status());
            try (Payout payout = budget.pay()) {
                assertEquals(Outcome.UNDETERMINED, payout.outcome());
                assertEquals("CNY/month", payout.unit());
                Sample.assertNumber("4000", payout.budget());
                Sample.assertNumber("4000", payout.paid());
                Sample.assertNumber("0", payout.left());
                Sample.assertNumber("2000", payout.unpaid());
                assertEquals(List.of("𠮷", "late", "open"), payout.claims().stream().map(Claim::id).toList());
                assertEquals(List.of(Claim.State.PAID, Claim.State.IN_PART, Claim.State.OPEN), payout.claims().stream().map(Claim::state).toList());
                Sample.assertNumber("1000", payout.claims().get(1).paid());
                assertEquals(null, payout.claims().get(2).paid());
                assertEquals(List.of("child.share", "child.kind"), payout.claims().get(2).missing());
                assertEquals(List.of(0L, 1L, 0L), payout.claims().stream().map(Claim::duplicates).toList());
                assertFalse(payout.claims().get(0).isFinal());
            }
            caught = assertThrows(TuoyuException.class, () -> policy.costSharing("shares").budget(Map.of(), Sample.DAY));
            assertEquals("TUOYU_ERROR_NOT_FOUND", caught.status());
        }
    }

    @Test
    void claimsOfOneIdArePaidOnceOrNotAtAll() {
        LocalDate born = LocalDate.of(2022, 5, 1);
        Map<String, Object> claim = claim(1000, born);
        List<Map.Entry<String, Map<String, Object>>> records = new ArrayList<>(List.of(
            Map.entry("same", claim), Map.entry("same", claim(new BigDecimal("1000.00"), born)),
            Map.entry("other", claim), Map.entry("other", claim(1, born)),
            Map.entry("torn", claim), Map.entry(" torn\u3000", claim("x", born)), Map.entry("alone", claim)));
        Set<String> mayBe = Set.of("TUOYU_ERROR_DUPLICATE", "TUOYU_ERROR_FACT_TYPE");
        try (Policy policy = Sample.load()) {
            for (int turn = 0; turn < 2; turn++) {
                Collections.reverse(records);
                try (Budget budget = policy.costSharing("support").budget(Map.of(), Sample.DAY)) {
                    for (Map.Entry<String, Map<String, Object>> record : records) {
                        try {
                            budget.add(record.getKey(), record.getValue());
                        } catch (TuoyuException exception) {
                            assertTrue(mayBe.contains(exception.status()));
                        }
                    }
                    try (Payout payout = budget.pay()) {
                        Sample.assertNumber("1000", payout.paid());
                        Sample.assertNumber("0", payout.overspent());
                        List<Claim> claims = payout.claims();
                        List<Claim> paid = claims.stream().filter(made -> made.paid() != null).toList();
                        assertEquals(List.of("alone", "same"), paid.stream().map(Claim::id).toList());
                        assertEquals(List.of(0L, 1L), paid.stream().map(Claim::duplicates).toList());
                        List<String> status = claims.stream().map(Claim::status).filter(Objects::nonNull).toList();
                        assertEquals(List.of("TUOYU_ERROR_DUPLICATE", "TUOYU_ERROR_DUPLICATE"), status);
                    }
                }
            }
        }
    }

    @Test
    void recordsThatAreNoClaimsStayOnThePayout() {
        Map<String, Object> claim = claim(1000, LocalDate.of(2022, 5, 1));
        try (Policy policy = Sample.load(); Budget budget = policy.costSharing("support").budget(Map.of(), Sample.DAY)) {
            budget.add("paid", claim);
            budget.add("torn", claim);
            budget.addUnreadable("");
            budget.addUnreadable("\u3000short ");
            TuoyuException caught = assertThrows(TuoyuException.class, () -> budget.addUnreadable("torn"));
            assertEquals("TUOYU_ERROR_DUPLICATE", caught.status());
            assertThrows(TuoyuException.class, () -> budget.addUnreadable("a\nb"));
            assertThrows(NullPointerException.class, () -> budget.addUnreadable(null));
            assertThrows(IllegalArgumentException.class, () -> budget.addUnreadable("\uD842"));
            try (Payout payout = budget.pay()) {
                assertEquals(Outcome.UNDETERMINED, payout.outcome());
                Sample.assertNumber("500", payout.paid());
                List<String> listed = payout.claims().stream().filter(made -> made.paid() == null)
                    .map(made -> made.id() + " " + made.status()).sorted().toList();
                assertEquals(List.of(" TUOYU_ERROR_SYNTAX", "short TUOYU_ERROR_SYNTAX", "torn TUOYU_ERROR_DUPLICATE"),
                    listed);
            }
        }
    }

    @Test
    void aPayoutFollowsOnTheOneBefore() {
        LocalDate later = Sample.DAY.plusMonths(1), born = LocalDate.of(2022, 5, 1);
        try (Policy policy = Sample.load(); CostSharing rule = policy.costSharing("support")) {
            String receipt;
            try (Budget budget = rule.budget(Map.of(), Sample.DAY)) {
                budget.add("a", claim(1000, born));
                budget.add("𠮷", claim(2000, born));
                try (Payout payout = budget.pay()) {
                    receipt = payout.receipt();
                    Sample.assertNumber("1500", payout.whole());
                    Sample.assertNumber("1500", payout.paid(Claim.State.PAID));
                    assertEquals(2, payout.count(Claim.State.PAID));
                }
            }
            try (Budget budget = rule.budget(Map.of(), later)) {
                budget.follow(receipt);
                budget.add("a", claim(3000, born));
                budget.add("𠮷", claim(1000, born));
                try (Payout payout = budget.pay()) {
                    Sample.assertNumber("1500", payout.used());
                    Sample.assertNumber("1000", payout.paid());
                    Sample.assertNumber("500", payout.clawBack());
                    Claim more = payout.claims().get(0), less = payout.claims().get(1);
                    assertEquals(List.of("a", "𠮷"), List.of(more.id(), less.id()));
                    Sample.assertNumber("500", more.paidBefore());
                    assertEquals(Claim.State.CLAW_BACK, less.state());
                    Sample.assertNumber("500", less.clawBack());
                    Sample.assertNumber("500", payout.claimed(Claim.State.CLAW_BACK));
                    BigDecimal shares = payout.payers().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
                    assertEquals(0, shares.compareTo(payout.whole()));
                }
                assertThrows(TuoyuException.class, () -> budget.follow(receipt));
            }
            try (Budget budget = rule.budget(Map.of(), Sample.DAY.minusDays(1))) {
                assertThrows(TuoyuException.class, () -> budget.follow(receipt));
                assertThrows(TuoyuException.class, () -> budget.follow(receipt.substring(1)));
                assertThrows(NullPointerException.class, () -> budget.follow(null));
                assertThrows(IllegalArgumentException.class, () -> budget.follow("\uD842"));
            }
        }
    }
}
