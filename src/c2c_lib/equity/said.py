"""One result in one plain sentence, in English or Spanish, that uses the interval."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple

from markupsafe import Markup

from c2c_lib.equity.family import Measure
from c2c_lib.equity.measures import FAMILIES, find_measure
from c2c_lib.equity.pace import PACE_REASONS
from c2c_lib.equity.settings import NO_LIMITS
from c2c_lib.language import Language, mark

__all__ = ["Said", "sentence_of", "told"]


class Said(NamedTuple):
    """What a sentence is made of: one row of a result, without the names of what it is about."""

    measure: str
    estimate: float
    lower: float = math.nan
    upper: float = math.nan
    unit: str = "share"
    verdict: str = ""
    since: str = ""
    against: str = "all"
    reason: str = ""
    status: str = "estimated"
    range_lower: float = math.nan
    range_upper: float = math.nan
    reference: str = ""

    @property
    def known(self) -> bool:
        """Whether there is an interval."""
        return not math.isnan(self.lower) and not math.isnan(self.upper)

    @property
    def ends(self) -> tuple[float, float]:
        """Return the sizes of the limits, the smaller one first; 0 if zero lies between."""
        low, high = sorted((abs(self.lower), abs(self.upper)))
        return (0.0 if self.lower <= 0 <= self.upper else low), high


def sentence_of(said: Said, say: Language) -> str:
    """Return the sentence of one result, without its subject."""
    one = find_measure(said.measure)
    if said.status == "range_only":
        return _range(one, said, say)
    if said.status == "not_available":
        return _missing(one, said, say)
    return _SAYERS.get(one.family, _plain)(one, said, say)


def _range(one: Measure, said: Said, say: Language) -> str:
    """Return what a value that is not known can be; a difference of shares in points."""
    template = mark(
        "Some figures are hidden to protect children; the value lies between {low} and {high}."
    )
    low, high = (_amount(v, said.unit, say) for v in (said.range_lower, said.range_upper))
    if said.unit == "share" and one.family in {"gaps", "inequality"}:
        low = say.number(100 * said.range_lower, 1)
        high = told(say, "{number} points", number=say.number(100 * said.range_upper, 1))
    return told(say, template, low=low, high=high)


def told(say: Language, message: str, /, **values: object) -> str:
    """Return a message as plain text: nothing in it is made safe for HTML."""
    plain = {name: Markup(str(value)) for name, value in values.items()}  # noqa: S704 - no HTML
    return str(say.text(message, **plain))


def _missing(one: Measure, said: Said, say: Language) -> str:
    reason = FAMILIES[one.family].reasons.get(said.reason, "")
    if not reason:
        return told(say, "There is no value.")
    return told(say, "There is no value. {reason}", reason=say.text(reason))


def _digits(value: float, least: int) -> int:
    return least if abs(value) < 1000 else 0


def _amount(value: float, unit: str, say: Language) -> str:
    """Return a level in words: 72.0%, 6.1 per 1,000, $54,000."""
    if math.isinf(value):
        return told(say, "infinitely many")
    words = {
        "share": say.percent(value, 1),
        "percent": f"{say.number(value, 1)}%",
        "dollars": f"${say.number(value)}",
        "ratio": say.number(value, 2),
        "none": say.number(value, 3),
        "nats": say.number(value, 3),
        "deviations": say.number(value, 2),
    }
    if unit in words:
        return words[unit]
    number = say.number(value, _digits(value, 1))
    if unit == "per_1000":
        return told(say, "{number} per 1,000", number=number)
    if unit == "years":
        return told(say, "{number} years", number=number)
    if unit == "children":
        return say.number(value)
    return say.number(value, 4) if unit.endswith("squared") else number


def _size(value: float, unit: str, say: Language, *, bare: bool = False) -> str:
    """Return the size of a difference in words: 10.0 points, 2.1 per 1,000."""
    value, unit = abs(value), unit.removesuffix(" per year")
    if unit == "share":
        number = say.number(100 * value, 1)
        return number if bare else told(say, "{number} points", number=number)
    if unit == "deviations":
        number = say.number(value, 2)
        return number if bare else told(say, "{number} standard deviations", number=number)
    if bare and unit not in {"percent", "dollars"}:
        return say.number(value, 2 if unit == "ratio" else _digits(value, 1))
    return _amount(value, unit, say)


def _likely(said: Said, say: Language, *, sizes: bool = True) -> str:
    """Return the interval in brackets, after a space; nothing where there is none."""
    if not said.known:
        return " " + told(say, "(how sure this is, is not known)")
    ends = said.ends if sizes else (said.lower, said.upper)
    if sizes:
        low, high = _size(ends[0], said.unit, say, bare=True), _size(ends[1], said.unit, say)
    else:
        low, high = (_amount(end, said.unit, say) for end in ends)
    return " " + told(say, "(likely {low} to {high})", low=low, high=high)


def _chart(one: Measure, said: Said, say: Language) -> str:
    """Return a point with what is usual, or a whole chart with its verdict."""
    if not said.known:
        return _plain(one, said, say)
    low, high = (_amount(end, said.unit, say) for end in (said.lower, said.upper))
    value = _amount(said.estimate, said.unit, say)
    words = told(say, "{value} (usually {low} to {high}).", value=value, low=low, high=high)
    return f"{words} {say.text(FAMILIES[one.family].verdicts[said.verdict])}"


def _of_two(one: Measure, said: Said, say: Language) -> str:
    """Return a difference or a ratio of two groups in the words of gaps."""
    if one.function in {"difference_interval", "ratio_interval"}:
        ratio = one.function == "ratio_interval"
        return _gap(find_measure("gap_ratio" if ratio else "gap"), said, say)
    return _plain(one, said, say)


def _plain(one: Measure, said: Said, say: Language) -> str:
    """Return title, value, interval and verdict: for families without sentences of their own."""
    words = str(
        say.text(
            "{title}: {value}{likely}.",
            title=say.text(one.title),
            value=_amount(said.estimate, said.unit, say),
            likely="" if said.reason in NO_LIMITS else _likely(said, say, sizes=False),
        )
    )
    verdict = FAMILIES[one.family].verdicts.get(said.verdict)
    return f"{words} {say.text(verdict)}" if verdict else words


_QUALITY: Final = {
    "strong": mark("{value}; the figure is strong."),
    "use_with_care": mark("{value}; use the figure with care."),
    "too_weak": mark("The figure is too weak to act on."),
}


def _figure(one: Measure, said: Said, say: Language) -> str:
    value = _amount(said.estimate, said.unit, say)
    if one.name == "quality":
        return told(say, _QUALITY.get(said.verdict, mark("No figure is shown.")), value=value)
    likely = _likely(said, say, sizes=False)
    return told(say, "{value}{likely}.", value=value, likely=likely)


_SAME: Final = mark(
    "About the same as {reference}; the difference is smaller than the margin of error."
)
_GAPS: Final = {
    "ahead": mark("{size} ahead of {reference}{likely}."),
    "behind": mark("{size} behind {reference}{likely}."),
    "higher": mark("{size} higher than {reference}{likely}."),
    "lower": mark("{size} lower than {reference}{likely}."),
}
_EXCESS: Final = {
    "about_the_same": _SAME,
    "ahead": mark("As good as {reference} or better: no child is in the gap."),
    "behind": mark(
        "{size} more children would have to do well to be level with {reference}{likely}."
    ),
}


def _gap(one: Measure, said: Said, say: Language) -> str:
    words = {"reference": said.reference, "likely": _likely(said, say)}
    if one.name == "gap_ratio":
        if said.verdict == "about_the_same":
            return told(say, _SAME, **words)
        words["likely"] = _likely(said, say, sizes=False)
        words["ratio"] = say.number(said.estimate, 2)
        return told(say, "{ratio} times the figure of {reference}{likely}.", **words)
    size = say.number(abs(said.estimate)) if one.unit == "children" else ""
    words["size"] = size or _size(said.estimate, said.unit, say)
    if one.name == "excess" and said.verdict in _EXCESS:
        if said.known:
            low, high = (say.number(end) for end in said.ends)
            words["likely"] = " " + told(say, "(likely {low} to {high})", low=low, high=high)
        return told(say, _EXCESS[said.verdict], **words)
    if said.verdict == "about_the_same":
        within = said.lower <= 0 <= said.upper
        tiny = mark("About the same as {reference}; the difference is less than one point.")
        return told(say, _SAME if within else tiny, **words)
    verdict = said.verdict or ("higher" if said.estimate > 0 else "lower")
    return told(say, _GAPS[verdict], **words)


_TIMES: Final = {
    "about_the_same": mark(
        "It happens about as often as to other children; the difference is smaller than the "
        "margin of error."
    ),
    "more_often": mark("It happens {ratio} times as often as to other children{likely}."),
    "less_often": mark("It happens less often than to other children: {ratio} times{likely}."),
}


def _disproportion(one: Measure, said: Said, say: Language) -> str:
    if said.verdict not in _TIMES:
        return _plain(one, said, say)
    likely = _likely(said, say, sizes=False)
    ratio = say.number(said.estimate, 2)
    return told(say, _TIMES[said.verdict], ratio=ratio, likely=likely)


_CHANGES: Final = {
    ("improved", True): mark("Better than in {since}: up {size}{likely}."),
    ("improved", False): mark("Better than in {since}: down {size}{likely}."),
    ("slipped", True): mark("Worse than in {since}: up {size}{likely}."),
    ("slipped", False): mark("Worse than in {since}: down {size}{likely}."),
    ("no_direction", True): mark("Higher than in {since}: up {size}{likely}."),
    ("no_direction", False): mark("Lower than in {since}: down {size}{likely}."),
}
_GAP_CHANGES: Final = {
    "reduced": mark("The gap to {reference} is {size} smaller than in {since}{likely}."),
    "eliminated": mark("The gap to {reference} that was there in {since} has closed."),
    "widened": mark("The gap to {reference} is {size} wider than in {since}{likely}."),
    "about_the_same": mark(
        "The gap to {reference} is about the same as in {since}; the difference is smaller than "
        "the margin of error."
    ),
    "never_behind": mark("Not behind {reference}, neither in {since} nor now."),
}


def _change(one: Measure, said: Said, say: Language) -> str:
    words = {
        "since": said.since,
        "size": _size(said.estimate, said.unit, say),
        "likely": _likely(said, say),
        "reference": said.reference,
    }
    if one.name == "gap_change":
        text = told(say, _GAP_CHANGES[said.verdict], **words)
        if said.reason == "levelling_down":
            text += " " + told(say, "But only because {reference} did worse.", **words)
        return text
    if said.verdict == "about_the_same":
        if said.reason == "below_minimum":
            return str(
                say.text(
                    "About the same as in {since}; the difference is too small to matter.", **words
                )
            )
        return str(
            say.text(
                "About the same as in {since}; the difference is smaller than the margin of error.",
                **words,
            )
        )
    return told(say, _CHANGES[said.verdict, said.estimate > 0], **words)


_TRENDS: Final = {
    "rising": mark("Rising since {since}."),
    "falling": mark("Falling since {since}."),
    "no_clear_trend": mark(
        "No clear trend since {since}: chance alone could have made figures like these."
    ),
}
_PACES: Final = {
    "rising": mark("Rising by {size} a year since {since}{likely}."),
    "falling": mark("Falling by {size} a year since {since}{likely}."),
    "no_clear_trend": _TRENDS["no_clear_trend"],
}


def _trend(one: Measure, said: Said, say: Language) -> str:
    if "target" in one.needs:
        return _target(one, said, say)
    words = {"since": said.since, "likely": _likely(said, say)}
    if one.name == "trend_test":
        return told(say, _TRENDS[said.verdict], **words)
    words["size"] = _size(said.estimate, said.unit, say)
    verdict = said.verdict
    if verdict not in _PACES:
        if said.estimate == 0:
            return told(say, "Standing still since {since}.", **words)
        verdict = "rising" if said.estimate > 0 else "falling"
    return told(say, _PACES[verdict], **words)


def _target(one: Measure, said: Said, say: Language) -> str:
    judged = told(say, PACE_REASONS[said.verdict])
    if said.verdict == "reached":
        return judged
    if one.name == "years_to_target":
        years = say.number(math.ceil(said.estimate - 1e-9))
        template = mark("At this pace it takes about {years} years. {verdict}")
        return told(say, template, years=years, verdict=judged)
    size = _size(said.estimate, said.unit, say)
    template = mark("{size} to go to the target. {verdict}")
    if one.name == "pace_needed":
        template = mark("It would have to move {size} a year. {verdict}")
    return told(say, template, size=size, verdict=judged)


_UNEQUAL: Final = {
    "unequal": mark("The groups differ by more than chance explains. {title}: {value}{likely}."),
    "within_chance": mark(
        "The groups may be about the same; the difference is smaller than the margin of error. "
        "{title}: {value}{likely}."
    ),
}


def _inequality(one: Measure, said: Said, say: Language) -> str:
    if said.verdict not in _UNEQUAL:
        return _plain(one, said, say)
    size = said.unit == "share"
    words = {
        "title": say.text(one.title),
        "value": (_size if size else _amount)(said.estimate, said.unit, say),
        "likely": _likely(said, say, sizes=False),
    }
    if size:
        low, high = (say.number(100 * end, 1) for end in (said.lower, said.upper))
        words["likely"] = " " + told(say, "(likely {low} to {high})", low=low, high=high)
        if said.estimate < 0:
            words["value"] = "-" + words["value"]
    return told(say, _UNEQUAL[said.verdict], **words)


_SAYERS: Final[dict[str, Callable[[Measure, Said, Language], str]]] = {
    "figures": _figure,
    "gaps": _gap,
    "levels": _gap,
    "inequality": _inequality,
    "disproportionality": _disproportion,
    "change": _change,
    "trend": _trend,
    "series": _chart,
    "intervals": _of_two,
}
