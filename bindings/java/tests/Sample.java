// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import tuoyu.Budget;
import tuoyu.Case;
import tuoyu.CostSharing;
import tuoyu.Eligibility;
import tuoyu.Indicator;
import tuoyu.Measure;
import tuoyu.Payout;
import tuoyu.Policy;
import tuoyu.Pricing;
import tuoyu.Quote;
import tuoyu.Split;
import tuoyu.Tally;
import tuoyu.Verdict;
import tuoyu.WaitingList;

/** One of everything that the pack of the bindings' tests gives; what is not closed yet is closed with it. */
final class Sample implements AutoCloseable {
    static final Path ROOT = Path.of(System.getProperty("tuoyu.root"));
    static final LocalDate DAY = LocalDate.of(2025, 1, 1);
    static final Map<String, Object> CHILD = Map.of("child.birth_date", LocalDate.of(2024, 1, 2),
        "child.registered", true, "child.fee", new BigDecimal("3000"), "child.share", 50, "child.kind",
        "private");
    static final Map<String, Object> STAFF = Map.of("staff.certified", true, "staff.subdistrict", "小港街道");

    final Policy policy;
    final Pricing pricing;
    final CostSharing costSharing;
    final Eligibility eligibility;
    final Indicator indicator;
    final Case facts;
    final Case row;
    final Tally tally;
    final Budget budget;
    final WaitingList waitingList;

    Sample() {
        this(pack());
    }

    Sample(String pack) {
        policy = Policy.load(Map.of("city.yaml", pack));
        pricing = policy.pricing("ceiling");
        costSharing = policy.costSharing("support");
        eligibility = policy.eligibility("rated");
        indicator = policy.indicator("certified_rate");
        facts = policy.newCase(CHILD);
        row = policy.newCase(STAFF);
        tally = indicator.tally(DAY);
        budget = costSharing.budget(Map.of(), DAY);
        waitingList = eligibility.waitingList(1, DAY);
    }

    static String pack() {
        return read(ROOT.resolve("bindings/tests/city.yaml"));
    }

    static Policy load() {
        return Policy.load(Map.of("test.yaml", pack()));
    }

    static void assertNumber(String expected, BigDecimal actual) {
        assertEquals(0, new BigDecimal(expected).compareTo(actual), () -> expected + " is not " + actual);
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** One rule asked with facts; what is to be tried with every rule is tried with a list of these. */
    interface Ask<T> {
        void ask(T facts);
    }

    List<Ask<Case>> askedWithCase() {
        return List.of(given -> pricing.quote(given, DAY).close(),
            given -> costSharing.split(given, DAY).close(), given -> costSharing.budget(given, DAY).close(),
            given -> eligibility.verdict(given, DAY).close());
    }

    List<Ask<Map<String, Object>>> askedWithMap() {
        return List.of(given -> pricing.quote(given, DAY).close(),
            given -> costSharing.split(given, DAY).close(), given -> costSharing.budget(given, DAY).close(),
            given -> eligibility.verdict(given, DAY).close());
    }

    /** What takes one case after the other; each time under an id of its own. */
    List<Ask<Case>> addedAsCase() {
        return List.of(given -> budget.add(nextId(), given), given -> waitingList.add(nextId(), given),
            given -> tally.add("staff", given));
    }

    List<Ask<Map<String, Object>>> addedAsMap() {
        return List.of(given -> budget.add(nextId(), given), given -> waitingList.add(nextId(), given),
            given -> tally.add("staff", given));
    }

    private int ids;

    private String nextId() {
        return "id-" + ids++;
    }

    /** A handle of each class, answers included. */
    List<AutoCloseable> handles() {
        Quote quote = pricing.quote(facts, DAY);
        Split split = costSharing.split(facts, DAY);
        Verdict verdict = eligibility.verdict(facts, DAY);
        Measure measure = tally.measure();
        Payout payout = budget.pay();
        return List.of(quote, split, verdict, measure, payout, facts, row, tally, budget, waitingList,
            pricing, costSharing, eligibility, indicator, policy);
    }

    /** All that asks for a day. */
    List<Ask<LocalDate>> onEachDay() {
        return List.of(day -> pricing.quote(facts, day).close(),
            day -> pricing.quote(Sample.CHILD, day).close(), day -> costSharing.split(facts, day).close(),
            day -> costSharing.split(Sample.CHILD, day).close(),
            day -> costSharing.budget(facts, day).close(),
            day -> costSharing.budget(Sample.CHILD, day).close(),
            day -> eligibility.verdict(facts, day).close(),
            day -> eligibility.verdict(Sample.CHILD, day).close(),
            day -> eligibility.waitingList(1, day).close(), day -> indicator.tally(day).close());
    }

    @Override
    public void close() {
        for (AutoCloseable handle
            : List.of(facts, row, tally, budget, waitingList, pricing, costSharing, eligibility, indicator,
                    policy)) {
            try {
                handle.close();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
