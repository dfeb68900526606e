// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tuoyu.Case;
import tuoyu.CostSharing;
import tuoyu.Eligibility;
import tuoyu.Policy;
import tuoyu.Pricing;
import tuoyu.Quote;
import tuoyu.Split;
import tuoyu.Verdict;

/**
 * One family's quote, split and verdict from Java.
 *
 * <p>{@code java -cp build/bindings/java/tuoyu.jar examples/Family.java examples 2025-09-30 ANSWERS.json}
 *
 * <p>Prints three lines and writes the three answers as JSON, one a line, which is the same from every language.
 */
public final class Family {
    private static final List<String> PACKS = List.of("national/childcare-standards.yaml", "national/child-allowance.yaml",
        "national/child-health-visits.yaml", "national/family-childcare-sites.yaml",
        "ningbo/childcare-construction-grant.yaml", "beilun/inclusive-childcare.yaml", "beilun/illustrative.yaml");

    private Family() {}

    private static Policy load(Path examples) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : PACKS) {
            texts.put(name, Files.readString(examples.resolve("packs").resolve(name)));
        }
        return Policy.load(texts);
    }

    public static void main(String[] arguments) throws IOException {
        Path examples = Path.of(arguments[0]);
        LocalDate asOf = LocalDate.parse(arguments[1]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Policy policy = load(examples);
             Case family = policy.newCase().read("family.yaml", Files.readString(examples.resolve("beilun/family.yaml")));
             Pricing pricing = policy.pricing("monthly_fee");
             CostSharing sharing = policy.costSharing("monthly_care_cost");
             Eligibility eligibility = policy.eligibility("inclusive_place");
             Quote quote = pricing.quote(family, asOf);
             Split split = sharing.split(family, asOf);
             Verdict verdict = eligibility.verdict(family, asOf)) {
            out.println("  报价 quote    " + quote.amount() + " " + quote.unit() + ", over by " + quote.excess());
            out.println("  分担 split    " + split.lines().stream()
                .map(line -> line.payer() + " " + line.amount()).collect(Collectors.joining(", ")));
            out.println("  认定 verdict  " + verdict.decision());
            Files.writeString(Path.of(arguments[2]), quote.toJson() + "\n" + split.toJson() + "\n" + verdict.toJson() + "\n");
        }
    }
}
