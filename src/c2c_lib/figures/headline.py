"""What the home page says of a city: the first finding of its card, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from c2c_lib.figures.number import derived, points
from c2c_lib.figures.quality import quality_reason, quality_word
from c2c_lib.figures.sentences import (
    change_sentence,
    gap_sentence,
    latest_sentence,
    range_sentence,
)
from c2c_lib.findings import Finding
from c2c_lib.findings.finding import Limits
from c2c_lib.findings.foremost import best_news, followed_shares, widest_gap
from c2c_lib.language import Language, mark
from c2c_lib.params import City

__all__ = ["headline"]


def headline(city: City, findings: Mapping[str, Finding], language: Language) -> Markup:
    """Return the first thing to know of a city's card, with count, range and quality.

    That is the best news; where nothing improved beyond chance the widest gap; where there is
    none the first strong figure that the city follows.

    Parameters
    ----------
    findings : mapping of str to Finding
        Of the city, by indicator.

    Returns
    -------
    Markup
        Paragraphs with a link to the block of the card, relative to the home page of the
        language; empty where no figure is strong.
    """
    followed = followed_shares(city, findings)
    best, gap = best_news(followed), widest_gap(followed)
    if best is not None and best.change is not None:
        size = mark("The change is likely between {low} and {high}.")
        parts = [
            latest_sentence(best, language),
            change_sentence(best, language),
            _likely(size, best, best.change.interval, language),
        ]
        return _block(city, best, parts, language)
    if gap is not None:
        finding, gaps, widest = gap
        size = mark("The gap is likely between {low} and {high}.")
        parts = [
            gap_sentence(finding, gaps, widest, language),
            _likely(size, finding, widest.interval, language),
        ]
        return _block(city, replace(finding, quality=widest.quality), parts, language)
    strong = next((f for f in followed if f.quality.word == "strong"), None)
    if strong is None:
        return Markup()
    parts = [latest_sentence(strong, language), range_sentence(strong, language)]
    return _block(city, strong, parts, language)


def _likely(message: str, finding: Finding, limits: Limits | None, language: Language) -> Markup:
    """Return the interval of a difference that is not zero, as sizes."""
    if limits is None:
        return Markup()
    unit = finding.indicator.unit
    low, high = sorted(abs(end) for end in (limits.low, limits.high))
    sizes = {
        name: derived(points(end, unit, language), "limit")
        for name, end in (("low", low), ("high", high))
    }
    return language.text(message, **sizes)


def _block(city: City, finding: Finding, sentences: list[Markup], language: Language) -> Markup:
    more = language.text("More on: {name}", name=language.of(finding.indicator.name))
    return Markup(
        '<p>{}</p><p class="quality quality-{}"><strong>{}.</strong> {}</p>'
        '<p><a href="{}/index.html#{}">{}</a></p>'
    ).format(
        Markup(" ").join(sentence for sentence in sentences if sentence),
        finding.quality.word,
        quality_word(finding, language),
        quality_reason(finding, language),
        city.slug,
        finding.id,
        more,
    )
