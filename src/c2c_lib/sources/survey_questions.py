"""Questions of DataHaven's Community Wellbeing Survey that say something about children.

Adults are asked by telephone. The reports print, for each question, the share of each answer,
rounded to two decimals; an indicator that counts several answers is their sum. No margin of
error is printed, nor how many people were asked (the weighted totals are not that), so that
none is given: the figures are for use with care.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

__all__ = ["QUESTIONS", "SUMMED", "Question", "summed"]

SUMMED: Final = "The sum of {count} answers, each rounded to a whole percent."


class Question(NamedTuple):
    """One question of the survey.

    Attributes
    ----------
    indicator : str
        Id in the catalog.
    counted : tuple of str
        The answers that count.
    others : tuple of str
        The answers that do not.
    """

    indicator: str
    counted: tuple[str, ...]
    others: tuple[str, ...]


_NO_ANSWER: Final = ("Don't know", "Refused")
_YES_NO: Final = (("Yes",), ("No", *_NO_ANSWER))
QUESTIONS: Final = {
    "Q4F": Question(
        "adults_good_place_for_children",
        ("Excellent", "Good"),
        ("Fair", "Poor", "Don't know enough about it in order to say", "Refused"),
    ),
    "Q17H": Question(
        "adults_youth_role_models",
        ("Strongly agree", "Somewhat agree"),
        ("Somewhat disagree", "Strongly disagree", *_NO_ANSWER),
    ),
    "LIFECA": Question(
        "adults_youth_will_graduate",
        ("Almost certain", "Very likely"),
        ("A toss up", "Not very likely", "Not at all likely", *_NO_ANSWER),
    ),
    "Q44": Question(
        "adults_just_getting_by",
        ("Just getting by", "Finding it difficult", "Finding it very difficult"),
        ("Living comfortably", "Doing alright", *_NO_ANSWER),
    ),
    "Q62": Question("adults_food_insecure", *_YES_NO),
    "Q64": Question("adults_housing_insecure", *_YES_NO),
}
"""By the publisher's code."""


def summed(shares: list[float]) -> tuple[float, str]:
    """Return the sum of printed shares, exact in their digits, and the note that it needs.

    Examples
    --------
    >>> summed([0.28])
    (0.28, '')
    >>> summed([0.3, 0.14, 0.08])[0]
    0.52
    """
    total = sum((Decimal(str(value)) for value in shares), Decimal(0))
    note = SUMMED.format(count=len(shares)) if len(shares) > 1 else ""
    return min(float(total), 1.0), note
