"""What keeps a translation from a release: nobody has reviewed it, or not as it is now."""

from __future__ import annotations

from collections.abc import Iterable

from c2c_lib.errors import Problem
from c2c_lib.language.catalogue import SOURCE, review_of

__all__ = ["review_problems"]


def review_problems(codes: Iterable[str]) -> list[Problem]:
    """Return a problem for each language whose translation no person has reviewed as it is.

    Parameters
    ----------
    codes : iterable of str
        Languages that the site is written in; the language of the source needs no review.

    Examples
    --------
    >>> review_problems(["en"])
    []
    """
    problems = []
    for code in codes:
        if code == SOURCE:
            continue
        review = review_of(code)
        if review is None:
            what, value = "nobody has reviewed the translation", ""
        elif review.since:
            what = "the translation was changed after its review"
            value = f"{review.day.isoformat()} by {review.by}"
        else:
            continue
        problems.append(
            Problem(
                where=f"{code}/c2c.po",
                what=what,
                value=value,
                remedy="Have a person read it who speaks the language from home, then add "
                '"# Reviewed: YEAR-MONTH-DAY by NAME" to the comment at the top.',
            )
        )
    return problems
