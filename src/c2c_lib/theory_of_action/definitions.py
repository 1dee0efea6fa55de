"""What "improved", "maintained", "reduced" and "eliminated" mean: explicit, printed, changeable."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from c2c_lib.catalog import parse_period

__all__ = ["DEFAULT_DIMENSIONS", "Definitions"]

DEFAULT_DIMENSIONS: Final = ("race_ethnicity", "gender", "economic_status")
"""The three ways to tell children apart that the Theory of Action names."""


class Definitions(BaseModel):
    """The rules by which a change or a gap gets its word.

    No public source fixes them, so each is a parameter with a default; a page prints the ones
    it used, and `c2c_lib.theory_of_action.sensitivity` shows what others would give.

    Attributes
    ----------
    baseline : str or None
        Period from which change is counted; by default the one in the city's file. A newest
        figure that is not newer than it says nothing about the time since: not enough data.
    window : int or None
        Count back so many years from each newest figure, which must still be newer than the
        baseline, instead of counting from the baseline itself.
    after_a_break : {"restart", "not_enough_data"}
        Where the newest figure may not be compared with the baseline: whether to count from the
        first year that it may be compared with (as the report card does), or to give no word.
        Nothing is ever compared across a break.
    level : float
        Confidence level of the interval that must leave out zero.
    minimum : float
        The smallest change that matters: 0.01 is one point of a share, and one percent of the
        earlier figure for other units.
    unknown_precision : {"judge_by_size", "not_enough_data"}
        Where the publisher prints neither counts nor a margin of error: whether the size of a
        change decides (marked as such), or no word is given.
    no_data : {"open", "against", "left_out"}
        How an outcome without enough data counts for a threshold: it may go either way, it
        counts as not reached, or it is left out and the number needed falls in proportion.
    dimensions : tuple of str
        The ways to tell children apart whose gaps count.
    gap_of_an_outcome : {"widest", "any"}
        Which gap speaks for an outcome: the one that was widest at the baseline, or any that
        was reduced while none widened.
    closed_within : float
        A gap of at most this size can count as eliminated.
    strict_periods : int
        How many figures in a row must go one way in the stricter reading.
    current_within : int
        A figure counts as current if it ends at most so many years before the edition.

    Examples
    --------
    >>> Definitions().minimum, Definitions(baseline="2014-15").baseline
    (0.01, '2014-15')
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    baseline: str | None = None
    window: int | None = Field(default=None, ge=1, le=30)
    after_a_break: Literal["restart", "not_enough_data"] = "restart"
    level: float = Field(default=0.95, gt=0, lt=1)
    minimum: float = Field(default=0.01, ge=0, allow_inf_nan=False)
    unknown_precision: Literal["judge_by_size", "not_enough_data"] = "judge_by_size"
    no_data: Literal["open", "against", "left_out"] = "open"
    dimensions: tuple[str, ...] = Field(default=DEFAULT_DIMENSIONS, min_length=1)
    gap_of_an_outcome: Literal["widest", "any"] = "widest"
    closed_within: float = Field(default=0.01, ge=0, allow_inf_nan=False)
    strict_periods: int = Field(default=3, ge=3, le=10)
    current_within: int = Field(default=2, ge=0)

    @field_validator("baseline")
    @classmethod
    def _baseline_is_a_period(cls, value: str | None) -> str | None:
        if value is not None:
            parse_period(value)
        return value
