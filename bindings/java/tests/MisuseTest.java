// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tuoyu.Budget;
import tuoyu.Case;
import tuoyu.Finding;
import tuoyu.Policy;
import tuoyu.Pricing;
import tuoyu.Quote;
import tuoyu.Split;
import tuoyu.Tally;
import tuoyu.TuoyuException;
import tuoyu.Verdict;
import tuoyu.WaitingEntry;
import tuoyu.WaitingList;

/**
 * What people do wrong, and what must come of it: a test for each line of tests/vectors/misuses.csv that is of
 * Java, named as its id, here or in {@link MisusedValuesTest}. What could bring the virtual machine down runs in
 * one of its own ({@link MisuseChild}).
 */
class MisuseTest extends Misuse {
    @Test
    void everyMisuseOfTheListHasATest() {
        Set<String> tests = Stream.of(MisuseTest.class, MisusedValuesTest.class)
            .flatMap(tested -> Stream.of(tested.getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(method -> method.getName()).collect(Collectors.toSet());
        Set<String> untested = new TreeSet<>();
        String list = Sample.read(Sample.ROOT.resolve("tests/vectors/misuses.csv"));
        List<String> lines = list.lines().skip(1).toList();
        for (String line : lines) {
            String[] cells = line.split(",");
            boolean isOfJava = cells[1].equals("both") || cells[1].equals("java");
            if (isOfJava && !tests.contains(camelCase(cells[0]))) {
                untested.add(cells[0]);
            }
        }
        assertTrue(lines.size() >= 50);
        assertEquals(Set.of(), untested);
    }

    private static String camelCase(String id) {
        StringBuilder name = new StringBuilder();
        for (String word : id.split("_")) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    // ---- Help ----

    // ---- Handles that are closed ----

    @Test
    void policyClosed() {
        Policy policy = new Sample().policy;
        policy.close();
        for (Executable call : List.<Executable>of(policy::packIds, policy::rules, policy::facts,
                policy::newCase, policy::runExamples, policy::exampleAnswers, () -> policy.pricing("ceiling"),
                () -> policy.costSharing("support"), () -> policy.eligibility("rated"),
                () -> policy.indicator("certified_rate"), () -> policy.newCase(CHILD))) {
            assertClosed("Policy", call);
        }
    }

    @Test
    void policyClosedTwice() throws Exception {
        try (Sample other = new Sample(); Sample sample = new Sample()) {
            for (AutoCloseable handle : sample.handles()) {
                handle.close();
                handle.close();
            }
            other.askedWithMap().forEach(ask -> ask.ask(CHILD)); // nobody else's memory was freed
        }
    }

    @Test
    void ruleClosed() {
        try (Sample sample = new Sample()) {
            byte[] bytes = sample.tally.toBytes();
            sample.pricing.close();
            sample.costSharing.close();
            sample.eligibility.close();
            sample.indicator.close();
            List<String> names = List.of("Pricing", "CostSharing", "CostSharing", "Eligibility");
            for (int i = 0; i < names.size(); i++) {
                int rule = i;
                assertClosed(names.get(i), () -> sample.askedWithCase().get(rule).ask(sample.facts));
                assertClosed(names.get(i), () -> sample.askedWithMap().get(rule).ask(CHILD));
            }
            assertClosed("Eligibility", () -> sample.eligibility.waitingList(1, DAY));
            assertClosed("Indicator", () -> sample.indicator.tally(DAY));
            assertClosed("Indicator", () -> sample.indicator.tallyFromBytes(bytes));
            assertClosed("Indicator", () -> sample.indicator.entities());
            assertClosed("Indicator", () -> sample.indicator.regions());
        }
    }

    @Test
    void caseClosed() {
        try (Sample sample = new Sample()) {
            Case facts = sample.facts;
            facts.close();
            for (Executable call : List.<Executable>of(() -> facts.set("child.fee", "1"),
                    () -> facts.set("child.fee", 1), () -> facts.set("child.fee", BigDecimal.ONE),
                    () -> facts.set("child.registered", true), () -> facts.set("child.birth_date", DAY),
                    () -> facts.setNone("child.fee"), () -> facts.read("facts", "{}"),
                    () -> facts.setAll(CHILD), facts::clear)) {
                assertClosed("Case", call);
            }
            sample.askedWithCase().forEach(ask -> assertClosed("Case", () -> ask.ask(facts)));
            sample.addedAsCase().forEach(ask -> assertClosed("Case", () -> ask.ask(facts)));
        }
    }

    @Test
    void answerClosed() throws Exception {
        try (Sample sample = new Sample()) {
            Quote quote = sample.pricing.quote(sample.facts, DAY);
            Split split = sample.costSharing.split(sample.facts, DAY);
            Verdict verdict = sample.eligibility.verdict(sample.facts, DAY);
            List<tuoyu.Answer<?>> answers = List.of(quote, split, verdict, sample.tally.measure(),
                sample.budget.pay());
            for (tuoyu.Answer<?> answer : answers) {
                answer.close();
                String name = answer.getClass().getSimpleName();
                for (Executable call : List.<Executable>of(answer::toJson, answer::receipt,
                        answer::explanation, answer::outcome, answer::standing, answer::missing,
                        answer::citations, () -> answer.explain("zh"), () -> answer.toText("en", false))) {
                    assertClosed(name, call);
                }
            }
            for (Executable call : List.<Executable>of(quote::amount, quote::steps, quote::unit,
                    quote::complies)) {
                assertClosed("Quote", call);
            }
            for (Executable call : List.<Executable>of(split::whole, split::lines, split::payable,
                    split::subsidies)) {
                assertClosed("Split", call);
            }
            for (Executable call : List.<Executable>of(verdict::decision, verdict::score,
                    () -> verdict.grades("zh"), () -> verdict.reasons("en"), verdict::deciding)) {
                assertClosed("Verdict", call);
            }
        }
    }

    @Test
    void tallyClosed() {
        try (Sample sample = new Sample(); Tally open = sample.indicator.tally(DAY)) {
            Tally tally = sample.tally;
            tally.close();
            for (Executable call : List.<Executable>of(() -> tally.add("staff", STAFF),
                    () -> tally.add("staff", sample.row), () -> tally.merge(open), () -> open.merge(tally),
                    () -> tally.merge(tally), tally::measure, () -> tally.measure("subdistrict", "小港街道"),
                    tally::toBytes, () -> tally.regions("subdistrict"))) {
                assertClosed("Tally", call);
            }
            open.add("staff", sample.row);
            open.measure().close();
        }
    }

    @Test
    void budgetClosed() {
        try (Sample sample = new Sample()) {
            Budget budget = sample.budget;
            budget.close();
            assertClosed("Budget", () -> budget.add("a", CHILD));
            assertClosed("Budget", () -> budget.add("a", sample.facts));
            assertClosed("Budget", budget::pay);
            WaitingList list = sample.waitingList;
            list.close();
            assertClosed("WaitingList", () -> list.add("a", CHILD));
            assertClosed("WaitingList", () -> list.add("a", sample.facts));
            assertClosed("WaitingList", () -> list.entries("zh"));
            assertClosed("WaitingList", list::toJson);
            assertClosed("WaitingList", () -> list.toText("en"));
        }
    }

    @Test
    void policyClosedRuleAskedWithCase() {
        try (Sample sample = new Sample()) {
            String open = sample.pricing.quote(sample.facts, DAY).toJson();
            sample.policy.close();
            sample.askedWithCase().forEach(ask -> ask.ask(sample.facts));
            sample.addedAsCase().forEach(ask -> assertDoesNotThrow(() -> ask.ask(sample.facts)));
            assertEquals(open, sample.pricing.quote(sample.facts, DAY).toJson());
        }
    }

    @Test
    void policyClosedRuleAskedWithMap() {
        try (Sample sample = new Sample()) {
            String open = sample.pricing.quote(sample.facts, DAY).toJson();
            sample.policy.close();
            sample.askedWithMap().forEach(ask -> ask.ask(CHILD));
            sample.addedAsMap().forEach(ask -> assertDoesNotThrow(() -> ask.ask(CHILD)));
            assertEquals(open, sample.pricing.quote(CHILD, DAY).toJson());
            try (WaitingList list = sample.eligibility.waitingList(1, DAY)) {
                list.add("a", CHILD);
                assertEquals(WaitingEntry.State.ADMITTED, list.entries("zh").get(0).state());
            }
        }
    }

    @Test
    void policyClosedIndicatorTallied() {
        try (Sample sample = new Sample(); Tally before = sample.indicator.tally(DAY)) {
            before.add("staff", Map.of("certified", true, "subdistrict", "小港街道"));
            sample.policy.close();
            Tally after = sample.indicator.tally(DAY);
            sample.indicator.close();
            after.add("staff", Map.of("certified", true, "subdistrict", "小港街道"));
            assertArrayEquals(before.toBytes(), after.toBytes());
            assertEquals(0, new BigDecimal(100).compareTo(after.measure().value()));
            before.merge(after);
            assertEquals(0, new BigDecimal(2).compareTo(before.measure("subdistrict", "小港街道").denominator()));
        }
    }

    @Test
    void policyClosedWhileLoadingRule() throws Exception {
        inChild("policyClosedWhileLoadingRule");
    }

    @Test
    void ruleClosedWhileAnswering() throws Exception {
        inChild("ruleClosedWhileAnswering");
    }

    @Test
    void caseClosedWhileSetting() throws Exception {
        inChild("caseClosedWhileSetting");
    }

    @Test
    void tallyClosedWhileAdding() throws Exception {
        inChild("tallyClosedWhileAdding");
    }

    // ---- null ----

    @Test
    void nullPackTexts() {
        assertNull("packs", () -> Policy.load(null));
        assertNull("a.yaml", () -> Policy.load(Collections.singletonMap("a.yaml", null)));
        assertNull("a pack's name", () -> Policy.load(Collections.singletonMap(null, Sample.pack())));
    }

    @Test
    void nullName() {
        try (Sample sample = new Sample()) {
            assertNull("name", () -> sample.policy.pricing(null));
            assertNull("name", () -> sample.policy.costSharing(null));
            assertNull("name", () -> sample.policy.eligibility(null));
            assertNull("name", () -> sample.policy.indicator(null));
            assertNull("a fact's name", () -> sample.facts.set(null, "1"));
            assertNull("a fact's name", () -> sample.facts.setNone(null));
            assertNull("id", () -> sample.budget.add(null, CHILD));
            assertNull("id", () -> sample.waitingList.add(null, sample.facts));
            assertNull("entity", () -> sample.tally.add(null, sample.row));
            assertNull("entity", () -> sample.tally.add(null, STAFF));
            assertNull("kind", () -> sample.tally.regions(null));
            assertNull("kind", () -> sample.tally.measure(null, "小港街道"));
            assertNull("region", () -> sample.tally.measure("subdistrict", null));
            assertNull("source", () -> sample.facts.read(null, "{}"));
            assertNull("language", () -> sample.waitingList.entries(null));
        }
    }

    @Test
    void nullCase() {
        try (Sample sample = new Sample()) {
            sample.askedWithCase().forEach(ask -> assertNull("facts", () -> ask.ask(null)));
            sample.askedWithMap().forEach(ask -> assertNull("facts", () -> ask.ask(null)));
            sample.addedAsCase().forEach(ask -> assertNull("facts", () -> ask.ask(null)));
            sample.addedAsMap().forEach(ask -> assertNull("facts", () -> ask.ask(null)));
            assertNull("facts", () -> sample.policy.newCase(null));
            assertNull("facts", () -> sample.facts.setAll(null));
            assertNull("text", () -> sample.facts.read("facts", null));
            assertNull("child.name", () -> sample.facts.set("child.name", (String) null));
            assertNull("child.fee", () -> sample.facts.set("child.fee", (BigDecimal) null));
            assertNull("child.birth_date", () -> sample.facts.set("child.birth_date", (LocalDate) null));
            assertNull("other", () -> sample.tally.merge(null));
        }
    }

    @Test
    void nullDay() {
        try (Sample sample = new Sample()) {
            sample.onEachDay().forEach(ask -> assertNull("asOf", () -> ask.ask(null)));
        }
    }

    @Test
    void nullBytes() {
        try (Sample sample = new Sample()) {
            assertNull("bytes", () -> sample.indicator.tallyFromBytes(null));
        }
    }

    @Test
    void nullInMappingName() {
        try (Sample sample = new Sample()) {
            Map<String, Object> flat = with(null, 1),
                inner = with("child", Collections.singletonMap(null, 1));
            for (Map<String, Object> facts : List.of(flat, inner)) {
                assertNull("a fact's name", () -> sample.policy.newCase(facts));
                sample.askedWithMap().forEach(ask -> assertNull("a fact's name", () -> ask.ask(facts)));
                sample.addedAsMap().forEach(ask -> assertNull("a fact's name", () -> ask.ask(facts)));
            }
            Map<String, Object> number = with("child", Map.of(5, 1));
            assertThrows(IllegalArgumentException.class, () -> sample.policy.newCase(number));
        }
    }

    // ---- Names ----

    @Test
    void nameOfWrongKind() {
        try (Sample sample = new Sample()) {
            assertError("NOT_FOUND", "pricing rule", () -> sample.policy.eligibility("ceiling"));
            assertError("NOT_FOUND", "pricing rule", () -> sample.policy.costSharing("test.city:ceiling"));
            assertError("NOT_FOUND", "cost-sharing rule", () -> sample.policy.pricing("support"));
            assertError("NOT_FOUND", "eligibility rule", () -> sample.policy.indicator("rated"));
            assertError("NOT_FOUND", "indicator", () -> sample.policy.pricing("certified_rate"));
        }
    }

    @Test
    void nameUnknown() {
        try (Sample sample = new Sample()) {
            assertError("NOT_FOUND", "did you mean ceiling", () -> sample.policy.pricing("cieling"));
            assertError("NOT_FOUND", "support", () -> sample.policy.costSharing("suport"));
            assertError("NOT_FOUND", "rated", () -> sample.policy.eligibility("ratd"));
            assertError("NOT_FOUND", "certified_rate", () -> sample.policy.indicator("certified_rat"));
            assertThrows(TuoyuException.class, () -> sample.tally.measure("district", "小港街道"));
            assertThrows(TuoyuException.class, () -> sample.tally.measure("subdistrict", "没有"));
        }
    }

    @Test
    void nameEmpty() {
        try (Sample sample = new Sample()) {
            assertThrows(TuoyuException.class, () -> sample.policy.pricing(""));
            assertThrows(TuoyuException.class, () -> sample.policy.costSharing(""));
            assertThrows(TuoyuException.class, () -> sample.policy.eligibility(""));
            assertThrows(TuoyuException.class, () -> sample.policy.indicator(""));
            assertError("FACT_UNKNOWN", "``", () -> sample.facts.set("", "1"));
            assertError("FACT_UNKNOWN", "``", () -> sample.pricing.quote(with("", 1), DAY));
            assertError("INVALID_ARGUMENT", "id", () -> sample.budget.add("", CHILD));
            assertError("INVALID_ARGUMENT", "id", () -> sample.waitingList.add("", CHILD));
        }
    }

    @Test
    void nameWithNul() {
        try (Sample sample = new Sample()) {
            assertThrows(TuoyuException.class, () -> sample.policy.pricing("ceiling\0"));
            assertThrows(TuoyuException.class, () -> sample.policy.costSharing("support\0x"));
            assertThrows(TuoyuException.class, () -> sample.policy.eligibility("rated\0"));
            assertThrows(TuoyuException.class, () -> sample.policy.indicator("certified_rate\0"));
            assertThrows(TuoyuException.class, () -> sample.facts.set("child.fee\0", 1));
            assertThrows(TuoyuException.class, () -> sample.facts.set("child.name", "甲\0乙"));
            assertThrows(TuoyuException.class, () -> sample.facts.set("child.kind", "private\0"));
            assertThrows(TuoyuException.class, () -> sample.pricing.quote(with("child.name", "甲\0"), DAY));
            assertThrows(TuoyuException.class, () -> sample.facts.read("facts", "child: {name: \"甲\0乙\"}"));
            assertThrows(TuoyuException.class, () -> sample.facts.read("facts\0", "child: {name: 甲}"));
            assertThrows(TuoyuException.class, () -> sample.budget.add("A\0", CHILD));
            assertThrows(TuoyuException.class, () -> sample.waitingList.add("A\0", CHILD));
            assertThrows(TuoyuException.class, () -> sample.tally.measure("subdistrict\0", "小港街道"));
            assertThrows(TuoyuException.class, () -> sample.waitingList.entries("zh\0"));
            String broken = Sample.pack().replace("pricing:", "pricing\0:"), pack = Sample.pack();
            assertThrows(TuoyuException.class, () -> Policy.load(Map.of("city.yaml", broken)));
            assertThrows(TuoyuException.class, () -> Policy.load(Map.of("city\0.yaml", pack)));
            assertEquals(List.of(), sample.tally.regions("subdistrict\0"));
            sample.tally.add("staff\0", Map.of("staff.certified", true)); // no entity that it counts
            assertEquals(0, BigDecimal.ZERO.compareTo(sample.tally.measure().denominator()));
            assertEquals(List.of(), sample.budget.pay().claims());
        }
    }

    // ---- Packs, cases and tallies that do not belong ----

    @Test
    void packsNone() {
        assertError("INVALID_ARGUMENT", "pack", () -> Policy.load(Map.of()));
        assertThrows(TuoyuException.class, () -> Policy.load(Map.of("empty.yaml", "")));
        assertThrows(TuoyuException.class, () -> Policy.load(Map.of("", "")));
    }

    @Test
    void packsTwice() {
        String pack = Sample.pack();
        assertThrows(TuoyuException.class, () -> Policy.load(Map.of("a.yaml", pack, "b.yaml", pack)));
        assertThrows(TuoyuException.class,
            () -> Policy.load(Map.of("a.yaml", pack, "b.yaml", pack + "# other\n")));
    }

    @Test
    void caseOfOtherPolicy() {
        try (Sample sample = new Sample(); Sample other = new Sample()) {
            sample.askedWithCase().forEach(ask ->
                assertError("INVALID_ARGUMENT", "another policy", () -> ask.ask(other.facts)));
            sample.addedAsCase().forEach(ask ->
                assertError("INVALID_ARGUMENT", "another policy", () -> ask.ask(other.facts)));
            assertEquals(List.of(), sample.budget.pay().claims());
            assertEquals(List.of(), sample.waitingList.entries("zh"));
        }
    }

    @Test
    void tallyOfOtherPolicy() {
        String twoIndicators = Sample.pack()
            + "  all_staff:\n    title: 全部\n    unit: person\n    value: {of: staff, count: true}\n";
        String otherTarget = Sample.pack().replace("value: 80", "value: 90");
        try (Sample sample = new Sample(); Sample other = new Sample(otherTarget);
             Tally later = sample.indicator.tally(DAY.plusDays(1));
             Policy two = Policy.load(Map.of("city.yaml", twoIndicators));
             Tally one = two.indicator("certified_rate").tally(DAY);
             Tally second = two.indicator("all_staff").tally(DAY)) {
            sample.tally.add("staff", sample.row);
            byte[] before = sample.tally.toBytes();
            assertThrows(TuoyuException.class, () -> sample.tally.merge(other.tally));
            assertThrows(TuoyuException.class, () -> sample.tally.merge(later));
            assertThrows(TuoyuException.class, () -> sample.tally.merge(second));
            assertThrows(TuoyuException.class, () -> one.merge(second));
            assertThrows(TuoyuException.class, () -> other.indicator.tallyFromBytes(before));
            assertThrows(TuoyuException.class,
                () -> two.indicator("all_staff").tallyFromBytes(one.toBytes()));
            assertArrayEquals(before, sample.tally.toBytes());
        }
    }

    @Test
    void tallyMergedWithItself() throws Exception {
        try (Sample sample = new Sample()) {
            sample.tally.add("staff", sample.row);
            byte[] before = sample.tally.toBytes();
            assertThrows(TuoyuException.class, () -> sample.tally.merge(sample.tally));
            assertArrayEquals(before, sample.tally.toBytes());
        }
        inChild("talliesMergedIntoEachOther");
    }

    @Test
    void tallyBytesForged() throws Exception {
        inChild("tallyBytesForged");
    }

    @Test
    void claimTwice() {
        try (Sample sample = new Sample()) {
            sample.budget.add("A", CHILD);
            assertError("DUPLICATE", "`A`", () -> sample.budget.add("A", CHILD));
            assertError("DUPLICATE", "`A`", () -> sample.budget.add("A", sample.facts));
            assertEquals(1, sample.budget.pay().claims().size());
            sample.waitingList.add("A", CHILD);
            assertError("DUPLICATE", "`A`", () -> sample.waitingList.add("A", sample.facts));
            assertEquals(1, sample.waitingList.entries("zh").size());
        }
    }

    @Test
    void exampleIndex() {
        try (Sample sample = new Sample()) {
            assertEquals(Map.of(), sample.policy.runExamples());
            assertEquals(Map.of(), sample.policy.exampleAnswers());
        }
    }

    // ---- Threads, exceptions, copies ----

    @Test
    void twoThreadsOneCase() throws Exception {
        inChild("twoThreadsOneCase");
    }

    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Map<String, Object> throwing(Failure failure) {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw failure;
            }
        };
    }

    /** Gives one entry, then does something else. */
    private static Map<String, Object> mapThat(Runnable does) {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new Failure();
            }

            @Override
            public void forEach(BiConsumer<? super String, ? super Object> action) {
                action.accept("child.fee", 5);
                does.run();
            }
        };
    }

    @Test
    void exceptionInMapping() {
        try (Sample sample = new Sample()) {
            Failure failure = new Failure();
            Map<String, Object> throwing = mapThat(() -> {
                throw failure;
            });
            List<Sample.Ask<Map<String, Object>>> asks = new ArrayList<>(sample.askedWithMap());
            asks.addAll(sample.addedAsMap().subList(0, 2));
            asks.add(sample.policy::newCase);
            asks.add(sample.facts::setAll);
            for (Sample.Ask<Map<String, Object>> ask : asks) {
                assertSame(failure, assertThrows(Failure.class, () -> ask.ask(throwing)));
                Map<String, Object> deeper = with("child", with("fee", 5));
                deeper.put("more", throwing(failure));
                assertSame(failure, assertThrows(Failure.class, () -> ask.ask(deeper)));
                ask.ask(CHILD);
            }
            assertEquals(1, sample.budget.pay().claims().size());
            Map<String, String> packs = new AbstractMap<>() {
                @Override
                public Set<Entry<String, String>> entrySet() {
                    throw failure;
                }
            };
            assertSame(failure, assertThrows(Failure.class, () -> Policy.load(packs)));
        }
    }

    /** A map that closes what is being asked, or asks something itself, while it is read. */
    @Test
    void mappingThatClosesOrAsks() {
        try (Sample sample = new Sample(); Pricing asked = sample.policy.pricing("ceiling")) {
            String right = asked.quote(Map.of("child.fee", 5), DAY).toJson();
            assertEquals(right, asked.quote(mapThat(() -> {
                assertThrows(TuoyuException.class, () -> sample.policy.pricing("none"));
                assertThrows(TuoyuException.class, () -> asked.quote(with("child.none", 1), DAY));
            }), DAY).toJson());
            assertEquals(right, asked.quote(mapThat(asked::close), DAY).toJson());
            assertClosed("Pricing", () -> asked.quote(Map.of("child.fee", 5), DAY));
            Map<String, Object> closing = with("child.fee", 1);
            assertClosed("Case", () -> sample.facts.setAll(mapThat(() -> {
                sample.facts.close();
                sample.facts.setAll(closing);
            })));
        }
    }

    private static byte[] serialised(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    @Test
    void errorSerialised() throws Exception {
        String bad = Sample.pack().replace("child.fee * 2", "child.fe * 2")
            .replace("count: staff.certified", "count: staff.certifed");
        List<TuoyuException> errors = new ArrayList<>();
        try (Sample sample = new Sample()) {
            for (Executable call : List.<Executable>of(() -> Policy.load(Map.of("𠮷.yaml", bad)),
                    () -> sample.policy.pricing("x"), () -> sample.facts.set("child.fe", 1),
                    () -> sample.facts.set("child.birth_date", LocalDate.MAX),
                    () -> sample.facts.read("facts", "child: {fee: x, share: y, kind: z}"),
                    () -> sample.waitingList.toText("fr"))) {
                errors.add(assertThrows(TuoyuException.class, call));
            }
        }
        assertTrue(errors.get(0).findings().size() >= 2);
        assertEquals(3, errors.get(4).findings().size());
        for (TuoyuException error : errors) {
            Object read = new ObjectInputStream(new ByteArrayInputStream(serialised(error))).readObject();
            TuoyuException copy = (TuoyuException) read;
            assertEquals(error.code(), copy.code());
            assertEquals(error.status(), copy.status());
            assertEquals(error.getMessage(), copy.getMessage());
            assertEquals(error.findings(), copy.findings());
            assertEquals(List.of(error.source(), error.line(), error.column()),
                List.of(copy.source(), copy.line(), copy.column()));
            Finding first = copy.findings().get(0);
            assertThrows(UnsupportedOperationException.class, () -> copy.findings().add(first));
        }
    }

    @Test
    void handleSerialised() throws Exception {
        try (Sample sample = new Sample()) {
            for (AutoCloseable handle : sample.handles()) {
                assertThrows(NotSerializableException.class, () -> serialised(handle));
            }
            assertThrows(NotSerializableException.class,
                () -> serialised(new HashMap<>(Map.of("rule", sample.pricing))));
            sample.askedWithMap().forEach(ask -> ask.ask(CHILD));
        }
    }

    @Test
    void handleMadeByHand() throws Exception {
        inChild("handleMadeByHand");
    }

    /** The bound is on what the whole process ever held; the README tells of it. */
    @Test
    void unclosed() throws Exception {
        inChild("unclosed", "-Xmx512m");
    }
}
