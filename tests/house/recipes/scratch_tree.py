# SPDX-License-Identifier: Apache-2.0
"""A copy of the tree to which a recipe adds something. Edits stand at anchors: a text that is in the file exactly once."""
import hashlib
import pathlib
import shutil
import subprocess


class AnchorMissing(Exception):
    """The tree has changed where a recipe adds to it: the recipe in tests/house/recipes/ needs another anchor."""


def names_of_sources(root):
    """The files that are the tree's own: those that git knows, or without git all but what a build makes."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, text=True)
    if listed.returncode == 0:
        return [name for name in listed.stdout.splitlines() if (root / name).is_file()]
    inner = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return [str(path) for path in inner if path.parts[0] not in ("build", ".git")]


class ScratchTree:
    def __init__(self, original, folder):
        self.root = pathlib.Path(folder)
        for name in names_of_sources(original):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(original / name, self.root / name)

    # ---- Editing ----

    def create(self, name, text):
        path = self.root / name
        if path.exists():
            raise AnchorMissing(f"{name} is there already")
        path.write_text(text, encoding="utf-8")

    def replace(self, name, anchor, text):
        path = self.root / name
        if not path.exists():
            raise AnchorMissing(f"{name} is not there")
        before = path.read_text(encoding="utf-8")
        if before.count(anchor) != 1:
            raise AnchorMissing(f"{name}: the anchor stands there {before.count(anchor)} times, not once:\n{anchor}")
        path.write_text(before.replace(anchor, text), encoding="utf-8")

    def insert_after(self, name, anchor, text):
        self.replace(name, anchor, anchor + text)

    def insert_before(self, name, anchor, text):
        self.replace(name, anchor, text + anchor)

    # ---- Looking ----

    def read(self, name):
        return (self.root / name).read_text(encoding="utf-8")

    def state(self):
        """The digest of each file, by name."""
        return {str(path.relative_to(self.root)): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in self.root.rglob("*") if path.is_file()}


def changed(before, after):
    """Names of the files that differ between two states."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
