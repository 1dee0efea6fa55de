"""Errors that say what was wrong, the wrong value, what is allowed and the remedy.

Every check in this library collects *all* problems before it raises, so that an
analyst mends a file once instead of ten times.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

__all__ = ["BuildError", "C2CError", "InputError", "Problem", "Problems", "did_you_mean"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one input.

    Attributes
    ----------
    where : str
        File, or file and line, relative to the folder that was read.
    what : str
        What is wrong, in one sentence.
    value : str
        The wrong value as it stands in the input; empty if there is none.
    column : str
        The column or key in which it stands; empty if the whole file is meant.
    allowed : str
        What would have been accepted.
    remedy : str
        How to mend it, with "did you mean" where there is a near match.
    """

    where: str
    what: str
    value: str = ""
    column: str = ""
    allowed: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        parts = [f"{self.where}: " if self.where else "", self.what]
        if self.column:
            parts.append(f" (in {self.column})")
        if self.value:
            parts.append(f": got {self.value!r}")
        if self.allowed:
            parts.append(f"; allowed: {self.allowed}")
        if self.remedy:
            parts.append(f". {self.remedy}")
        return "".join(parts)


class C2CError(Exception):
    """Base of every error that this library raises on purpose."""

    exit_code = 1


class InputError(C2CError):
    """The input is wrong: parameters, raw exports, command line. Nothing was written.

    Parameters
    ----------
    problems : iterable of Problem
        Everything that is wrong, not only the first thing.
    """

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        head = "1 problem" if count == 1 else f"{count} problems"
        return "\n".join([f"{head} with the input:", *(f"  - {p}" for p in self.problems)])


class BuildError(C2CError):
    """The build failed; the site that was there before is untouched."""


@dataclass
class Problems:
    """Collects problems, then raises them all at once.

    Examples
    --------
    >>> problems = Problems()
    >>> problems.add("params/x.yml", "unknown city", value="brigeport")
    >>> len(problems)
    1
    """

    _items: dict[Problem, None] = field(default_factory=dict)  # a set that keeps the order

    def add(
        self,
        where: str,
        what: str,
        *,
        value: object = "",
        column: str = "",
        allowed: str = "",
        remedy: str = "",
    ) -> None:
        """Note one problem; the same problem is noted once."""
        self._items[Problem(where, what, str(value), column, allowed, remedy)] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several problems; the same problem is noted once."""
        self._items.update(dict.fromkeys(problems))

    def raise_if_any(self) -> None:
        """Raise `InputError` with everything that was noted, if anything was."""
        if self._items:
            raise InputError(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._items)


def did_you_mean(wrong: str, allowed: Iterable[str]) -> str:
    """Return "did you mean ...?" for the nearest allowed words, or an empty string.

    At most three words, nearest first; upper and lower case count as the same letter.

    Examples
    --------
    >>> did_you_mean("brigeport", ["bridgeport", "stamford"])
    "did you mean 'bridgeport'?"
    >>> did_you_mean("zzz", ["bridgeport"])
    ''
    """
    spellings: dict[str, list[str]] = {}
    for word in allowed:
        spellings.setdefault(word.casefold(), []).append(word)
    near = difflib.get_close_matches(wrong.casefold(), list(spellings), n=3, cutoff=0.6)
    if not near:
        return ""
    words = [difflib.get_close_matches(wrong, spellings[n], n=1, cutoff=0.0)[0] for n in near]
    return "did you mean " + " or ".join(f"'{word}'" for word in words) + "?"
