"""One outcome of a card: its question, its context, and a block per indicator."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.indicator_block import indicator_block
from c2c_lib.figures.more_table import is_recent, more_table
from c2c_lib.findings import Finding
from c2c_lib.language import Language
from c2c_lib.params import City, FrameSection

__all__ = ["outcome_section"]


def outcome_section(
    outcome_id: str,
    city: City,
    findings: Mapping[str, Finding],
    language: Language,
    catalog: Catalog,
    *,
    year: int,
) -> Markup:
    """Return one outcome under the heading of the city's frame.

    The indicators that the city puts first have a block each; the others of the outcome stand
    in one table below, as far as they are less than ten years old in the `year` of the edition
    and in no topic of the catalog (those have sections of their own).
    An outcome without any figure says what is wanted and who holds it.
    """
    outcome = catalog.outcome(outcome_id)
    section = next(s for s in city.frame.sections if outcome_id in s.outcomes)
    mine = [f for f in findings.values() if city.home_outcome(f.indicator) == outcome_id]
    order = [*city.core, *city.contributing]
    first = sorted((f for f in mine if f.id in order), key=lambda f: order.index(f.id))
    elsewhere = catalog.in_topics
    rest = [f for f in mine if f.id not in order and f.id not in elsewhere and is_recent(f, year)]
    parts = [
        _frame(section, language, first=section.outcomes[0] == outcome_id),
        Markup('<p class="context">{}</p>').format(language.of(outcome.context)),
        *(indicator_block(finding, language, catalog) for finding in first),
    ]
    if rest:
        caption = language.text(
            "More figures: {outcome}, {place} and Connecticut",
            outcome=language.of(outcome.name),
            place=city.name,
        )
        parts.append(more_table(f"{outcome.id}-more", caption, city, rest, language))
    if outcome.wanted is not None:
        parts.append(
            Markup('<p class="wanted"><strong>{}</strong> {}</p>').format(
                language.text("What we cannot see yet:"), language.of(outcome.wanted)
            )
        )
    known = outcome.anchors.get(language.code)
    anchor = Markup(' id="{}"').format(known) if known else Markup()
    return Markup('<section class="outcome" id="{}"><h2{}>{}</h2>\n{}</section>').format(
        outcome.id, anchor, language.of(outcome.question), Markup("\n").join(parts)
    )


def _frame(section: FrameSection, language: Language, *, first: bool) -> Markup:
    """Name the initiative; its sentence stands by its first outcome only."""
    name = Markup("<strong>{}</strong>").format(language.of(section.name))
    if first:
        name = language.text(
            "{name}: {sentence}", name=name, sentence=language.of(section.sentence)
        )
    return Markup('<p class="frame">{}</p>').format(name)
