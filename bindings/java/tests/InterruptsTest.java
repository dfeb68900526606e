// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tuoyu.Interrupts;
import tuoyu.Policy;
import tuoyu.TuoyuException;

/** Long calls end when their thread is interrupted, or as the caller says. Each here would take days. */
class InterruptsTest {
    private static final LocalDate DAY = LocalDate.of(2025, 1, 1);
    private static final Map<String, Object> FEE = Map.of("child.fee", new BigDecimal("7"));
    private static final String PACK = String.join("\n", "tuoyu: 1", "id: test.long", "title: T", "in_force: 2024-01-01..",
        "sources: {s: {title: S}}",
        "facts: {child: {fee: {type: money, unit: CNY}, n: {type: integer, range: '[0..90000]'}}, fund: {year: {type: money, unit: CNY}}}",
        "definitions: {long: 'if some i in 1..100000000000 satisfies i < 0 then 1 else 0'}",
        "pricing:",
        "  price: {title: T, unit: CNY, cite: s 1, steps: [{id: a, formula: child.fee + long}]}",
        "  items: {title: T, unit: CNY, cite: s 1, steps: [{id: a, formula: 'count(for i in 1..child.n return {a: i})'}]}",
        "cost_sharing:",
        "  grant: {title: T, unit: CNY, cite: s 1, of: child.fee + long, payers: [{id: city, rate: 1}]}",
        "eligibility:",
        "  place: {title: T, cite: s 1, all: [{id: a, when: long >= 0}]}",
        "examples:",
        "  - {name: e, rule: price, as_of: 2025-01-01, given: {child.fee: 7}, expect: {amount: 7}}", "");

    private static Policy load() {
        return Policy.load(Map.of("long.yaml", PACK), Map.of("steps", 1L << 62));
    }

    private static List<Supplier<Object>> works(Policy policy) {
        return List.of(() -> policy.pricing("price").quote(FEE, DAY), () -> policy.costSharing("grant").split(FEE, DAY),
            () -> policy.eligibility("place").verdict(FEE, DAY), policy::runExamples);
    }

    @Test
    void theCallerSaysWhenToEnd() {
        try (Policy policy = load()) {
            for (Supplier<Object> work : works(policy)) {
                AtomicInteger asked = new AtomicInteger();
                TuoyuException failure = assertThrows(TuoyuException.class,
                    () -> Interrupts.cancelledBy(() -> asked.incrementAndGet() == 3, work));
                assertEquals("TUOYU_ERROR_CANCELLED", failure.status());
                assertEquals(3, asked.get());
            }
        }
    }

    @Test
    void anInterruptedThreadEndsAndStaysInterrupted() {
        try (Policy policy = load()) {
            for (Supplier<Object> work : works(policy)) {
                Thread.currentThread().interrupt();
                TuoyuException failure = assertThrows(TuoyuException.class, work::get);
                assertEquals("TUOYU_ERROR_CANCELLED", failure.status());
                assertTrue(Thread.interrupted());
            }
        }
    }

    @Test
    void whatTheSupplierThrowsComesThrough() {
        try (Policy policy = load()) {
            for (Supplier<Object> work : works(policy)) {
                assertThrows(UnsupportedOperationException.class, () -> Interrupts.cancelledBy(() -> {
                    throw new UnsupportedOperationException("mine");
                }, work));
            }
        }
    }

    @Test
    void blocksNestAndEnd() {
        try (Policy policy = load()) {
            Supplier<Object> work = works(policy).get(0);
            AtomicInteger outer = new AtomicInteger();
            assertThrows(TuoyuException.class, () -> Interrupts.cancelledBy(() -> outer.incrementAndGet() > 1, () -> {
                assertThrows(TuoyuException.class, () -> Interrupts.cancelledBy(() -> true, work));
                assertEquals(0, outer.get());
                return work.get();
            }));
            assertEquals(2, outer.get());
        }
    }

    @Test
    void limitsAreTaken() {
        for (String name : List.of("bytes", "steps", "list_items")) {
            try (Policy policy = Policy.load(Map.of("long.yaml", PACK), Map.of(name, 20_000L))) {
                policy.pricing("items").quote(Map.of("child.n", 10), DAY).close();
                TuoyuException failure =
                    assertThrows(TuoyuException.class, () -> policy.pricing("items").quote(Map.of("child.n", 50_000), DAY));
                assertEquals("TUOYU_ERROR_LIMIT", failure.status());
                assertTrue(failure.getMessage().contains("20000"), failure.getMessage());
            }
        }
        assertThrows(IllegalArgumentException.class, () -> Policy.load(Map.of("long.yaml", PACK), Map.of("byte", 1L)));
        assertThrows(IllegalArgumentException.class, () -> Policy.load(Map.of("long.yaml", PACK), Map.of("bytes", -1L)));
    }
}
