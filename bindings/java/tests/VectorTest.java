// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tuoyu.Answer;
import tuoyu.Budget;
import tuoyu.Case;
import tuoyu.Policy;
import tuoyu.Tally;
import tuoyu.TuoyuException;

/** The vector files that C, Python and Java all run: the same packs, cases and JSON answers. */
class VectorTest {
    private static final Path VECTORS = Path.of(System.getProperty("tuoyu.root"), "tests", "vectors");
    private static final List<String> KINDS = List.of("pricing", "cost_sharing", "budget", "eligibility", "indicator");

    private static JsonObject read(String kind) throws IOException {
        return JsonParser.parseString(Files.readString(VECTORS.resolve(kind + ".json"))).getAsJsonObject();
    }

    private static Policy load(JsonObject document) {
        Map<String, String> packs = new LinkedHashMap<>();
        for (JsonElement pack : document.getAsJsonArray("packs")) {
            JsonObject entry = pack.getAsJsonObject();
            packs.put(entry.get("name").getAsString(), entry.get("text").getAsString());
        }
        return Policy.load(packs);
    }

    private static Answer<?> measure(Policy policy, JsonObject vector, LocalDate asOf) {
        try (Tally tally = policy.indicator(vector.get("rule").getAsString()).tally(asOf)) {
            for (Map.Entry<String, JsonElement> entity : vector.getAsJsonObject("rows").entrySet()) {
                for (JsonElement row : entity.getValue().getAsJsonArray()) {
                    JsonObject named = new JsonObject();
                    named.add(entity.getKey(), row);
                    try (Case facts = policy.newCase()) {
                        tally.add(entity.getKey(), facts.read("row", named.toString()));
                    }
                }
            }
            if (vector.has("unreadable")) {
                vector.getAsJsonObject("unreadable").entrySet().forEach(one -> tally.addUnreadable(one.getKey(), one.getValue().getAsLong()));
            }
            if (!vector.has("region")) {
                return tally.measure();
            }
            Map.Entry<String, JsonElement> region = vector.getAsJsonObject("region").entrySet().iterator().next();
            return tally.measure(region.getKey(), region.getValue().getAsString());
        }
    }

    private static Answer<?> payout(Policy policy, JsonObject vector, Case facts, LocalDate asOf) {
        try (Budget budget = policy.costSharing(vector.get("rule").getAsString()).budget(facts, asOf)) {
            for (Map.Entry<String, JsonElement> claim : vector.getAsJsonObject("claims").entrySet()) {
                try (Case made = policy.newCase()) {
                    budget.add(claim.getKey(), made.read("claim", claim.getValue().toString()));
                }
            }
            return budget.pay();
        }
    }

    private static Answer<?> answer(Policy policy, String kind, JsonObject vector) {
        LocalDate asOf = LocalDate.parse(vector.get("as_of").getAsString());
        if (kind.equals("indicator")) {
            return measure(policy, vector, asOf);
        }
        String rule = vector.get("rule").getAsString();
        try (Case facts = policy.newCase().read("given", vector.get("given").toString())) {
            if (vector.has("claims")) {
                return payout(policy, vector, facts, asOf);
            }
            return switch (kind) {
                case "pricing" -> policy.pricing(rule).quote(facts, asOf);
                case "cost_sharing", "budget" -> policy.costSharing(rule).split(facts, asOf);
                default -> policy.eligibility(rule).verdict(facts, asOf);
            };
        }
    }

    private static void check(JsonObject document, String kind, JsonObject vector) {
        try (Policy policy = load(document)) {
            if (vector.has("error")) {
                TuoyuException caught = assertThrows(TuoyuException.class, () -> answer(policy, kind, vector));
                assertEquals(vector.get("error").getAsString(), caught.status());
                return;
            }
            try (Answer<?> answer = answer(policy, kind, vector)) {
                assertEquals(vector.get("expect"), JsonParser.parseString(answer.toJson()));
            }
        }
    }

    @TestFactory
    List<DynamicTest> vectors() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String kind : KINDS) {
            JsonObject document = read(kind);
            for (JsonElement element : document.getAsJsonArray("cases")) {
                JsonObject vector = element.getAsJsonObject();
                tests.add(DynamicTest.dynamicTest(kind + "-" + tests.size(), () -> check(document, kind, vector)));
            }
        }
        return tests;
    }

    @Test
    void thereAreVectorsOfEachKind() throws IOException {
        for (String kind : KINDS) {
            assertTrue(read(kind).getAsJsonArray("cases").size() > 0, kind);
        }
    }
}
