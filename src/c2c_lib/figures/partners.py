"""What partners do about it: the city's own initiatives, each with what it is measured by."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.change import change_words
from c2c_lib.figures.strip import lead_finding
from c2c_lib.findings import Finding
from c2c_lib.language import Language
from c2c_lib.params import City, FrameSection

__all__ = ["partners"]


def partners(
    city: City, findings: Mapping[str, Finding], language: Language, catalog: Catalog
) -> Markup:
    """Return the initiatives of the city's frame: what each wants, and how its figures moved."""
    intro = language.text(
        "{partnership} names what it works on in its own words. Beside each stand the figures it "
        "can be held to, and how they have moved. The site of the partnership tells what its "
        "partners do.",
        partnership=Markup('<a href="{}">{}</a>').format(
            city.partnership.website, city.partnership.name
        ),
    )
    items = [
        _section(section, city, findings, language, catalog) for section in city.frame.sections
    ]
    promises = Markup('<p><a href="progress/index.html">{}</a></p>').format(
        language.text("What the partnership has promised, and what the numbers show")
    )
    return Markup('<p>{}</p>\n<ul class="partners">{}</ul>\n{}').format(
        intro, Markup("\n").join(items), promises
    )


def _section(
    section: FrameSection,
    city: City,
    findings: Mapping[str, Finding],
    language: Language,
    catalog: Catalog,
) -> Markup:
    said = Markup("<strong>{}.</strong> {}").format(
        language.of(section.name), language.of(section.sentence)
    )
    rows = [_moved(outcome, city, findings, language, catalog) for outcome in section.outcomes]
    sheet = Markup('<a href="one-page/{}/index.html">{}</a>').format(
        section.id.replace("_", "-"),
        language.text("{name} on one page, to print", name=language.of(section.name)),
    )
    return Markup("<li>{}<ul>{}</ul>{}</li>").format(said, Markup("").join(rows), sheet)


def _moved(
    outcome_id: str,
    city: City,
    findings: Mapping[str, Finding],
    language: Language,
    catalog: Catalog,
) -> Markup:
    """Return one outcome with how its first figure moved, or that there is no figure."""
    outcome = catalog.outcome(outcome_id)
    finding = lead_finding(outcome_id, city, findings)
    moved = (
        language.text("No public figure")
        if finding is None or finding.headline is None
        else change_words(finding, language)
    )
    return Markup('<li><a href="#{}">{}</a>: {}.</li>').format(
        outcome.id, language.of(outcome.name), moved
    )
