"""What changed since the last edition, figure by figure, and what was corrected."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, cast

import pandas as pd
from markupsafe import Markup, escape

from c2c_lib.catalog import Catalog, Localized, Unit
from c2c_lib.errors import InputError
from c2c_lib.figures.number import derived, value_text, with_unit
from c2c_lib.figures.places import name_and_scope, place_name
from c2c_lib.figures.report_card import Edition
from c2c_lib.figures.section import Section
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.findings.revisions import CAUSES, SHOWN
from c2c_lib.language import Language, mark

__all__ = ["CAUSE_NAMES", "ChangesPage", "Corrected"]

CAUSE_NAMES: Final = {
    "new_year": mark("New year"),
    "new_figure": mark("New figure"),
    "method": mark("New definition"),
    "other_source": mark("Other source"),
    "revised_source": mark("Changed by its publisher"),
    "shown_now": mark("Shown now"),
    "hidden_now": mark("Hidden now"),
    "other_reason": mark("Hidden for another reason"),
    "geography": mark("New place code"),
    "withdrawn": mark("No longer given"),
}
"""A message for every cause of `c2c_lib.findings.revisions`."""

_WORDS: Final = {
    "name": mark("Name"),
    "definition": mark("Definition"),
    "numerator": mark("Counted"),
    "denominator": mark("Out of"),
}
"""What a codebook entry says of a figure in words; the keys are its own."""

_MOST: Final = 150
"""Rows of the table on the page; the whole list is a download."""


class Corrected(Protocol):
    """One correction, as `c2c_lib.reporting.corrections` reads it."""

    @property
    def day(self) -> date:
        """When it was corrected."""

    @property
    def page(self) -> str:
        """Address of the page."""

    @property
    def was(self) -> Localized:
        """What it said."""

    @property
    def now(self) -> Localized:
        """What it says."""

    @property
    def why(self) -> Localized:
        """Why."""


@dataclass(frozen=True, eq=False)
class ChangesPage:
    """The page on changes and corrections.

    Attributes
    ----------
    moved : DataFrame or None
        From `c2c_lib.findings.revisions.revisions`; None if no edition was kept yet.
    previous : Edition or None
        The edition that `moved` begins from.
    defined : mapping
        The codebook entries of that edition, by indicator; its words are in English.
    put_first : collection of str
        Indicators that a city puts first: those stand in the table on the page.
    cities : collection of str
        Slugs of the cities of the site.
    """

    moved: pd.DataFrame | None
    previous: Edition | None
    defined: Mapping[str, Mapping[str, object]]
    put_first: Collection[str]
    cities: Collection[str]
    corrections: Sequence[Corrected]
    catalog: Catalog
    edition: Edition
    language: Language

    def title(self) -> Section:
        """Return the heading."""
        say = self.language.text
        return Section(
            Markup('<h1>{}</h1><p class="lead">{}</p>').format(
                say("What changed, and corrections"),
                say(
                    "Each edition keeps its address and never changes. This page says, figure by "
                    "figure, what is different now and why."
                ),
            )
        )

    def since_last(self) -> Section:
        """Return what moved since the edition before: counts by cause, and the main figures."""
        say = self.language.text
        heading = say("What is different from the last edition?")
        if self.moved is None or self.previous is None:
            body = Markup("<p>{}</p>").format(
                say(
                    "No earlier edition has been kept, so there is nothing to compare this one "
                    "with yet."
                )
            )
            return _section("since-last", heading, body)
        since = say(
            "Compared with edition {edition} of {day}.",
            edition=self.previous.label,
            day=self.language.date(date.fromisoformat(self.previous.date)),
        )
        parts = [Markup("<p>{}</p>").format(since)]
        if self.moved.empty:
            parts.append(Markup("<p>{}</p>").format(say("Not one figure is different.")))
        else:
            parts += [self._counts(self.moved), self._figures(self.moved), self._download()]
        parts.append(self._words())
        return _section("since-last", heading, Markup("\n").join(parts))

    def _download(self) -> Markup:
        return Markup('<p><a href="changes.csv">{}</a></p>').format(
            self.language.text("Every figure that is different, one row each (CSV)")
        )

    def _counts(self, moved: pd.DataFrame) -> Markup:
        say = self.language.text
        counts = moved["cause"].value_counts()
        columns = [
            Column(say("Cause"), numeric=False),
            Column(say("Figures")),
            Column(say("What it means"), numeric=False),
        ]
        rows: list[list[Cell]] = [
            [
                say(CAUSE_NAMES[cause]),
                derived(self.language.number(int(counts[cause])), "count"),
                say(CAUSES[cause]),
            ]
            for cause in CAUSE_NAMES
            if cause in counts
        ]
        return table("changes-by-cause", say("Figures that are different, by cause"), columns, rows)

    def _words(self) -> Markup:
        """Return which indicators are called or defined otherwise than in the edition before."""
        say = self.language.text
        columns = [
            Column(say("Indicator"), numeric=False),
            Column(say("What"), numeric=False),
            Column(say("Before"), numeric=False),
            Column(say("Now"), numeric=False),
        ]
        rows: list[list[Cell]] = []
        for name, indicator in self.catalog.indicators.items():
            before = self.defined.get(name, {})
            for field, label in _WORDS.items():
                now: Localized = getattr(indicator, field)
                said = str(before.get(field, ""))
                if said and said != now.en:
                    rows.append(
                        [
                            name_and_scope(indicator, self.language),
                            say(label),
                            self.language.foreign(said),
                            self.language.of(now) or say("Not there"),
                        ]
                    )
        if not rows:
            return Markup()
        caption = say("Figures that are called or defined otherwise now")
        return table("changed-words", caption, columns, rows, narrow="label")

    def _figures(self, moved: pd.DataFrame) -> Markup:
        """Return the figures of the indicators that a city puts first, all children's before."""
        say = self.language.text
        main = moved[
            moved["indicator"].isin(list(self.put_first)) & moved["place"].isin(list(self.cities))
        ]
        if main.empty:
            return Markup()
        shown = (
            main.assign(part=main["dimension"] != "all")
            .sort_values(["part", "place", "indicator", "period_end"], kind="stable")
            .head(_MOST)
        )
        columns = [
            Column(say("City"), numeric=False),
            Column(say("Indicator"), numeric=False),
            Column(say("Group"), numeric=False),
            Column(say("Period"), numeric=False, whole=True),
            Column(say("Before")),
            Column(say("Now")),
            Column(say("Cause"), numeric=False),
        ]
        rows = [self._row(row) for row in shown.to_dict("records")]
        caption = say("Figures that are different, all children first, then groups, by city")
        result = table("changes-main", caption, columns, rows, narrow="label")
        if len(main) > len(shown):
            rest = say(
                "These are the first {shown} of {count}; the download has all.",
                shown=self.language.number(len(shown)),
                count=self.language.number(len(main)),
            )
            result += Markup("<p>{}</p>").format(rest)
        return result

    def _row(self, row: Mapping[Hashable, object]) -> list[Cell]:
        say = self.language.text
        identifier = str(row["indicator"])
        indicator = self.catalog.indicators.get(identifier)
        former = self.defined.get(identifier, {}).get("unit")
        unit = indicator.unit if indicator is not None else cast("Unit | None", former)

        def value(side: str) -> Cell:
            number = float(str(row[f"estimate_{side}"]))
            if number != number and row[f"status_{side}"] in SHOWN:
                # What is hidden now is told by no page, nor what it was.
                return say("It was shown")
            if number != number or unit is None:  # NaN
                return say("Not shown") if row[f"status_{side}"] else say("Not there")
            text = value_text(number, unit, self.language, 1)
            return derived(with_unit(text, unit, self.language), side)

        name = (
            name_and_scope(indicator, self.language)
            if indicator is not None
            else self._former_name(identifier)
        )
        cause = say(CAUSE_NAMES[str(row["cause"])])
        city = place_name(str(row["place"]))
        group = self._group_name(str(row["dimension"]), str(row["group"]))
        return [city, name, group, str(row["period"]), value("before"), value("now"), cause]

    def _group_name(self, dimension: str, group: str) -> Markup:
        """Return what a group is called; one that is no longer there is told by its id."""
        try:
            return escape(self.language.of(self.catalog.group(dimension, group).name))
        except InputError:
            return self.language.foreign(group)

    def _former_name(self, identifier: str) -> Markup:
        """Return what an indicator was called that is no longer there."""
        name = self.defined.get(identifier, {}).get("name", identifier)
        return self.language.foreign(str(name))

    def corrected(self) -> Section:
        """Return what was wrong and has been mended."""
        say = self.language.text
        heading = say("What have we corrected?")
        if not self.corrections:
            return _section(
                "corrections",
                heading,
                Markup("<p>{}</p>").format(say("No error in a published figure is known.")),
            )
        columns = [
            Column(say("Day"), numeric=False),
            Column(say("Page"), numeric=False),
            Column(say("It said"), numeric=False),
            Column(say("It says now"), numeric=False),
            Column(say("Why"), numeric=False),
        ]
        rows: list[list[Cell]] = [
            [
                self.language.date(entry.day),
                entry.page,
                self.language.of(entry.was),
                self.language.of(entry.now),
                self.language.of(entry.why),
            ]
            for entry in self.corrections
        ]
        body = table("corrections-table", say("Corrections, the newest first"), columns, rows)
        return _section("corrections", heading, body)


def _section(identifier: str, heading: Markup, body: Markup) -> Section:
    return Section(
        Markup('<section id="{}"><h2>{}</h2>\n{}</section>').format(identifier, heading, body)
    )
