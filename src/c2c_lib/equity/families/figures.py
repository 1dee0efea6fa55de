"""The family of single figures: the interval of each, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.arrays import normal_quantile, pieces
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words
from c2c_lib.equity.lookup import (
    check_columns,
    codes_of,
    key_table,
    row_keys,
    unit_of,
    words_by_row,
)
from c2c_lib.equity.measured import COUNT_SCALES, Measured
from c2c_lib.equity.precision import counted_rows, standard_errors, taken, units_of
from c2c_lib.equity.proportions import proportion_interval
from c2c_lib.equity.reliability import QUALITY_REASONS, quality_of
from c2c_lib.observations.margins import Z_90

__all__ = ["FAMILY", "FIGURE_REASONS", "QUALITY_WORDS"]

FIGURE_REASONS: Final[dict[str, str]] = {
    "not_shown": "The figure is not shown.",
    "precision_unknown": "The publisher gives neither counts nor a margin of error.",
}
QUALITY_WORDS: Final = ("strong", "use_with_care", "too_weak", "not_shown")

_FIGURE: Final = Measure(
    name="figure",
    family="figures",
    function="proportion_interval",
    title="The figure with its interval",
    question="How sure is the figure?",
    formula="x / n with Wilson limits, or y -+ z SE",
    citation="Wilson 1927, J Am Stat Assoc 22:209-212; ACS General Handbook 2020, chapter 8",
    unit="indicator",
    columns=("estimate",),
    scaled="times c",
    shifted="plus c",
)
_QUALITY: Final = Measure(
    name="quality",
    family="figures",
    function="quality_of",
    title="Quality of a figure",
    question="Can the figure be acted on?",
    formula="width of the interval, absolute and relative to the figure",
    citation="Parker et al. 2017, Vital Health Stat 2(175); Parker et al. 2023, 2(200)",
    unit="indicator",
    columns=("estimate",),
)


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    keys = row_keys(frame, call.by)
    check_columns(frame, [*keys, "estimate"])
    table = key_table(frame, np.arange(len(frame)), keys)
    return [Block(table, wanted, _parts(frame, wanted, call))]


def _parts(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> Iterator[Part]:
    """Yield both measures of some figures at a time."""
    figures = Measured.from_frame(frame)
    codes, words = words_by_row(frame, call.unit, "unit")
    whole = Words(codes.astype(np.int8), words)
    judged = _judged(figures, whole) if _QUALITY in wanted else None
    for rows in pieces(len(frame)):
        some, unit = taken(figures, rows), Words(whole.codes[rows], words)
        hidden = np.isnan(some.estimate).astype(np.int8)
        for one in wanted:
            columns = (
                _with_interval(some, unit, call)
                if judged is None or one.name == "figure"
                else judged.columns(some, rows)
            )
            columns |= {"unit": unit_of(one, unit), "children": some.denominator}
            yield Part(one, Columns(**columns, hidden=hidden), rows)


def _with_interval(figures: Measured, unit: Words, call: Call) -> dict[str, Any]:
    scale = np.array([COUNT_SCALES.get(word, np.inf) for word in unit.words])[unit.codes]
    method = call.option("interval", "wilson")
    counted = counted_rows(figures, scale)
    x, n = (np.where(counted, v, np.nan) for v in (figures.numerator, figures.denominator))
    limits = proportion_interval(x, n, method, call.level)
    half = figures.moe90 * normal_quantile(call.level) / Z_90
    surveyed = figures.by_margins()
    size = np.where(counted, scale, 1.0)
    low = np.where(surveyed, np.maximum(figures.estimate - half, 0.0), size * limits.lower)
    high = np.where(surveyed, np.minimum(figures.estimate + half, scale), size * limits.upper)
    known = ~np.isnan(low)
    reason = np.where(np.isnan(figures.estimate), 1, np.where(known, 0, 2))
    return {
        "estimate": figures.estimate,
        "standard_error": standard_errors(figures, scale),
        "lower": low,
        "upper": high,
        "method": Words(np.where(surveyed, 2, 1), ("", method, "margin of error")),
        "reason": Words(reason, ("", *FIGURE_REASONS)),
    }


class _Judged(NamedTuple):
    """What kind of counts every figure has, and the words of every kind."""

    kind: NDArray[np.intp]
    verdict: NDArray[np.int16]
    reason: NDArray[np.int16]

    def columns(self, figures: Measured, rows: slice) -> dict[str, Any]:
        kind = self.kind[rows]
        return {
            "estimate": figures.estimate,
            "verdict": Words(self.verdict[kind], ("", *QUALITY_WORDS)),
            "reason": Words(self.reason[kind], ("", *QUALITY_REASONS)),
        }


def _judged(figures: Measured, unit: Words) -> _Judged:
    """Judge the figures; many have the same counts, and each kind is judged once."""
    columns = pd.DataFrame({**vars(figures), "unit": unit.codes})
    kind, first = codes_of(columns, [*vars(figures), "unit"])
    figures, codes = taken(figures, first), np.asarray(unit.codes)[first]
    size = figures.estimate.shape
    verdict, reason = np.zeros(size, dtype=np.int16), np.zeros(size, dtype=np.int16)
    for word, rows in units_of(codes, list(unit.words)):
        found = quality_of(taken(figures, rows), unit=word)
        verdict[rows] = Words.of(np.asarray(found.word), QUALITY_WORDS).codes
        reason[rows] = Words.of(np.asarray(found.reason), tuple(QUALITY_REASONS)).codes
    return _Judged(kind, verdict, reason)


FAMILY: Final = Family(
    name="figures",
    title="Single figures",
    rows="one figure",
    options={
        "interval": "wilson (default), agresti_coull, jeffreys, clopper_pearson or mid_p, where "
        "counts are known."
    },
    reasons={**FIGURE_REASONS, **QUALITY_REASONS},
    measures=(_FIGURE, _QUALITY),
    run=_run,
    example='equity.measure({"estimate": [0.4, 0.6], "numerator": [4, 60], '
    '"denominator": [10, 100]}, "NAME", unit="share")',
)
