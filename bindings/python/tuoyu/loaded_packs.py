# SPDX-License-Identifier: Apache-2.0
"""Packs in: their texts, read and compiled by the library."""

from __future__ import annotations

import os
from typing import Any, Iterable, Literal, Mapping, Tuple, TypeVar

from . import _raw as raw
from .changes import Change, changed_policy
from .errors import language_error, made_error
from .handles import Handle, name_of

P = TypeVar("P", bound="LoadedPacks")
Language = Literal["zh", "en"]

#: Of a policy: its packs, the language of its findings, its limits, its changes.
MadeOf = Tuple[Tuple[Tuple[str, str], ...], Language, Tuple[Tuple[str, int], ...], Tuple[Change, ...]]


def _pairs_of(packs: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    if isinstance(packs, (str, bytes)):
        raise TypeError("packs: a mapping of names to texts, or pairs of them, are wanted, not one text")
    items: Any = packs.items() if isinstance(packs, Mapping) else packs
    pairs = tuple((name_of(name, "the name of a pack"), text) for name, text in items)
    if not pairs:
        raise made_error(raw.TUOYU_ERROR_INVALID_ARGUMENT, "no pack is given", "give one or more")
    return pairs


class LoadedPacks(Handle):
    """The native policy and the texts that it was made of. Policy adds what can be asked of it; rules, cases and
    batches are made of these packs, and need not know Policy."""

    _packs: tuple[tuple[str, str], ...] = ()
    _language: Language = "en"
    _limits: tuple[tuple[str, int], ...] = ()
    _changes: tuple[Change, ...] = ()  # of a scenario, those of the policy that it was made of included

    @classmethod
    def load(cls: type[P], packs: Mapping[str, str] | Iterable[tuple[str, str]], language: Language = "en",
             limits: Mapping[str, int] | Iterable[tuple[str, int]] = ()) -> P:
        """packs: what errors call each text (a file name, say) to its YAML. All that `uses:` names must be
        among them. language: in which the findings are said, and the column `error` of the policy's batches.
        limits: of the load and of what is evaluated with it, by their names in C's `tuoyu_limits`, such as
        {"bytes": 2**20, "steps": 100_000}; what is not given, or 0, keeps its default. Raises PackError with all
        findings of all packs."""
        if language not in ("zh", "en"):
            raise language_error(language)
        pairs = _pairs_of(packs)
        bounds = tuple(limits.items() if isinstance(limits, Mapping) else limits)
        texts = raw.call_packs_new()
        for name, text in pairs:
            if not raw.call_packs_add(texts, name, text):
                raise MemoryError
        for name, most in bounds:
            if not raw.call_packs_limit(texts, name, most):
                raise ValueError(f"limits: there is no limit {name!r}, or {most} is none")
        policy = cls(raw.call_policy_load(texts, language == "zh"))
        policy._packs, policy._language, policy._limits = pairs, language, bounds
        return policy

    @classmethod
    def load_files(cls: type[P], *paths: str | os.PathLike[str], language: Language = "en") -> P:
        """As load, from files in UTF-8."""
        texts = []
        for path in paths:
            with open(path, encoding="utf-8") as file:
                texts.append((os.fspath(path), file.read()))
        return cls.load(texts, language)

    def _changed(self: P, changes: tuple[Change, ...]) -> P:
        """A policy like this one, with further changes."""
        self._check_open()
        policy = type(self)(changed_policy(self._native, changes))
        policy._packs, policy._language, policy._limits = self._packs, self._language, self._limits
        policy._changes = self._changes + changes
        return policy

    @property
    def _made_of(self) -> MadeOf:
        """What _again() makes the policy of where it was sent to."""
        return self._packs, self._language, self._limits, self._changes

    @classmethod
    def _again(cls: type[P], packs: tuple[tuple[str, str], ...], language: Language,
               limits: tuple[tuple[str, int], ...], changes: tuple[Change, ...]) -> P:
        """The policy of these packs with these changes, as it was made elsewhere."""
        policy = cls.load(packs, language, limits)
        return policy._changed(changes) if changes else policy

    def __reduce__(self) -> Any:
        self._check_open()
        return type(self)._again, self._made_of

    def __copy__(self: P) -> P:
        """Another handle of the same policy: each is closed for itself."""
        copy = type(self)(raw.tuoyu_policy_ref(self._native))
        copy._packs, copy._language, copy._limits = self._packs, self._language, self._limits
        copy._changes = self._changes
        return copy

    def __deepcopy__(self: P, memo: dict[int, Any]) -> P:
        return self.__copy__()
