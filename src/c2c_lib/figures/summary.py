"""The three things to know: best news, widest gap, and what nobody can see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.sentences import change_sentence, gap_sentence, latest_sentence
from c2c_lib.figures.strip import lead_finding
from c2c_lib.findings import Finding
from c2c_lib.findings.foremost import best_news, followed_shares, wider_gaps, widest_gap
from c2c_lib.language import Language
from c2c_lib.params import City

__all__ = ["three_things"]


def three_things(
    city: City, findings: Mapping[str, Finding], language: Language, catalog: Catalog
) -> Markup:
    """Return three short items; the first two only from numbers that are strong.

    The best news is the largest improvement beyond chance; the widest gap is the largest one
    in which a group fares worse beyond chance. Both are taken from shares among the indicators
    that the city puts first.
    """
    chosen = followed_shares(city, findings)
    items = [
        (language.text("The best news"), _best_news(chosen, language)),
        (language.text("The widest gap in strong figures"), _widest_gap(chosen, language)),
        (language.text("What we cannot see"), _unknown(city, findings, language, catalog)),
    ]
    body = Markup("\n").join(
        Markup("<li><strong>{}.</strong> {}</li>").format(title, text) for title, text in items
    )
    return Markup('<ol class="three-things">{}</ol>').format(body)


def _best_news(chosen: Sequence[Finding], language: Language) -> Markup:
    best = best_news(chosen)
    if best is None:
        return language.text(
            "No improvement since the baseline is larger than chance alone could make, among the "
            "figures that are strong enough to tell."
        )
    return Markup(" ").join(
        [latest_sentence(best, language), change_sentence(best, language), _link(best, language)]
    )


def _widest_gap(chosen: Sequence[Finding], language: Language) -> Markup:
    widest = widest_gap(chosen)
    if widest is None:
        return language.text("No gap between groups is larger than chance alone could make.")
    parts = [gap_sentence(*widest, language)]
    if wider_gaps(chosen, widest[2].difference or 0.0):
        where = language.text("see who is being left out")
        parts.append(
            language.text(
                "Wider gaps rest on fewer children or on no counts: {link}.",
                link=Markup('<a href="#gaps">{}</a>').format(where),
            )
        )
    return Markup(" ").join([*parts, _link(widest[0], language)])


def _unknown(
    city: City, findings: Mapping[str, Finding], language: Language, catalog: Catalog
) -> Markup:
    missing = [
        _quoted(language.of(catalog.outcome(outcome).name), language)
        for outcome in city.outcomes
        if (lead := lead_finding(outcome, city, findings)) is None or lead.headline is None
    ]
    without = [f for f in findings.values() if f.id in city.core and f.latest and not _groups(f)]
    parts = []
    if missing:
        parts.append(
            language.text("There is no public figure for: {list}.", list=language.list(missing))
        )
    if without:
        names = [_quoted(language.of(f.indicator.name), language) for f in without]
        parts.append(
            language.text(
                "No figures by group can be shown for: {list}.", list=language.list(names)
            )
        )
    parts.append(
        Markup('<a href="#unknown">{}</a>').format(language.text("See all that is missing."))
    )
    return Markup(" ").join(parts)


def _quoted(name: str, language: Language) -> str:
    return str(language.text("“{name}”", name=name).unescape())


def _groups(finding: Finding) -> bool:
    return any(gaps.shown for gaps in finding.gap_sets)


def _link(finding: Finding, language: Language) -> Markup:
    return Markup('<a href="#{}">{}</a>').format(
        finding.id, language.text("More on: {name}", name=language.of(finding.indicator.name))
    )
