"""The indicator block, the same everywhere: question, answer, charts, tables, source."""

from __future__ import annotations

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.codebook_link import codebook_link
from c2c_lib.figures.gap_part import gap_part
from c2c_lib.figures.quality import quality_reason, quality_word
from c2c_lib.figures.sentences import answer
from c2c_lib.figures.trend_part import trend_figure, trend_table
from c2c_lib.findings import Finding
from c2c_lib.language import Language

__all__ = ["indicator_block"]


def indicator_block(finding: Finding, language: Language, catalog: Catalog) -> Markup:
    """Return everything a card says about one indicator.

    Parameters
    ----------
    finding : Finding
        What every part of the block is made from.
    """
    parts = [
        Markup("<h3>{}</h3>").format(language.of(finding.indicator.question)),
        Markup('<p class="answer">{}</p>').format(answer(finding, language)),
        _quality(finding, language),
        _proxy(finding, language),
    ]
    periods = sum(o.shown for o in finding.series)
    over_time = [trend_figure(finding, language)] if periods > 1 else []
    if periods:
        over_time.append(trend_table(finding, language, catalog))
    views = Markup('<div class="over-time">{}</div>{}').format(
        Markup("\n").join(over_time), gap_part(finding, language, catalog)
    )
    both = periods > 1 and any(gaps.shown for gaps in finding.gap_sets)
    parts += [
        Markup('<div class="{}">{}</div>').format("views" if both else "view", views),
        _source(finding, language, catalog),
    ]
    return Markup('<section class="indicator" id="{}">{}</section>').format(
        finding.id, Markup("\n").join(part for part in parts if part)
    )


def _quality(finding: Finding, language: Language) -> Markup:
    return Markup('<p class="quality quality-{}"><strong>{}.</strong> {}</p>').format(
        finding.quality.word, quality_word(finding, language), quality_reason(finding, language)
    )


def _proxy(finding: Finding, language: Language) -> Markup:
    if finding.indicator.proxy_for is None:
        return Markup()
    text = language.text(
        "This is the nearest public figure for {wanted}.",
        wanted=language.of(finding.indicator.proxy_for),
    )
    return Markup('<p class="proxy">{}</p>').format(text)


def _source(finding: Finding, language: Language, catalog: Catalog) -> Markup:
    used = {observation.source for observation in finding.observations}
    sources = [s for s in catalog.sources.values() if s.id in used]
    links = [
        Markup('<a href="{}">{}</a> ({})').format(
            source.url,
            language.of(source.short),
            language.text("retrieved {day}", day=language.date(source.retrieved)),
        )
        for source in sources
    ]
    rules = dict.fromkeys(language.of(source.suppression) for source in sources)
    parts: list[Markup | str] = []
    if links:
        parts.append(language.text("Source: {list}.", list=Markup("; ").join(links)))
    parts += [language.of(finding.indicator.limits), *rules]
    ways = [codebook_link(finding.id, language.text("What this figure means: codebook"))]
    if finding.observations:
        rows = Markup('<a href="data/rows/{}.csv">{}</a>')
        ways.append(rows.format(finding.id, language.text("These rows (CSV)")))
    parts.append(Markup(" · ").join(ways))
    return Markup('<p class="source">{}</p>').format(Markup(" ").join(parts))
