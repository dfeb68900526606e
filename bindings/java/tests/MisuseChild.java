// SPDX-License-Identifier: Apache-2.0
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tuoyu.Budget;
import tuoyu.Case;
import tuoyu.Policy;
import tuoyu.Quote;
import tuoyu.Tally;
import tuoyu.TuoyuException;
import tuoyu.raw.raw;

/** Misuses that could bring the virtual machine down: each test starts one of these in a machine of its own. */
final class MisuseChild {
    private static final LocalDate DAY = Sample.DAY;
    private static final int ROUNDS = 300;
    private static final int THREADS = 4;

    private MisuseChild() {}

    public static void main(String[] arguments) throws Exception {
        Method misuse = MisuseChild.class.getDeclaredMethod(arguments[0]);
        misuse.invoke(null);
        System.out.println(arguments[0] + " is over");
        System.exit(0);
    }

    // ---- Threads ----

    /** What a thread does; it may end with IllegalStateException, as a handle is closed meanwhile. */
    private interface Work {
        void run(int thread) throws Exception;
    }

    /** Runs the work on all threads at once and the closing beside it. Only that a handle is closed is forgiven. */
    private static void beside(Work work, AutoCloseable closed) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1);
        CountDownLatch start = new CountDownLatch(THREADS + 1);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            all.add(pool.submit(() -> {
                start.countDown();
                start.await();
                try {
                    work.run(thread);
                } catch (IllegalStateException isClosed) {
                    if (!isClosed.getMessage().endsWith("is closed")) {
                        throw isClosed;
                    }
                }
                return null;
            }));
        }
        all.add(pool.submit(() -> {
            start.countDown();
            start.await();
            closed.close();
            return null;
        }));
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
    }

    static void policyClosedWhileLoadingRule() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Policy policy = Policy.load(Map.of("city.yaml", Sample.pack()));
            beside(thread -> {
                for (int i = 0; i < 50; i++) {
                    policy.pricing("ceiling").quote(Map.of("child.fee", 5), DAY).close();
                    policy.newCase(Sample.CHILD).close();
                    policy.facts();
                    policy.indicator("certified_rate").tally(DAY).close();
                }
            }, policy);
        }
    }

    static void ruleClosedWhileAnswering() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Sample sample = new Sample()) {
                beside(thread -> {
                    for (int i = 0; i < 50; i++) {
                        try (Quote quote = sample.pricing.quote(Map.of("child.fee", i), DAY)) {
                            check(quote.amount().compareTo(BigDecimal.valueOf(2L * i)) == 0,
                                "another answer");
                        }
                        sample.askedWithMap().get(i % 4).ask(Sample.CHILD);
                        sample.eligibility.waitingList(1, DAY).close();
                    }
                }, () -> {
                    sample.eligibility.close();
                    sample.pricing.close();
                    sample.costSharing.close();
                });
            }
        }
    }

    static void caseClosedWhileSetting() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Sample sample = new Sample()) {
                beside(thread -> {
                    for (int i = 0; i < 100; i++) {
                        sample.facts.set("child.name", "甲".repeat(i)).set("child.fee", i)
                            .setAll(Sample.CHILD);
                        sample.facts.read("facts", "child: {fee: 7}");
                        sample.pricing.quote(sample.facts, DAY).close();
                        if (i % 10 == 0) {
                            sample.facts.clear();
                        }
                    }
                }, sample.facts);
            }
        }
    }

    static void tallyClosedWhileAdding() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Sample sample = new Sample(); Tally other = sample.indicator.tally(DAY)) {
                beside(thread -> {
                    for (int i = 0; i < 50; i++) {
                        sample.tally.add("staff", Map.of("certified", true, "subdistrict", "街道" + i));
                        sample.budget.add(thread + "-" + i, Sample.CHILD);
                        sample.waitingList.add(thread + "-" + i, Sample.CHILD);
                        sample.tally.measure().close();
                        sample.tally.toBytes();
                        other.merge(sample.tally);
                        sample.budget.pay().close();
                        sample.waitingList.entries("zh");
                    }
                }, () -> {
                    sample.waitingList.close();
                    sample.tally.close();
                    sample.budget.close();
                });
            }
        }
    }

    /** Two threads that merge two tallies into each other do not wait for ever, and lose no row. */
    static void talliesMergedIntoEachOther() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Sample sample = new Sample();
                 Tally left = sample.indicator.tally(DAY);
                 Tally right = sample.indicator.tally(DAY)) {
                left.add("staff", sample.row);
                beside(thread -> {
                    if (thread == 0) {
                        left.merge(right);
                    } else if (thread == 1) {
                        right.merge(left);
                    } else {
                        check(throwsError(() -> left.merge(left)), "a tally took itself in");
                    }
                }, () -> { });
                long rows = left.measure().denominator().longValueExact()
                    + right.measure().denominator().longValueExact();
                check(rows == 2 || rows == 3, rows + " rows");
            }
        }
    }

    static void twoThreadsOneCase() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Sample sample = new Sample()) {
                beside(thread -> {
                    for (int i = 0; i < 100; i++) {
                        sample.facts.set("child.fee", thread % 2 == 0 ? 10 : 20)
                            .set("child.name", "乙".repeat(thread * i));
                        try (Quote quote = sample.pricing.quote(sample.facts, DAY)) {
                            int amount = quote.amount().intValueExact();
                            check(amount == 20 || amount == 40, "an amount of " + amount);
                        }
                        sample.addedAsCase().forEach(add -> throwsError(() -> add.ask(sample.facts)));
                    }
                }, () -> { });
            }
        }
    }

    // ---- Bytes ----

    /** Whatever bytes are read, a tally that says the same again comes of them, or an error. */
    static void tallyBytesForged() {
        try (Sample sample = new Sample()) {
            for (int i = 0; i < 20; i++) {
                sample.tally.add("staff", Map.of("certified", i % 2 == 0, "subdistrict", "街道" + i % 3));
            }
            sample.tally.add("staff", Map.of("certified", true));
            byte[] bytes = sample.tally.toBytes();
            for (int i = 0; i < bytes.length; i++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] forged = bytes.clone();
                    forged[i] ^= (byte) (1 << bit);
                    check(throwsError(() -> sample.indicator.tallyFromBytes(forged)),
                        "byte " + i + " was forged");
                }
            }
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = java.util.Arrays.copyOf(bytes, length);
                check(throwsError(() -> sample.indicator.tallyFromBytes(cut)), "cut off at " + length);
            }
            for (int more : new int[] {1, 7, 64, 4096}) {
                byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + more);
                check(throwsError(() -> sample.indicator.tallyFromBytes(longer)), "longer by " + more);
            }
            check(throwsError(() -> sample.indicator.tallyFromBytes(new byte[1 << 20])),
                "a megabyte of nothing");
            check(java.util.Arrays.equals(bytes, sample.indicator.tallyFromBytes(bytes).toBytes()),
                "another tally");
        }
    }

    // ---- Handles made by hand ----

    private static final List<Class<?>> HANDLES = List.of(Policy.class, tuoyu.Pricing.class,
        tuoyu.CostSharing.class, tuoyu.Eligibility.class, tuoyu.Indicator.class, Case.class, Tally.class,
        Budget.class, tuoyu.WaitingList.class, Quote.class, tuoyu.Split.class, tuoyu.Verdict.class,
        tuoyu.Measure.class, tuoyu.Payout.class);

    static void handleMadeByHand() throws Exception {
        int made = 0;
        for (Class<?> handle : HANDLES) {
            callAll(withoutConstructor(handle));
            for (Constructor<?> constructor : handle.getDeclaredConstructors()) {
                constructor.setAccessible(true);
                Object[] nothing = new Object[constructor.getParameterCount()];
                try {
                    constructor.newInstance(nothing);
                    throw new IllegalStateException(handle + " was made of null");
                } catch (InvocationTargetException refused) {
                    check(refused.getCause() instanceof NullPointerException,
                        "null is refused otherwise: " + refused.getCause());
                }
                Object[] zeros = new Object[constructor.getParameterCount()];
                for (int i = 0; i < zeros.length; i++) {
                    zeros[i] = nullPointer(constructor.getParameterTypes()[i]);
                }
                callAll(constructor.newInstance(zeros));
                made++;
            }
        }
        check(made >= HANDLES.size(), made + " were made");
        check(Modifier.isFinal(Policy.class.getModifiers()), "Policy can be subclassed");
    }

    private static Object withoutConstructor(Class<?> type) throws Exception {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field only = unsafe.getDeclaredField("theUnsafe");
        only.setAccessible(true);
        return unsafe.getMethod("allocateInstance", Class.class).invoke(only.get(null), type);
    }

    /** SWIG's own constructor without arguments is that of a null pointer. */
    private static Object nullPointer(Class<?> type) throws Exception {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    /** Calls all public methods with arguments that are right. They may throw, but must come back. */
    private static void callAll(Object handle) throws Exception {
        for (Method method : handle.getClass().getMethods()) {
            if (method.getDeclaringClass() == Object.class || Modifier.isStatic(method.getModifiers())
                    || method.getName().equals("close")) {
                continue;
            }
            method.setAccessible(true);
            Object[] arguments = new Object[method.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = argument(method.getParameterTypes()[i], handle);
            }
            try {
                method.invoke(handle, arguments);
            } catch (InvocationTargetException thrown) {
                check(!(thrown.getCause() instanceof VirtualMachineError), method + ": " + thrown.getCause());
            }
        }
        try {
            ((AutoCloseable) handle).close();
            ((AutoCloseable) handle).close();
        } catch (NullPointerException withoutState) {
            // it was made without its constructor, and holds nothing
        }
    }

    private static Object argument(Class<?> type, Object handle) {
        try (Sample sample = new Sample()) {
            return type == String.class ? "zh" : type == LocalDate.class ? DAY : type == BigDecimal.class
                ? BigDecimal.ONE
                : type == long.class ? (Object) 1L : type == boolean.class ? (Object) true
                : type == byte[].class ? sample.tally.toBytes() : type == Map.class ? Sample.CHILD
                : type == Case.class ? Policy.load(Map.of("city.yaml", Sample.pack())).newCase(Sample.CHILD)
                : type == Tally.class ? handle : null;
        }
    }

    // ---- Memory ----

    private static final long MOST_KILOBYTES = 300_000;

    /** Answers and cases that nobody closes, of each kind, beside some that live on and must. */
    static void unclosed() throws Exception {
        Map<String, String> packs = new java.util.LinkedHashMap<>();
        for (String name : List.of("national/childcare-standards.yaml", "national/child-allowance.yaml",
                "national/child-health-visits.yaml", "national/family-childcare-sites.yaml",
                "ningbo/childcare-construction-grant.yaml", "beilun/inclusive-childcare.yaml",
                "beilun/illustrative.yaml")) {
            packs.put(name, Sample.read(Sample.ROOT.resolve("examples/packs").resolve(name)));
        }
        String family = Sample.read(Sample.ROOT.resolve("examples/beilun/family.yaml"));
        LocalDate day = LocalDate.of(2025, 9, 30);
        Policy policy = Policy.load(packs);
        Case kept = policy.newCase().read("family.yaml", family);
        String right = policy.pricing("monthly_fee").quote(kept, day).toJson();
        long before = raw.call_held_bytes();
        for (int i = 0; i < 20_000; i++) {
            policy.pricing("monthly_fee").quote(policy.newCase().read("family.yaml", family), day);
            if (i % 4 == 0) {
                policy.costSharing("monthly_care_cost")
                    .split(policy.newCase().read("family.yaml", family), day);
                policy.eligibility("inclusive_place")
                    .verdict(policy.newCase().read("family.yaml", family), day);
            }
            if (i % 20 == 0) {
                policy.indicator("infant_health_management_rate").tally(day).measure();
            }
        }
        check(right.equals(policy.pricing("monthly_fee").quote(kept, day).toJson()), "another answer");
        check(mostKilobytes() < MOST_KILOBYTES, mostKilobytes() + " KB were held");
        for (int round = 0; round < 100 && raw.call_held_bytes() > before + (1 << 20); round++) {
            System.gc();
            Thread.sleep(20);
        }
        check(raw.call_held_bytes() <= before + (1 << 20),
            raw.call_held_bytes() - before + " bytes never came back");
        java.lang.ref.Reference.reachabilityFence(policy);
        java.lang.ref.Reference.reachabilityFence(kept);
    }

    /** To the byte, whatever was asked, and whatever failed. */
    static void closedMemoryComesBack() {
        for (int round = 0; round < 20; round++) {
            try (Sample sample = new Sample()) {
                sample.askedWithCase().forEach(ask -> ask.ask(sample.facts));
                sample.askedWithMap().forEach(ask -> ask.ask(Sample.CHILD));
                sample.addedAsCase().forEach(ask -> throwsError(() -> ask.ask(sample.row)));
                sample.askedWithMap().forEach(ask ->
                    check(throwsError(() -> ask.ask(Map.of("child.fee", "x"))), "x is no fee"));
                check(throwsError(() -> sample.policy.pricing("none")), "there is none");
                check(throwsError(() -> Policy.load(Map.of("bad.yaml", "tuoyu: 2"))), "it is bad");
                sample.budget.pay().close();
                sample.tally.measure().close();
                check(raw.call_held_bytes() > 0, "nothing is held");
            }
            check(raw.call_held_bytes() == 0, raw.call_held_bytes() + " bytes are held");
        }
    }

    /** Where a program needs what it holds, the collector is not asked again and again. */
    static void keptHandlesAskTheCollectorSeldom() {
        List<Quote> kept = new ArrayList<>();
        try (Sample sample = new Sample()) {
            while (raw.call_held_bytes() < 400L << 20) {
                kept.add(sample.pricing.quote(sample.facts, DAY));
            }
            long asked = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> bean.getName().contains("Old") || bean.getName().contains("MarkSweep"))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
            check(asked >= 1 && asked <= 6, "the collector was asked " + asked + " times");
            kept.forEach(quote -> check(quote.amount().signum() > 0, "an amount is gone"));
            kept.forEach(Quote::close);
        }
    }

    /** The most memory that this process ever held, as the kernel counts it. */
    private static long mostKilobytes() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IllegalStateException("the kernel does not tell");
    }

    private static void check(boolean isRight, String otherwise) {
        if (!isRight) {
            throw new AssertionError(otherwise);
        }
    }

    private static boolean throwsError(Runnable call) {
        try {
            call.run();
            return false;
        } catch (TuoyuException error) {
            return true;
        }
    }
}
