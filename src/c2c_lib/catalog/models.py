"""Typed entries of the catalog. Strict: an unknown key or a wrong type is an error."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from c2c_lib.catalog.fetching import Fetch, written_where_read
from c2c_lib.catalog.periods import parse_period

__all__ = [
    "Behind",
    "Break",
    "Dimension",
    "Frame",
    "Group",
    "GroupSum",
    "Indicator",
    "LeftOut",
    "Level",
    "Localized",
    "Outcome",
    "Place",
    "Polarity",
    "Role",
    "Source",
    "Topic",
    "Unit",
]

Level = Literal["state", "district", "town", "city", "school", "tract", "neighborhood"]
Unit = Literal["share", "per_1000", "index", "score", "dollars", "years", "count"]
Polarity = Literal["higher_is_better", "lower_is_better", "neutral"]
Role = Literal["core", "contributing", "context"]

EntryId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]

_CODES: Final = {
    "state": r"\d{2}",
    "district": r"\d{7}",
    "town": r"\d{10}",
    "city": r"\d{7}",
    "tract": r"\d{11}",
    "school": r"\d{7}",
}
"""What a place code looks like at each level whose codes all come from one publisher."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Localized(_Entry):
    """Words that are shown: in English, which is also what the message catalogues know them by.

    A plain string is enough where a catalogue has the translation, as for everything that
    ships. What no catalogue can know, such as the words of a partnership's own table or city
    file, brings its translations along: ``{en: ..., es: ...}``.

    Attributes
    ----------
    en : str
        The English words.

    Examples
    --------
    >>> str(Localized.model_validate("Healthy babies"))
    'Healthy babies'
    >>> Localized(en="Healthy babies", es="Bebés sanos").own("es")
    'Bebés sanos'
    """

    model_config = ConfigDict(extra="allow", frozen=True, str_strip_whitespace=True)
    __pydantic_extra__: dict[str, Annotated[str, Field(min_length=1)]]

    en: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _a_string_is_english(cls, value: object) -> object:
        return {"en": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _keys_are_languages(self) -> Localized:
        wrong = [key for key in self.__pydantic_extra__ if not _LANGUAGE.fullmatch(key)]
        if wrong:
            raise ValueError(
                f"language is {', '.join(map(repr, wrong))}, but is expected to be a code of two "
                "or three small letters, such as 'es'"
            )
        return self

    def own(self, language: str) -> str | None:
        """Return the words as they stand here in a language; None if they do not."""
        return self.en if language == "en" else self.__pydantic_extra__.get(language)

    def __str__(self) -> str:
        return self.en


class Frame(_Entry):
    """One partnership's (or the network's) own list of outcomes or initiatives."""

    id: EntryId
    name: Localized


class Outcome(_Entry):
    """A stage of the continuum from birth to career, asked as a question.

    Attributes
    ----------
    strivetogether : int or None
        Its number among the network's seven outcomes; None for the others.
    wanted : Localized or None
        What no public figure shows yet, and who holds it.
    anchors : dict of str to str
        By language, the anchor of its heading where the question was once worded otherwise, so
        that links to it still lead there.
    """

    id: EntryId
    name: Localized
    question: Localized
    strivetogether: int | None = Field(default=None, ge=1, le=7)
    context: Localized
    wanted: Localized | None = None
    anchors: dict[str, str] = Field(default_factory=dict)


class Topic(_Entry):
    """Figures on what surrounds children that stand in one table.

    Attributes
    ----------
    section : {"children", "surroundings"}
        Of the card: who the children are, or what surrounds them.
    indicators : tuple of str
        In the order of the table.
    """

    id: EntryId
    name: Localized
    section: Literal["children", "surroundings"]
    indicators: tuple[str, ...] = Field(min_length=1)


class Break(_Entry):
    """Something across which figures must not be compared.

    Attributes
    ----------
    kind : {"new_series", "not_comparable", "not_collected", "not_over_time"}
        ``new_series``: from `period` on, figures are not compared with earlier ones.
        ``not_comparable``: the one `period` is compared with no other.
        ``not_collected``: there is no figure for `period`; a line has a gap there.
        ``not_over_time``: figures of `dimension` are not compared over time (`period`
        is empty), because its definition moves.
    dimension : str
        The dimension it concerns; empty for all.
    places : tuple of str
        The places it concerns; empty for all.
    levels : tuple of str
        The levels it concerns (census tracts were redrawn, towns were not); empty for all.
    source : str
        For a ``new_series`` that is another report continuing the same definition: the
        id of the source that begins there.
    within_year : bool
        For ``not_over_time``: whether groups of one year may still be compared, because the
        label tells children apart, though not by the same rule every year.
    """

    kind: Literal["new_series", "not_comparable", "not_collected", "not_over_time"]
    period: str = ""
    dimension: str = ""
    places: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    source: str = ""
    within_year: bool = False
    note: Localized

    @field_validator("period")
    @classmethod
    def _period_reads(cls, value: str) -> str:
        if value:
            parse_period(value)
        return value

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Break:
        if (self.kind == "not_over_time") == bool(self.period):
            raise ValueError(
                f"period is {self.period!r}, but a break of kind {self.kind!r} is expected to "
                + ("have none" if self.period else "name one")
            )
        if self.source and self.kind != "new_series":
            raise ValueError(
                f"source is {self.source!r}, but only a break of kind 'new_series' has one"
            )
        if self.within_year and self.kind != "not_over_time":
            raise ValueError("within_year is true, but only a break of kind 'not_over_time' has it")
        return self


class Indicator(_Entry):
    """One measured quantity with one definition, unit, polarity, source and limits.

    Attributes
    ----------
    people : Localized
        Whom it counts, as a plural noun: "third graders".
    predicate : Localized
        What the counted part did, as the end of a sentence: "met the reading standard".
    sources : tuple of str
        Source ids; where two give the same figure, the earlier one wins.
    modelled : bool
        Whether the publisher estimates the figure by a model: the counts that it prints are not
        people who were counted one by one, and say nothing about how sure the figure is.
    of_students : bool
        Whether a figure of a city counts the students of its public schools, not all residents.
    proxy_for : Localized or None
        Where it stands in for something that no public figure shows, what that is.
    """

    id: EntryId
    outcomes: tuple[str, ...] = Field(min_length=1)
    frames: tuple[str, ...] = Field(min_length=1)
    role: Role
    unit: Unit
    polarity: Polarity
    level: Level
    name: Localized
    question: Localized
    people: Localized
    predicate: Localized
    definition: Localized
    numerator: Localized
    denominator: Localized
    sources: tuple[str, ...] = Field(min_length=1)
    limits: Localized
    modelled: bool = False
    of_students: bool = False
    proxy_for: Localized | None = None
    breaks: tuple[Break, ...] = ()


class Group(_Entry):
    """One value of one dimension.

    Attributes
    ----------
    people : Localized
        The group as people: "Black students".
    labels : tuple of str
        The spellings that publishers use for it.
    union_of : tuple of str
        Groups of other dimensions, as ``dimension/group``: whoever is in one of them is in
        this group, and everybody in this group is in at least one of them.
    """

    id: EntryId
    name: Localized
    people: Localized
    labels: tuple[str, ...] = ()
    union_of: tuple[str, ...] = ()


class GroupSum(_Entry):
    """Groups of one dimension that make up another one, without overlap.

    Attributes
    ----------
    whole : str
        A group of the dimension, or ``all``.
    parts : tuple of str
        Groups of the dimension.
    """

    whole: EntryId
    parts: tuple[EntryId, ...] = Field(min_length=2)


class Dimension(_Entry):
    """A way to tell student groups apart.

    Attributes
    ----------
    partition : bool
        Whether its groups do not overlap and together make up all children, so that one
        of them could be found by subtraction.
    sums : tuple of GroupSum
        For a dimension whose groups nest: which of them add up to which.
    gaps : bool
        Whether a group is compared with all children; grades and all children are not.
    """

    id: EntryId
    name: Localized
    partition: bool
    sums: tuple[GroupSum, ...] = ()
    gaps: bool = True
    groups: tuple[Group, ...] = Field(min_length=1)
    note: Localized | None = None


class Place(_Entry):
    """A state, district, town, city, school, tract or neighborhood, with its id and vintage.

    Attributes
    ----------
    geo_id : str
        The publisher's code, as text with leading zeros.
    place : str
        Slug: the city's name as a folder of the site has it.
    vintage : str
        What the code and the boundary belong to, where they have changed.
    parent : str
        Code of the place in which it lies: the town of a tract or neighborhood, the district
        of a school, otherwise the state.
    other_ids, aliases : tuple of str
        Further codes and names by which publishers call it.
    """

    geo_level: Level
    geo_id: str = Field(min_length=1)
    place: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: str = Field(min_length=1)
    vintage: str = ""
    parent: str = ""
    other_ids: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _code_fits_the_level(self) -> Place:
        expected = _CODES.get(self.geo_level)
        if expected and not re.fullmatch(expected, self.geo_id):
            raise ValueError(
                f"geo_id is {self.geo_id!r}, but the code of a {self.geo_level} is expected "
                f"to look like {expected}"
            )
        return self


class Behind(_Entry):
    """Another report that comes first where both give a figure.

    Attributes
    ----------
    source : str
        Id of the report that wins.
    why : Localized
        How the two differ, as far as their figures show it, and why the other one wins.
    """

    source: EntryId
    why: Localized


class Source(_Entry):
    """One publisher's report, its terms and where its files lie in a raw folder.

    Attributes
    ----------
    licence : str
        The licence's short name.
    terms : Localized
        In a sentence what it lets others do.
    files : tuple of str
        Glob patterns relative to the raw folder.
    redistributable : bool
        Whether its figures may be shipped in the store.
    sampled : bool
        Whether it is a sample survey (a margin of error belongs to every figure).
    fetch : Fetch or None
        How `c2c fetch` gets it, where the publisher has a public interface.
    behind : tuple of Behind
        The reports that come before it where both give a figure, each with the reason. The
        order itself stands in each indicator's sources.
    """

    id: EntryId
    publisher: str = Field(min_length=1)
    title: str = Field(min_length=1)
    short: Localized
    url: str = Field(pattern=r"^https://\S+$")
    retrieved: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    licence: str = Field(min_length=1)
    terms: Localized
    redistributable: bool = True
    sampled: bool = False
    suppression: Localized
    files: tuple[str, ...] = Field(min_length=1)
    fetch: Fetch | None = None
    behind: tuple[Behind, ...] = ()

    @model_validator(mode="after")
    def _fetched_files_are_read(self) -> Source:
        if self.fetch is not None and not written_where_read(self.fetch, self.files):
            raise ValueError(
                f"fetch.file is {self.fetch.file!r}, but is expected to fit one of "
                + " or ".join(self.files)
            )
        return self


class LeftOut(_Entry):
    """Something that was looked at, or looked for, and is not in the table, with the reason.

    Attributes
    ----------
    kind : {"not_public", "not_read"}
        ``not_public``: nobody publishes it, as far as we looked. ``not_read``: it is
        published, and a reason speaks against taking it.
    files : tuple of str
        Glob patterns of the files it stands in, relative to the raw folder; a file may be read
        for what else is in it. None for what is not public.
    """

    id: EntryId
    kind: Literal["not_public", "not_read"]
    title: Localized
    publisher: str = Field(min_length=1)
    reason: Localized
    files: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_files_if_it_is_public(self) -> LeftOut:
        if (self.kind == "not_read") != bool(self.files):
            raise ValueError(
                f"files is {list(self.files)}, but an entry of kind {self.kind!r} is expected to "
                + ("have none" if self.files else "name some")
            )
        return self
