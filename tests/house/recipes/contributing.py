# SPDX-License-Identifier: Apache-2.0
"""The recipes as .github/CONTRIBUTING.md tells them: under each heading, how many files an addition touches and which."""
import re

COUNTED = ("src/", "include/", "bindings/")
ON_TOP = ("tests/", "CHANGELOG.md")
HEADING = re.compile(r"^### ([^\n]+?) \((\d+) files\)\n(.*?)(?=^##|\Z)", re.M | re.S)
NAMED = re.compile(r"`([^`\s]+)`")
WRITTEN_ANEW = re.compile(r"writes\s+`([^`\s]+)`\s+anew")


class Recipe:
    def __init__(self, title, number, text):
        self.title = title
        self.number = number
        self.made = set(WRITTEN_ANEW.findall(text))
        self.names = [name for name in NAMED.findall(text) if name.startswith(COUNTED) and name not in self.made]

    def has(self, name):
        """Whether the recipe names the file. `…` stands for a part of a name without a slash."""
        return any(re.fullmatch(re.escape(pattern).replace("…", "[^/]+"), name) for pattern in self.names)

    def violations(self, touched):
        """What is wrong with an addition that touches these files. Tests come on top."""
        counted = [name for name in touched if name.startswith(COUNTED)]
        yield from (f"{name} is touched, and the recipe does not name it" for name in counted if not self.has(name))
        yield from (f"{name} is touched, which no recipe may need" for name in touched
                    if not name.startswith(COUNTED + ON_TOP))
        if len(counted) != self.number:
            yield f"{len(counted)} files are touched, and the recipe says {self.number}: {' '.join(counted)}"


def recipes(document):
    return {title: Recipe(title, int(number), text) for title, number, text in HEADING.findall(document)}
