"""What the registry says about a measure, and about the family that works it out.

A family is a module with measures that read the same rows: it declares them and one function
that turns observations into blocks of results. Nothing else needs to know how it works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray

__all__ = ["Block", "Call", "Columns", "Family", "Measure", "Need", "Part", "Words", "entries_of"]

Need: TypeAlias = Literal["order", "populations", "reference", "direction", "scale"]
Scaled: TypeAlias = Literal["times c", "times c squared", "unchanged", "changes"]
Shifted: TypeAlias = Literal["unchanged", "plus c", "changes"]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure of the registry.

    Attributes
    ----------
    name : str
        What `c2c_lib.equity.measure` calls it.
    family : str
        The family that works it out.
    title : str
        Its usual name in print.
    question : str
        What it answers, in plain words.
    formula, citation : str
        As in the docstring of its function.
    unit : str
        ``indicator`` (that of the figures), ``indicator squared``, ``indicator per year``,
        ``percent``, ``thousandths``, ``ratio``, ``deviations`` (standard deviations),
        ``children``, ``years`` or ``none``.
    columns : tuple of str
        The columns of the observations that it cannot do without.
    needs : tuple of str
        What else it cannot do without: an option (``order``, ``reference``, ``target``, ...),
        ``populations``, ``direction`` (a polarity that is not neutral) or ``scale`` (a finite
        bound).
    scaled, shifted : str
        What becomes of it when every figure is multiplied by c, and when c is added to every
        figure.
    equal : float
        What it is when there is no difference.
    function : str
        The function that works it out on plain arrays, by its path below `c2c_lib.equity`.
    example : str
        A call that runs, with `c2c_lib.equity` as ``equity``; see `Family.example`.
    """

    name: str
    family: str
    title: str
    question: str
    formula: str
    citation: str
    unit: str
    columns: tuple[str, ...] = ("group", "estimate")
    needs: tuple[str, ...] = ()
    scaled: Scaled = "changes"
    shifted: Shifted = "changes"
    equal: float = 0.0
    function: str = ""
    example: str = ""


def entries_of(family: str, **usual: Any) -> Callable[..., Measure]:
    """Return a function that makes entries of one family.

    It takes name, title, question, formula and function of a measure, and whatever of the rest
    differs from what is usual in the family.
    """

    def entry(
        name: str, title: str, question: str, formula: str, function: str, **more: Any
    ) -> Measure:
        return Measure(
            name=name,
            family=family,
            title=title,
            question=question,
            formula=formula,
            function=function,
            **{**usual, **more},
        )

    return entry


@dataclass(frozen=True, kw_only=True)
class Call:
    """What the caller of a measure asked for; see `c2c_lib.equity.measure`.

    Attributes
    ----------
    options : mapping
        What only some families read, by name.
    """

    by: Sequence[str] | None = None
    polarity: str | Mapping[str, str] | None = None
    unit: str | Mapping[str, str] | None = None
    level: float = 0.95
    options: Mapping[str, Any] = field(default_factory=dict)

    def option(self, name: str, default: Any = None) -> Any:
        """Return an option, or the default where it was not given."""
        found = self.options.get(name)
        return default if found is None else found


class Words(NamedTuple):
    """A column of words: positions in a list of them."""

    codes: NDArray[np.integer[Any]]
    words: Sequence[str]

    @classmethod
    def of(cls, values: NDArray[np.str_], words: Sequence[str]) -> Words:
        """Return an array of words by their positions; a word that is not listed is empty."""
        codes = np.zeros(np.shape(values), dtype=np.int16)
        for number, word in enumerate(words, start=1):
            codes[values == word] = number
        return cls(codes, ("", *words))


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The result of one measure: one value per row of its block, or one for all rows.

    Attributes
    ----------
    method : str or Words
        How the limits were made; empty words where there are none.
    verdict : str or Words
        What the limits say, in one word; empty where the measure gives none.
    unit : str or Words
        Unit of the estimate.
    since : Words or str
        The first period that was looked at, for change over time.
    against : Words or str
        The group that a group is compared with.
    reason : str or Words
        Why something is missing or special.
    partial : ndarray of bool, optional
        Where only a range is known.
    """

    estimate: FloatArray
    standard_error: FloatArray | float = np.nan
    lower: FloatArray | float = np.nan
    upper: FloatArray | float = np.nan
    range_lower: FloatArray | None = None
    range_upper: FloatArray | None = None
    unit: str | Words = ""
    method: str | Words = ""
    verdict: str | Words = ""
    since: str | Words = ""
    against: str | Words = ""
    children: FloatArray | float = np.nan
    groups: NDArray[Any] | int = 1
    hidden: NDArray[Any] | int = 0
    periods: NDArray[Any] | int = 1
    reason: str | Words = ""
    partial: NDArray[np.bool_] | None = None


class Part(NamedTuple):
    """One measure in some rows of a block.

    Attributes
    ----------
    measure : Measure
    columns : Columns
    rows : slice or ndarray of int
        Which rows of the block they are; all of them by default.
    """

    measure: Measure
    columns: Columns
    rows: slice | NDArray[np.intp] = slice(None)


class Block(NamedTuple):
    """Rows of one kind, and what every measure is in them.

    Attributes
    ----------
    keys : DataFrame
        The columns that name the rows.
    measures : sequence of Measure
    parts : iterator of Part
        Worked out one after the other, so that they need not all be in memory. Together they
        hold every measure in every row, in any order.
    """

    keys: pd.DataFrame
    measures: Sequence[Measure]
    parts: Iterator[Part]


@dataclass(frozen=True, kw_only=True)
class Family:
    """Measures that read the same rows.

    Attributes
    ----------
    name, title : str
        Its name in code, and in plain words.
    rows : str
        What one row of the result is about.
    options : mapping of str to str
        The options that it reads, and what each one says.
    reasons : mapping of str to str
        Why its results are missing or special, in plain words.
    measures : tuple of Measure
    verdicts : mapping of str to str
        What its verdicts say, in plain words, where a sentence needs it.
    run : callable
        Returns the blocks of some of its measures.
    by_name_only : bool
        Whether its measures are worked out only when they are asked for by name, or by that of
        the family: other ways to the same figure, and what needs more than a report has.
    example : str
        A call of its measures that runs; ``NAME`` stands for the measure. Used where the
        measure has none of its own.
    """

    name: str
    title: str
    rows: str
    options: Mapping[str, str]
    reasons: Mapping[str, str]
    measures: tuple[Measure, ...]
    run: Callable[[pd.DataFrame, Sequence[Measure], Call], Sequence[Block]]
    verdicts: Mapping[str, str] = field(default_factory=dict)
    by_name_only: bool = False
    example: str = ""
