// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tuoyu.Change;
import tuoyu.Policy;
import tuoyu.Standing;
import tuoyu.Quote;
import tuoyu.TuoyuException;

/** Policies with some numbers changed, from Java. */
class ScenarioTest {
    @Test
    void scenarios() {
        String text = String.join("\n", "tuoyu: 1", "id: cn.test.small", "title: t", "authority: a", "in_force: 2020-01-01..",
            "sources: {law: {title: 通知}}", "facts: {c: {fee: {type: money, unit: CNY/month}}}",
            "parameters: {ceiling: {unit: CNY/month, cite: law 一, standing: cited, values: {2020-01-01: {value: 1000},"
                + " 2025-01-01: {value: 1300}}}}",
            "pricing: {price: {title: 价, unit: CNY/month, amount: ceiling, charged: c.fee, cite: law 一}}", "");
        LocalDate day = LocalDate.of(2025, 6, 1), before = LocalDate.of(2024, 6, 1);
        try (Policy policy = Policy.load(Map.of("small.yaml", text));
             Policy changed = policy.with(Change.add("ceiling", new BigDecimal("100")),
                 Change.scale("cn.test.small:ceiling", new BigDecimal("2")).from(LocalDate.of(2025, 3, 1)).because("试"))) {
            try (Quote now = policy.pricing("price").quote(Map.of(), day); Quote then = changed.pricing("price").quote(Map.of(), day);
                 Quote earlier = changed.pricing("price").quote(Map.of(), before)) {
                assertEquals(new BigDecimal("1300"), now.amount());
                assertEquals(new BigDecimal("2800"), then.amount());
                assertEquals(new BigDecimal("1100"), earlier.amount());
                assertEquals(Standing.PROPOSED, then.standing());
                assertTrue(then.receipt().contains("\"scale\":\"2\",\"from\":\"2025-03-01\",\"reason\":\"试\""), then.receipt());
            }
            try (Policy set = changed.with(Change.set("ceiling", "7.50")); Quote quote = set.pricing("price").quote(Map.of(), day)) {
                assertEquals(new BigDecimal("7.5"), quote.amount());
            }
            TuoyuException wrong = assertThrows(TuoyuException.class, () -> policy.with(Change.set("ceilin", "1")));
            assertTrue(wrong.getMessage().contains("ceiling"), wrong.getMessage());
            assertThrows(NullPointerException.class, () -> Change.set(null, "1"));
            assertTrue(changed.listing().contains("\"standing\":\"proposed\""), changed.listing());
        }
    }
}
