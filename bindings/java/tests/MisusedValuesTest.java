// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tuoyu.Budget;
import tuoyu.Policy;
import tuoyu.Quote;
import tuoyu.Split;
import tuoyu.Tally;
import tuoyu.TuoyuException;
import tuoyu.Verdict;

/** The misuses of {@link MisuseTest}'s list that are values: texts, facts, days, languages, indices. */
class MisusedValuesTest extends Misuse {
    // ---- Texts ----

    @Test
    void textHalfSurrogate() {
        try (Sample sample = new Sample()) {
            String pack = Sample.pack();
            List<Executable> calls = new ArrayList<>(List.of(() -> Policy.load(Map.of(HALF, pack)),
                () -> Policy.load(Map.of("a", pack.replace("试点", HALF))), () -> sample.policy.pricing(HALF),
                () -> sample.policy.costSharing(HALF), () -> sample.policy.eligibility(HALF),
                () -> sample.policy.indicator(HALF), () -> sample.facts.set(HALF, 1),
                () -> sample.facts.set("child.name", HALF), () -> sample.facts.set("child.name", "\uDC00甲"),
                () -> sample.facts.set("child.name", "\uD842\uD842\uDFB7"), () -> sample.facts.setNone(HALF),
                () -> sample.facts.read(HALF, "{}"),
                () -> sample.facts.read("facts", "child: {name: " + HALF + "}"),
                () -> sample.policy.newCase(with("child.name", new StringBuilder(HALF))),
                () -> sample.budget.add(HALF, CHILD), () -> sample.budget.add(HALF, sample.facts),
                () -> sample.waitingList.add(HALF, CHILD), () -> sample.waitingList.add(HALF, sample.facts),
                () -> sample.tally.add(HALF, STAFF), () -> sample.tally.add(HALF, sample.row),
                () -> sample.tally.regions(HALF), () -> sample.tally.measure("subdistrict", HALF),
                () -> sample.tally.measure(HALF, "小港街道")));
            sample.askedWithMap().forEach(ask -> calls.add(() -> ask.ask(with("child.name", HALF))));
            sample.addedAsMap().forEach(ask -> calls.add(() -> ask.ask(with("child.name", HALF))));
            sample.askedWithMap().forEach(ask -> calls.add(() -> ask.ask(with("child", with(HALF, 1)))));
            for (Executable call : calls) {
                IllegalArgumentException caught = assertThrows(IllegalArgumentException.class, call);
                assertTrue(caught.getMessage().contains("half of a surrogate pair"), caught.getMessage());
            }
            assertEquals(List.of(), sample.budget.pay().claims());
            assertEquals(List.of(), sample.waitingList.entries("zh"));
        }
    }

    @Test
    void textOutsideBmp() {
        String pack = Sample.pack().replace("ceiling", "上限𠮷").replace("private]", "𠮷办]").replace("试点", "𠮷镇");
        try (Policy policy = Policy.load(Map.of("𠮷.yaml", pack));
             Quote quote = policy.pricing("上限𠮷")
                 .quote(Map.of("child.fee", 5, "child.kind", "𠮷办", "child.name", "𠮷"), DAY)) {
            assertTrue(policy.rules().contains("test.city:上限𠮷"));
            assertTrue(quote.toJson().contains("上限𠮷"));
            assertTrue(quote.receipt().contains("\"child.kind\":\"𠮷办\",\"child.name\":\"𠮷\""),
                quote.receipt());
            TuoyuException caught = assertThrows(TuoyuException.class,
                () -> Policy.load(Map.of("𠮷.yaml", "𠮷: 1")));
            assertEquals("𠮷.yaml", caught.source());
            try (Budget budget = policy.costSharing("support").budget(Map.of(), DAY);
                 Tally tally = policy.indicator("certified_rate").tally(DAY)) {
                budget.add("𠮷", CHILD.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals("child.kind"))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
                assertEquals("𠮷", budget.pay().claims().get(0).id());
                tally.add("staff", Map.of("certified", true, "subdistrict", "𠮷"));
                assertEquals(List.of("𠮷"), tally.regions("subdistrict"));
            }
        }
    }

    @Test
    void textHuge() {
        String huge = "甲".repeat(700_000); // 2.1 MB of UTF-8
        try (Sample sample = new Sample()) {
            assertError("LIMIT", "1048576",
                () -> Policy.load(Map.of("huge.yaml", Sample.pack() + "# " + huge)));
            assertError("LIMIT", "1048576", () -> sample.facts.read("facts", "child: {name: " + huge + "}"));
            assertError("LIMIT", "65536", () -> sample.facts.set("child.name", huge));
            assertError("LIMIT", "65536", () -> sample.policy.newCase(Map.of("child.name", huge)));
            sample.askedWithMap().forEach(ask ->
                assertError("LIMIT", "65536", () -> ask.ask(with("child.name", huge))));
            assertThrows(TuoyuException.class, () -> sample.facts.set(huge, 1));
            assertThrows(TuoyuException.class, () -> sample.policy.pricing(huge));
            assertThrows(TuoyuException.class, () -> sample.facts.set("child.fee", huge));
            assertThrows(TuoyuException.class, () -> sample.facts.set("child.kind", huge));
            assertThrows(TuoyuException.class, () -> sample.tally.measure("subdistrict", huge));
            sample.facts.set("child.name", "甲".repeat(21_845)); // 65 535 bytes
            assertTrue(sample.pricing.quote(sample.facts, DAY).receipt().length() > 21_845);
        }
    }

    // ---- Facts ----

    @Test
    void factUnknown() {
        try (Sample sample = new Sample()) {
            Map<String, Object> facts = with("child.fe", 1), inner = with("child", Map.of("fe", 1));
            for (Map<String, Object> given : List.of(facts, inner)) {
                assertError("FACT_UNKNOWN", "did you mean child.fee", () -> sample.policy.newCase(given));
                sample.askedWithMap().forEach(ask ->
                    assertError("FACT_UNKNOWN", "did you mean child.fee", () -> ask.ask(given)));
            }
            assertError("FACT_UNKNOWN", "child.fe", () -> sample.facts.set("child.fe", 1));
            assertError("FACT_UNKNOWN", "child.fee", () -> sample.facts.read("facts", "child: {fe: 1}"));
            assertError("FACT_UNKNOWN", "staff.certifid",
                () -> sample.tally.add("staff", Map.of("certifid", true)));
        }
    }

    private static final List<String> TYPES =
        List.of("boolean", "integer", "number", "money", "percent", "date", "string", "enum");

    private static String packOfAllTypes() {
        return "tuoyu: 1\nid: cn.types\ntitle: 类\nauthority: 甲\nin_force: 2020-01-01..\nfacts:\n  f:\n"
            + "    boolean: {type: boolean}\n"
            + "    integer: {type: integer}\n    number: {type: number}\n"
            + "    money: {type: money, unit: CNY}\n"
            + "    percent: {type: percent}\n    date: {type: date}\n    string: {type: string}\n"
            + "    enum: {type: enum, values: [own, MONDAY]}\n"
            + "pricing: {p: {title: 价, unit: CNY, steps: [{id: a, formula: 1, unit: CNY}]}}\n";
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** What a receipt tells of a fact of that type when it is given so; null: it must be refused. */
    private static String expected(String type, Object value) {
        boolean isText = value instanceof CharSequence, isDay = value instanceof LocalDate;
        boolean isNumber = value instanceof BigDecimal || value instanceof BigInteger || value instanceof Long
            || value instanceof Integer || value instanceof Short || value instanceof Byte;
        String text = value.toString();
        boolean looksLikeNumber = isNumber || (isText && text.matches("-?[0-9]+(\\.[0-9]+)?"));
        String number = looksLikeNumber ? quoted(new BigDecimal(text).stripTrailingZeros().toPlainString()) : null;
        switch (type) {
            case "boolean": return value instanceof Boolean || text.matches("true|false") ? text : null;
            case "integer": return number != null && number.contains(".") ? null : number;
            case "number": case "money": case "percent": return number;
            case "date": return isDay || (isText && text.equals("2024-01-31")) ? quoted(text) : null;
            case "string": return isText ? quoted(text) : null;
            default: return isText && Set.of("own", "MONDAY").contains(text) ? quoted(text) : null;
        }
    }

    private static String given(Policy policy, String fact, Object value) {
        try (Quote quote = policy.pricing("p").quote(with("f." + fact, value), DAY)) {
            String receipt = quote.receipt(), key = "\"inputs\":{\"f." + fact + "\":";
            int start = receipt.indexOf(key);
            return start < 0 ? "nothing"
                : receipt.substring(start + key.length(), receipt.indexOf("}", start));
        } catch (TuoyuException | IllegalArgumentException refused) {
            assertTrue(refused.getMessage().contains("f." + fact), refused.getMessage());
            return null;
        }
    }

    @Test
    void factWrongType() {
        List<Object> values = List.of(true, false, (byte) 5, (short) 5, 5, 5L, -7, BigInteger.valueOf(5),
            new BigDecimal("5.50"), new BigDecimal("5.00"), "5", "5.5", "true", "2024-01-31", "own", "Own",
            "甲", new StringBuilder("5"), DAY, LocalDate.of(2024, 1, 31), 5.0, 5.0f, '5', new AtomicInteger(5),
            LocalDateTime.of(2024, 1, 31, 23, 59), Instant.EPOCH, new Date(0), new java.sql.Date(0),
            new java.sql.Timestamp(0), new GregorianCalendar(), ZoneOffset.UTC, List.of(5),
            new int[] {5}, DayOfWeek.MONDAY, Optional.of(5), new Object());
        try (Policy policy = Policy.load(Map.of("types.yaml", packOfAllTypes()))) {
            for (String type : TYPES) {
                for (Object value : values) {
                    assertEquals(expected(type, value), given(policy, type, value),
                        () -> type + " given " + value + " of " + value.getClass());
                }
            }
        }
    }

    @Test
    void factNan() {
        try (Policy policy = Policy.load(Map.of("types.yaml", packOfAllTypes()))) {
            List<Object> none = List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
                Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, "NaN", "Infinity", "-Infinity",
                "sNaN");
            for (Object value : none) {
                for (String type : List.of("integer", "number", "money", "percent")) {
                    RuntimeException caught = assertThrows(RuntimeException.class,
                        () -> policy.newCase(with("f." + type, value)));
                    assertTrue(caught instanceof TuoyuException
                        || caught instanceof IllegalArgumentException);
                    assertTrue(caught.getMessage().contains(value.toString()), caught.getMessage());
                }
            }
        }
    }

    @Test
    void factNotExact() {
        try (Sample sample = new Sample()) {
            for (Object value : List.of(0.1, 1050.55, 0.1f, 1e300, Double.MIN_VALUE, 5.0, -0.0)) {
                IllegalArgumentException caught = assertThrows(IllegalArgumentException.class,
                    () -> sample.policy.newCase(with("child.fee", value)));
                assertTrue(caught.getMessage().contains("child.fee is " + value + ", a "),
                    caught.getMessage());
                assertTrue(caught.getMessage().contains("not exact"), caught.getMessage());
                sample.askedWithMap().forEach(ask ->
                    assertThrows(IllegalArgumentException.class, () -> ask.ask(with("child.fee", value))));
            }
        }
    }

    @Test
    void factHugeNumber() {
        try (Policy policy = Policy.load(Map.of("types.yaml", packOfAllTypes()))) {
            String digits = "12345678901234567890123456789012345";
            List<Object> huge = List.of(new BigDecimal(digits), new BigInteger(digits), digits,
                new BigDecimal("1E+10000"), new BigDecimal("1E-10000"), "1e10000",
                new BigDecimal("0." + digits), BigInteger.ONE.shiftLeft(4096));
            for (Object value : huge) {
                for (String type : List.of("integer", "number", "money", "percent", "string")) {
                    if (type.equals("string") && value instanceof String) {
                        continue;
                    }
                    TuoyuException caught = assertThrows(TuoyuException.class,
                        () -> policy.newCase(with("f." + type, value)));
                    assertTrue(caught.getMessage().contains("f." + type), caught.getMessage());
                }
            }
            assertEquals("\"" + digits.substring(1) + "\"",
                given(policy, "integer", new BigInteger(digits.substring(1))));
        }
    }

    @Test
    void dayOutsideCalendar() {
        try (Sample sample = new Sample()) {
            List<LocalDate> outside = List.of(LocalDate.of(0, 12, 31), LocalDate.of(-1, 1, 1),
                LocalDate.of(10000, 1, 1), LocalDate.MIN, LocalDate.MAX,
                LocalDate.ofEpochDay(Integer.MAX_VALUE + 1L));
            for (LocalDate day : outside) {
                sample.onEachDay().forEach(ask -> assertError("DATE", "asOf is " + day, () -> ask.ask(day)));
                assertError("DATE", "child.birth_date is " + day,
                    () -> sample.facts.set("child.birth_date", day));
                assertError("DATE", "child.birth_date is " + day,
                    () -> sample.pricing.quote(with("child.birth_date", day), DAY));
            }
            for (Object moment : List.of(LocalDateTime.of(2025, 1, 1, 23, 59), Instant.EPOCH, new Date(0),
                    new java.sql.Date(0), new java.sql.Timestamp(0), new GregorianCalendar(),
                    DAY.atStartOfDay(ZoneOffset.UTC),
                    DAY.atStartOfDay().atOffset(ZoneOffset.UTC))) {
                IllegalArgumentException caught = assertThrows(IllegalArgumentException.class,
                    () -> sample.policy.newCase(with("child.birth_date", moment)));
                assertTrue(caught.getMessage().contains("which is no day"), caught.getMessage());
            }
            sample.facts.set("child.birth_date", LocalDate.of(1, 1, 1))
                .set("child.birth_date", LocalDate.of(9999, 12, 31));
        }
    }

    @Test
    void languageUnknown() {
        try (Sample sample = new Sample(); Quote quote = sample.pricing.quote(sample.facts, DAY);
             Verdict verdict = sample.eligibility.verdict(sample.facts, DAY)) {
            sample.waitingList.add("a", sample.facts);
            for (String language : List.of("fr", "", "ZH", "zh-CN", "zh\0", "中文", HALF)) {
                for (Executable call : List.<Executable>of(() -> quote.explain(language),
                        () -> quote.toText(language, false), () -> verdict.reasons(language),
                        () -> verdict.points(language), () -> verdict.grades(language),
                        () -> verdict.checklist(language), () -> sample.waitingList.entries(language),
                        () -> sample.waitingList.toText(language))) {
                    assertError("INVALID_ARGUMENT", "give \"zh\" or \"en\"", call);
                }
            }
        }
    }

    @Test
    void indexOutside() {
        try (Sample sample = new Sample(); Quote quote = sample.pricing.quote(sample.facts, DAY);
             Split split = sample.costSharing.split(sample.facts, DAY)) {
            for (List<?> list : List.of(quote.steps(), quote.citations(), quote.missing(), split.lines(),
                    split.subsidies(), sample.policy.rules(), sample.policy.packIds(),
                    sample.indicator.entities())) {
                assertThrows(IndexOutOfBoundsException.class, () -> list.get(-1));
                assertThrows(IndexOutOfBoundsException.class, () -> list.get(list.size()));
                assertThrows(UnsupportedOperationException.class, () -> list.remove(0));
            }
            assertThrows(TuoyuException.class, () -> sample.eligibility.waitingList(-1, DAY));
        }
    }
}
