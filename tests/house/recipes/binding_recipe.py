# SPDX-License-Identifier: Apache-2.0
"""A method in both bindings: the title of a pack, which C has already."""

TITLE = "A method in both bindings"
MOST = 4


def apply(tree):
    tree.insert_after("bindings/swig/tuoyu.i",
                      "const char *tuoyu_policy_pack_id(const tuoyu_policy *policy, long long index);\n",
                      "const char *tuoyu_policy_pack_title(const tuoyu_policy *policy, long long index, const char *code);\n")
    tree.insert_before("bindings/python/tuoyu/policies.py", "    @property\n    def rules(self) -> list[str]:\n", '''
    def pack_titles(self, language: str = "zh") -> list[str]:
        """What the packs are about, in the order of pack_ids. language: "zh" or "en"."""
        count = raw.tuoyu_policy_pack_count(self._native)
        return [raw.tuoyu_policy_pack_title(self._native, i, language) for i in range(count)]

'''.lstrip("\n"))
    tree.insert_before("bindings/java/tuoyu/Policy.java", "    /** Full names, {@code pack.id:name}. */\n", '''
    /** What the packs are about, in the order of packIds(). */
    public List<String> packTitles(String language) {
        String code = Call.language(language);
        return use(policy -> Answer.list(raw.tuoyu_policy_pack_count(policy),
                i -> Call.text(raw.tuoyu_policy_pack_title(policy, i, code))));
    }

'''.lstrip("\n"))


PYTHON = '''
import pathlib, sys, tuoyu
policy = tuoyu.Policy.load({"recipes.yaml": pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")})
print(policy.pack_titles("zh"), policy.pack_titles("en"))
'''
JAVA = '''
import java.nio.file.*;
import java.util.Map;
import tuoyu.Policy;

public class PackTitles {
    public static void main(String[] arguments) throws Exception {
        byte[] pack = Files.readAllBytes(Paths.get(arguments[0]));
        try (Policy policy = Policy.load(Map.of("recipes.yaml", new String(pack, "UTF-8")))) {
            System.out.write((policy.packTitles("zh") + " " + policy.packTitles("en")).getBytes("UTF-8"));
            System.out.flush();
        }
    }
}
'''


def use(built):
    built.expect_python(PYTHON, "['配方'] ['Recipes']")
    built.expect_java("PackTitles", JAVA, "[配方] [Recipes]")
