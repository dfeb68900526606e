// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tuoyu.Case;
import tuoyu.ChecklistItem;
import tuoyu.Citation;
import tuoyu.Decision;
import tuoyu.Eligibility;
import tuoyu.Grade;
import tuoyu.Indicator;
import tuoyu.Line;
import tuoyu.Measure;
import tuoyu.Missing;
import tuoyu.Outcome;
import tuoyu.Points;
import tuoyu.Policy;
import tuoyu.Pricing;
import tuoyu.Standing;
import tuoyu.Promise;
import tuoyu.Quote;
import tuoyu.Reader;
import tuoyu.Reason;
import tuoyu.Records;
import tuoyu.Split;
import tuoyu.Subsidy;
import tuoyu.Tally;
import tuoyu.TuoyuException;
import tuoyu.Verdict;
import tuoyu.WaitingEntry;
import tuoyu.WaitingList;

/** The Java package as its users meet it. */
class TuoyuTest {
    @Test
    void numbersAreExact() {
        try (Policy policy = Sample.load();
             Quote quote = policy.pricing("ceiling").quote(Map.of("child.fee", new BigDecimal("1050.55")), Sample.DAY)) {
            assertEquals(Outcome.DETERMINED, quote.outcome());
            Sample.assertNumber("2101.10", quote.amount());
            assertEquals("CNY/month", quote.unit());
            assertEquals(List.of("doubled", "bounded"), quote.steps().stream().map(step -> step.id()).toList());
            assertEquals(Optional.of(true), quote.complies());
            Sample.assertNumber("0", quote.excess());
            assertEquals(Standing.CITED, quote.standing());
            Citation limit = quote.citations().stream().filter(citation -> citation.name().endsWith("limit")).findFirst().orElseThrow();
            assertEquals("通知 第二条", limit.text());
            assertEquals("Notice 第二条", limit.english());
        }
    }

    @Test
    void scoresGradesAndChecklists() {
        Map<String, Object> facts = new HashMap<>(Map.of("child.birth_date", LocalDate.of(2024, 12, 2), "child.registered", true,
            "child.fee", new BigDecimal("2500")));
        try (Policy policy = Sample.load()) {
            try (Verdict verdict = policy.eligibility("rated").verdict(facts, Sample.DAY)) {
                assertEquals(Decision.ELIGIBLE, verdict.decision());
                assertEquals(LocalDate.of(2034, 12, 2), verdict.validUntil());
                Sample.assertNumber("85", verdict.score());
                assertEquals(List.of("registered here", "fee"), verdict.points("en").stream().map(Points::text).toList());
                assertEquals(List.of(new Grade("A", "优", "免检")), verdict.grades("zh"));
                assertEquals(List.of(new ChecklistItem("visit", "visit", ChecklistItem.State.DONE, null, LocalDate.of(2024, 12, 30),
                    LocalDate.of(2025, 1, 1))), verdict.checklist("en"));
            }
            facts.remove("child.registered");
            try (Verdict verdict = policy.eligibility("rated").verdict(facts, Sample.DAY)) {
                assertNull(verdict.score());
                Sample.assertNumber("25", verdict.scoreLower());
                Sample.assertNumber("85", verdict.scoreUpper());
                assertEquals(List.of("A", "B"), verdict.grades("zh").stream().map(Grade::id).toList());
                assertEquals(ChecklistItem.State.OPEN, verdict.checklist("zh").get(0).state());
            }
            try (Verdict plain = policy.eligibility("entitled").verdict(facts, Sample.DAY)) {
                assertNull(plain.validUntil());
                assertNull(plain.score());
                assertTrue(plain.grades("zh").isEmpty() && plain.checklist("zh").isEmpty() && plain.points("zh").isEmpty());
            }
        }
    }

    private static Map<String, Object> child(int born, String fee) {
        return Map.of("child.birth_date", LocalDate.of(2024, 1, born), "child.registered", true, "child.fee", new BigDecimal(fee));
    }

    @Test
    void aWaitingListOrdersWhateverComesFirst() {
        try (Policy policy = Sample.load(); WaitingList waiting = policy.eligibility("rated").waitingList(1, Sample.DAY)) {
            waiting.add("young", child(9, "3000"));
            waiting.add("𠮷", child(2, "3000"));
            waiting.add("cheap", child(1, "100"));
            assertThrows(TuoyuException.class, () -> waiting.add("young", child(1, "3000")));
            List<WaitingEntry> entries = waiting.entries("en");
            assertEquals(List.of("𠮷", "young", "cheap"), entries.stream().map(WaitingEntry::id).toList());
            assertEquals(WaitingEntry.State.ADMITTED, entries.get(0).state());
            assertEquals(new WaitingEntry("young", WaitingEntry.State.WAITING, 2,
                "place 2, waiting; behind 𠮷 by age, 9 January 2024 against 2 January 2024", WaitingEntry.Admission.NONE, 0, List.of()),
                entries.get(1));
            assertEquals(WaitingEntry.Admission.CERTAIN, entries.get(0).admission());
            assertEquals(WaitingEntry.State.REFUSED, entries.get(2).state());
            assertTrue(waiting.toJson().contains("\"behind_by\":\"age\""));
            assertTrue(waiting.toText("zh").contains("𠮷：第 1 位，录取"));
            assertThrows(TuoyuException.class, () -> policy.eligibility("entitled").waitingList(1, Sample.DAY));
        }
    }

    @Test
    void sharesSumToTheWholeToTheFen() {
        try (Policy policy = Sample.load()) {
            for (long fen : new long[] {0, 1, 3, 5, 105055, 333333, 9999999}) {
                for (int share : new int[] {0, 1, 33, 50, 100}) {
                    BigDecimal fee = BigDecimal.valueOf(fen, 2);
                    try (Split split = policy.costSharing("shares").split(Map.of("child", Map.of("fee", fee, "share", share)), Sample.DAY)) {
                        Sample.assertNumber(fee.toPlainString(), split.whole());
                        BigDecimal sum = split.lines().stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
                        assertEquals(0, fee.compareTo(sum));
                    }
                }
            }
        }
    }

    @Test
    void subsidiesSayWhichGivesWayToWhich() {
        try (Policy policy = Sample.load()) {
            Map<String, Object> facts = Map.of("child.fee", 500, "child.share", 50, "child.kind", "public");
            try (Split split = policy.costSharing("support").split(facts, Sample.DAY)) {
                Subsidy fee = split.subsidies().get(0), other = split.subsidies().get(1);
                Sample.assertNumber("250", fee.claimed());
                Sample.assertNumber("0", fee.amount());
                assertEquals(Subsidy.State.EXCLUDED, fee.state());
                assertEquals(List.of("not_twice", "就高不重复", "public_support"), List.of(fee.combination(), fee.because(), fee.instead()));
                assertEquals(Subsidy.State.PAID, other.state());
                assertEquals(null, other.combination());
                assertEquals(null, split.binding());
            }
            try (Split split = policy.costSharing("capped").split(Map.of("child.fee", 5000), Sample.DAY)) {
                assertEquals("top", split.binding());
                Sample.assertNumber("4000", split.whole());
                Sample.assertNumber("5000", split.beforeBounds());
                assertEquals(List.of(), split.subsidies());
            }
        }
    }

    @Test
    void aVerdictGivesReasonsAndSurvivesRareCharacters() {
        Map<String, Object> facts = Map.of(
            "child.birth_date", LocalDate.of(2023, 1, 1), "child.registered", true, "child.name", "𠮷田");
        try (Policy policy = Sample.load(); Verdict verdict = policy.eligibility("entitled").verdict(facts, Sample.DAY)) {
            assertEquals(Decision.ELIGIBLE, verdict.decision());
            assertEquals(List.of("young", "registered", "named"), verdict.reasons("zh").stream().map(Reason::id).toList());
            assertEquals("姓名为𠮷田", verdict.reasons("zh").get(2).text());
            assertTrue(verdict.explain("zh").contains("𠮷"));
            assertEquals(verdict.explain("en"), verdict.explain("en", Reader.ENGINEER));
            assertEquals(verdict.toText("en", false), verdict.explain("en", Reader.OFFICIAL));
            assertTrue(verdict.explain("zh", Reader.PARENT).contains("\n答：符合条件。\n"));
            assertThrows(NullPointerException.class, () -> verdict.explain("zh", null));
            assertTrue(verdict.toJson().contains("\"decision\":\"eligible\""));
        }
    }

    @Test
    void aReceiptSaysWhatTheAnswerRestedOn() {
        Map<String, Object> facts = Map.of("child.fee", new BigDecimal("1050.50"), "child.name", "𠮷田");
        try (Policy policy = Sample.load(); Quote quote = policy.pricing("ceiling").quote(facts, Sample.DAY)) {
            String receipt = quote.receipt();
            assertTrue(receipt.startsWith("{\"receipt\":1,\"engine\":\""), receipt);
            assertTrue(receipt.contains("\"inputs\":{\"child.fee\":\"1050.5\",\"child.name\":\"𠮷田\"}"), receipt);
            assertTrue(receipt.endsWith("\"outputs\":" + quote.toJson() + "}"), receipt);
            assertTrue(quote.explanation().startsWith("{\"kind\":\"rule\","), quote.explanation());
        }
    }

    @Test
    void missingIsNeitherZeroNorFalse() {
        try (Policy policy = Sample.load();
             Verdict verdict = policy.eligibility("entitled").verdict(Map.of("child.registered", true), Sample.DAY);
             Quote quote = policy.pricing("ceiling").quote(Map.of(), Sample.DAY)) {
            assertEquals(Decision.UNDETERMINED, verdict.decision());
            assertEquals(Set.of("child.birth_date", "child.name"),
                verdict.missing().stream().map(Missing::name).collect(Collectors.toSet()));
            assertEquals(Set.of("卫生健康部门𠮷", ""),
                verdict.missing().stream().map(Missing::heldBy).collect(Collectors.toSet()));
            assertEquals("六十日内向区政府提出", verdict.objection("zh"));
            assertEquals("to the district within sixty days", verdict.objection("en"));
            assertEquals("", quote.objection("zh"));
            assertEquals(Outcome.UNDETERMINED, quote.outcome());
            assertNull(quote.amount());
            assertEquals(Optional.empty(), quote.complies());
        }
    }

    @Test
    void anIndicatorTalliesRegions() {
        try (Policy policy = Sample.load(); Tally tally = policy.indicator("certified_rate").tally(Sample.DAY)) {
            tally.add("subdistrict", Map.of("id", "小港街道"));
            tally.add("subdistrict", Map.of("id", "大碶街道"));
            for (boolean certified : new boolean[] {true, true, true, false}) {
                tally.add("staff", Map.of("certified", certified, "subdistrict", "小港街道"));
            }
            tally.add("staff", Map.of("subdistrict", "小港街道"));
            try (Measure all = tally.measure(); Measure empty = tally.measure("subdistrict", "大碶街道")) {
                Sample.assertNumber("75", all.value());
                Sample.assertNumber("60", all.lower());
                Sample.assertNumber("80", all.upper());
                Sample.assertNumber("80", all.target());
                assertEquals(1, all.unknown());
                assertEquals("staff", all.distanceUnit());
                assertEquals(Optional.empty(), all.met());
                assertNull(empty.value());
            }
            assertEquals(Set.of("小港街道", "大碶街道"), Set.copyOf(tally.regions("subdistrict")));
            assertThrows(TuoyuException.class, () -> tally.measure("subdistrict", "没有街道"));
        }
    }

    @Test
    void recordsThatCannotBeReadCountAsUnknown() {
        try (Policy policy = Sample.load(); Indicator indicator = policy.indicator("certified_rate"); Tally tally = indicator.tally(Sample.DAY)) {
            for (boolean certified : new boolean[] {true, true, true, false}) {
                tally.add("staff", Map.of("certified", certified, "subdistrict", "小港街道"));
            }
            tally.addUnreadable("staff", 1);
            tally.addUnreadable("nobody", 7);
            try (Measure all = tally.measure(); Measure region = tally.measure("subdistrict", " 小港街道\u3000")) {
                Sample.assertNumber("60", all.lower());
                Sample.assertNumber("80", all.upper());
                assertEquals(1, all.unreadable());
                assertEquals(Optional.of(new Records(5, 4, 0, 0, 0, 0, 1)), all.records());
                assertEquals("1 条记录无法读取", all.reason("zh"));
                assertEquals("1 record cannot be read", all.reason("en"));
                assertThrows(TuoyuException.class, () -> all.reason("fr"));
                assertEquals(1, region.unreadable());
                assertEquals(Optional.empty(), region.records());
            }
            try (Tally read = indicator.tallyFromBytes(tally.toBytes())) {
                read.merge(tally);
                try (Measure both = read.measure()) {
                    assertEquals(Optional.of(new Records(10, 8, 0, 0, 0, 0, 2)), both.records());
                }
            }
            assertThrows(TuoyuException.class, () -> tally.addUnreadable("staff", -1));
        }
    }

    @Test
    void aRatioWithoutAValueSaysWhy() {
        String pack = "tuoyu: 1\nid: test.ratio\ntitle: T\nin_force: 2024-01-01..\n"
            + "facts: {centre: {places: {type: integer}, children: {type: integer}}}\n"
            + "indicators: {per_child: {title: T, unit: percent, ratio: {numerator: {of: centre, sum: centre.places},\n"
            + "    denominator: {of: centre, sum: centre.children}}, target: {at_least: 1}}}\n";
        try (Policy policy = Policy.load(Map.of("ratio.yaml", pack));
             Indicator indicator = policy.indicator("per_child"); Tally tally = indicator.tally(Sample.DAY)) {
            assertReason("没有可计入的对象", tally);
            tally.add("centre", Map.of("places", 10, "children", 0));
            assertReason("分母为 0，不能相除：分子为 10", tally);
            try (Tally read = indicator.tallyFromBytes(tally.toBytes())) {
                assertReason("分母为 0，不能相除：分子为 10", read);
            }
            tally.addUnreadable("centre", 1);
            assertReason("分母为 0，不能相除：分子为 10；1 条记录无法读取", tally);
        }
    }

    private static void assertReason(String reason, Tally tally) {
        try (Measure measure = tally.measure()) {
            assertEquals(reason, measure.reason("zh"));
            assertNull(measure.value());
            assertEquals(Optional.empty(), measure.met());
        }
    }

    @Test
    void recordsThatCannotBeAskedStayOnTheList() {
        try (Policy policy = Sample.load(); WaitingList list = policy.eligibility("rated").waitingList(1, Sample.DAY)) {
            assertTrue(list.isFinal());
            list.add(" a\u3000", Map.of("child.registered", true));
            assertThrows(TuoyuException.class, () -> list.add("a", Map.of("child.registered", true)));
            list.addError(3, "b\nc", true, "it has 2 fields\u001b[31m");
            list.addError(0, "", false, "wrong");
            assertEquals(new Records(3, 0, 1, 0, 0, 1, 1), list.records());
            assertFalse(list.isFinal());
            List<WaitingEntry> entries = list.entries("en");
            assertEquals("error: wrong; may still be admitted", entries.get(1).reason());
            assertEquals("b\\u{A}c", entries.get(2).id());
            assertEquals("line 3 cannot be read: it has 2 fields\\u{1B}[31m; may still be admitted", entries.get(2).reason());
            assertTrue(list.toText("en").contains("Not final: "));
            assertThrows(TuoyuException.class, () -> list.addError(1, "", true, ""));
        }
    }

    @Test
    void outerSpacesAreNoPartOfATextAndControlsAreRefused() {
        try (Policy policy = Sample.load(); Eligibility entitled = policy.eligibility("entitled")) {
            Map<String, Object> plain = Map.of("child.birth_date", "2023-05-01", "child.registered", "true", "child.name", "𠮷田", "child.kind", "public");
            try (Verdict wanted = entitled.verdict(plain, Sample.DAY)) {
                for (String space : List.of("\t", "\n", " ", "\u0085", "\u00a0", "\u2003", "\u2028", "\u3000", "\ufeff")) {
                    Map<String, Object> spaced = new LinkedHashMap<>();
                    plain.forEach((name, text) -> spaced.put(name, space + text + space));
                    try (Verdict verdict = entitled.verdict(spaced, Sample.DAY)) {
                        assertEquals(wanted.toJson(), verdict.toJson());
                    }
                }
            }
            for (String control : List.of("\n", "\r", "\t", "\u0001", "\u001b", "\u007f", "\u0085", "\u2028", "\u061c", "\u200e", "\u202e", "\u2066", "\ufeff")) {
                for (String name : List.of("child.name", "child.kind", "child.fee", "child.birth_date")) {
                    assertEquals("TUOYU_ERROR_ENCODING", statusOf(policy, name, "ok" + control + "结论：999 元"));
                }
            }
        }
    }

    @Test
    void talliesOfPartsMergeAndTravelAsBytes() {
        try (Policy policy = Sample.load();
             Indicator indicator = policy.indicator("certified_rate");
             Tally whole = indicator.tally(Sample.DAY);
             Tally left = indicator.tally(Sample.DAY);
             Tally right = indicator.tally(Sample.DAY)) {
            for (int i = 0; i < 9; i++) {
                Map<String, Object> row = Map.of("certified", i % 2 == 0, "subdistrict", i % 3 == 0 ? "𠮷" : "小港街道");
                whole.add("staff", row);
                (i % 4 == 0 ? left : right).add("staff", row);
            }
            byte[] bytes = right.toBytes();
            try (Tally read = indicator.tallyFromBytes(bytes)) {
                assertArrayEquals(bytes, read.toBytes());
                right.merge(left);
                left.merge(read);
            }
            assertArrayEquals(whole.toBytes(), left.toBytes());
            assertArrayEquals(whole.toBytes(), right.toBytes());
            assertThrows(TuoyuException.class, () -> whole.merge(whole));
            bytes[bytes.length / 2] ^= 1;
            assertThrows(TuoyuException.class, () -> indicator.tallyFromBytes(bytes));
            assertThrows(TuoyuException.class, () -> indicator.tallyFromBytes(new byte[0]));
        }
    }

    private static String statusOf(Policy policy, String name, Object value) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(name, value);
        TuoyuException caught = assertThrows(TuoyuException.class, () -> policy.newCase(facts));
        assertTrue(caught.code() < 0);
        assertFalse(caught.findings().isEmpty());
        return caught.status();
    }

    @Test
    void eachWrongFactHasItsCode() {
        try (Policy policy = Sample.load()) {
            assertEquals("TUOYU_ERROR_FACT_RANGE", statusOf(policy, "child.fee", -1));
            assertEquals("TUOYU_ERROR_FACT_TYPE", statusOf(policy, "child.fee", "many"));
            assertEquals("TUOYU_ERROR_FACT_VALUE", statusOf(policy, "child.kind", "pubic"));
            assertEquals("TUOYU_ERROR_DATE", statusOf(policy, "child.birth_date", "2023-02-29"));
            assertEquals("TUOYU_ERROR_FACT_UNKNOWN", statusOf(policy, "child.foo", 1));
            assertEquals("TUOYU_ERROR_FACT_TYPE", statusOf(policy, "child.fee", null));
            assertThrows(IllegalArgumentException.class, () -> policy.newCase(Map.of("child.fee", 1.5)));
        }
    }

    @Test
    void findingsAreSaidInTheLanguageThatIsAsked() {
        Map<String, String> bad = Map.of("bad.yaml", Sample.pack().replace("\npricing:", "\nprincing:"));
        TuoyuException english = assertThrows(TuoyuException.class, () -> Policy.load(bad));
        TuoyuException chinese = assertThrows(TuoyuException.class, () -> Policy.load(bad, "zh"));
        assertEquals(english.findings().size(), chinese.findings().size());
        assertFalse(chinese.findings().get(0).id().isEmpty());
        assertEquals(english.findings().get(0).id(), chinese.findings().get(0).id());
        assertTrue(chinese.findings().get(0).message().contains("没有`princing`这个键"));
        // The call before leaves no language behind.
        assertEquals(english.getMessage(), assertThrows(TuoyuException.class, () -> Policy.load(bad)).getMessage());
        assertThrows(TuoyuException.class, () -> Policy.load(bad, "fr"));
    }

    @Test
    void theErrorOfAPackHasItsPlace() {
        String bad = Sample.pack().replace("\npricing:", "\nprincing:");
        TuoyuException caught = assertThrows(TuoyuException.class, () -> Policy.load(Map.of("bad.yaml", bad)));
        assertEquals("bad.yaml", caught.source());
        assertEquals(bad.substring(0, bad.indexOf("princing:")).lines().count() + 1, caught.line());
        assertEquals(1, caught.column());
        assertTrue(caught.getMessage().contains("pricing"));
    }

    @Test
    void recordsThatBreakAPromiseAreInErrorAndTold() {
        String pack = Sample.pack().replace("\nfacts:", "\nentities:\n  staff:\n    label: staff\n    require:"
            + " [{id: placed, that: staff.subdistrict != \"none\", because: {zh: 有街道, en: placed}}]\nfacts:");
        try (Policy policy = Policy.load(Map.of("p.yaml", pack));
                Tally tally = policy.indicator("certified_rate").tally(LocalDate.of(2025, 1, 1))) {
            tally.add("staff", Map.of("staff.certified", true, "staff.subdistrict", "A"));
            TuoyuException caught = assertThrows(TuoyuException.class,
                () -> tally.add("staff", Map.of("staff.certified", true, "staff.subdistrict", "none")));
            assertEquals("TUOYU_ERROR_PROMISE", caught.status());
            assertEquals(List.of(new Promise("staff.placed", "有街道", "placed", "staff.subdistrict != \"none\"", "", 1, 0)),
                tally.measure().promises());
            assertEquals(1, tally.measure().records().orElseThrow().error());
            assertEquals(BigDecimal.ZERO, tally.measure().distanceLeast());
            assertEquals(BigDecimal.ONE, tally.measure().distanceMost());
        }
    }

    @Test
    void notInForceIsAnOutcome() {
        try (Policy policy = Sample.load()) {
            Quote quote = policy.pricing("ceiling").quote(Map.of("child.fee", 1), LocalDate.of(2026, 1, 1));
            assertEquals(Outcome.NOT_IN_FORCE, quote.outcome());
            assertTrue(quote.toJson().contains("in_force_until"));
        }
    }

    @Test
    void closedHandlesSaySo() {
        try (Policy policy = Sample.load()) {
            Case facts = policy.newCase(Map.of("child.fee", 1));
            facts.close();
            facts.close();
            assertThrows(IllegalStateException.class, () -> facts.set("child.fee", 2));
        }
    }

    @Test
    void rulesAndAnswersOutliveTheirPolicy() {
        Policy policy = Sample.load();
        Pricing pricing = policy.pricing("ceiling");
        Case facts = policy.newCase(Map.of("child.fee", 10));
        policy.close();
        Quote quote = pricing.quote(facts, Sample.DAY);
        pricing.close();
        facts.close();
        Sample.assertNumber("20", quote.amount());
        quote.close();
    }

    @Test
    void theCollectorFreesWhatNobodyClosed() {
        Policy policy = Sample.load();
        for (int i = 0; i < 20000; i++) {
            policy.pricing("ceiling").quote(Map.of("child.fee", i), Sample.DAY).amount();
            if (i % 5000 == 0) {
                System.gc();
            }
        }
    }

    @Test
    void threadsShareAPolicyAndClosingWaits() throws Exception {
        Policy policy = Sample.load();
        Pricing pricing = policy.pricing("ceiling");
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<Integer>> wrong = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            int first = thread * 500;
            wrong.add(pool.submit(() -> {
                int bad = 0;
                for (int fee = first; fee < first + 500; fee++) {
                    try (Quote quote = pricing.quote(Map.of("child.fee", fee), Sample.DAY)) {
                        bad += quote.amount().compareTo(BigDecimal.valueOf(Math.min(2L * fee, 4000))) == 0 ? 0 : 1;
                    }
                }
                return bad;
            }));
        }
        for (Future<Integer> one : wrong) {
            assertEquals(0, one.get());
        }
        List<Future<?>> closing = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            closing.add(pool.submit(() -> {
                try {
                    while (true) {
                        pricing.quote(Map.of("child.fee", 1), Sample.DAY).close();
                    }
                } catch (IllegalStateException closed) {
                    return;
                }
            }));
        }
        Thread.sleep(50);
        pricing.close();
        policy.close();
        for (Future<?> one : closing) {
            one.get();
        }
        pool.shutdown();
    }

    /** A pack with one example, called as in every other pack. */
    static String packWithExample(String id, int expected) {
        return "tuoyu: 1\nid: " + id + "\ntitle: 甲\nauthority: 乙\nin_force: 2024-01-01..\npricing: {" + id.replace('.', '_')
            + ": {title: 价, unit: CNY, steps: [{id: one, formula: 1, unit: CNY}]}}\nexamples: [{name: 𠮷例, rule: "
            + id.replace('.', '_') + ", as_of: 2024-05-01, given: {}, expect: {amount: " + expected + "}}]\n";
    }

    @Test
    void examplesOfOneNameInTwoPacksAreTwo() {
        try (Policy policy = Policy.load(Map.of("a.yaml", packWithExample("cn.a", 2), "b.yaml", packWithExample("cn.b", 1)))) {
            assertEquals(Map.of("cn.a:𠮷例", false, "cn.b:𠮷例", true), policy.runExamples());
        }
    }

    static Map<String, String> examplePacks(boolean hasOverlay) throws IOException {
        Map<String, String> packs = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(Sample.ROOT.resolve("examples/packs"))) {
            for (Path path : files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList()) {
                if (hasOverlay || !path.toString().contains("illustrative")) packs.put(path.toString(), Files.readString(path));
            }
        }
        return packs;
    }

    @Test
    void workedExamplesAnswerAsTheCommandDoes() throws IOException {
        List<String> command = new ArrayList<>(List.of(Sample.ROOT.resolve("build/tuoyu").toString(), "test", "--answers"));
        command.addAll(examplePacks(true).keySet());
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> expected = new HashMap<>();
        said.lines().filter(line -> line.contains("\t")).forEach(line -> expected.put(line.split("\t")[0], line.split("\t")[1]));
        Map<String, String> answers = new HashMap<>();
        for (boolean hasOverlay : new boolean[] {true, false}) { // what the overlay answers, then the others without it
            try (Policy policy = Policy.load(examplePacks(hasOverlay))) {
                answers.putAll(policy.exampleAnswers());
            }
        }
        assertTrue(expected.size() >= 600);
        assertEquals(expected, answers);
    }

    @Test
    void thePacksOfTheExamplesPassTheirOwn() throws IOException {
        // The overlay sets what the pilot leaves unset, so that examples which expect "unset" would fail beside it.
        try (Policy policy = Policy.load(examplePacks(false))) {
            Map<String, Boolean> results = policy.runExamples();
            assertTrue(results.size() >= 60);
            assertEquals(Set.of(Boolean.TRUE), Set.copyOf(results.values()));
        }
    }
}
