"""The strict schema of one city's parameters."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from c2c_lib.catalog import Indicator, Localized, parse_period

__all__ = [
    "City",
    "CityFrame",
    "FrameSection",
    "Partnership",
    "Places",
    "PrivacyRules",
    "Target",
]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, strict=True)


class Partnership(_Entry):
    """Who answers for the report.

    Attributes
    ----------
    backbone : str
        The organization that supports the partnership day by day.
    """

    name: str = Field(min_length=1)
    backbone: str = Field(min_length=1)
    website: str = Field(pattern=r"^https://\S+$")


class Places(_Entry):
    """The publishers' codes of the places that a city's figures describe."""

    district: str = Field(pattern=r"^\d{7}$")
    town: str = Field(pattern=r"^\d{10}$")
    city: str | None = Field(default=None, pattern=r"^\d{7}$")


class FrameSection(_Entry):
    """One outcome, initiative or direction of a city's own frame, in our own words."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Localized
    sentence: Localized
    outcomes: list[str] = Field(min_length=1)


class CityFrame(_Entry):
    """A city's own list of outcomes or initiatives; its order is the order of the card."""

    id: str
    intro: Localized
    sections: list[FrameSection] = Field(min_length=1)


class Target(_Entry):
    """A target that the partnership itself has published; none is ever invented.

    Attributes
    ----------
    value : float
        In the unit of the indicator (a share from 0 to 1 for rates).
    source : str
        Where the partnership published it.
    """

    indicator: str
    value: float = Field(ge=0, allow_inf_nan=False)
    by: str
    group: str = "all/all"
    source: str = Field(min_length=1)

    @field_validator("by")
    @classmethod
    def _by_is_a_period(cls, value: str) -> str:
        parse_period(value)
        return value


class PrivacyRules(_Entry):
    """When a figure is not shown because too few children stand behind it."""

    minimum_numerator: int = Field(default=6, ge=1)
    minimum_denominator: int = Field(default=20, ge=1)


class City(_Entry):
    """Everything that one city's report needs to know besides the figures.

    Attributes
    ----------
    slug : str
        The name of its file and of its folder on the site.
    core, contributing : list of str
        Indicators put first; every one must be in the catalog.
    baseline : str
        The period from which change is counted where a series has it; a series that begins
        later, or breaks after it, is counted from its first comparable period instead.
    peers : list of str
        Slugs of the districts to compare with.
    school_order : {"figure", "poverty"}
        ``poverty`` puts the schools with the highest share of students with free or
        reduced-price meals first, at the head of the neighborhoods page and in every list of
        schools, where the partnership has said that it begins with them.
    """

    slug: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: str = Field(min_length=1)
    partnership: Partnership
    places: Places
    frame: CityFrame
    core: list[str] = Field(min_length=1)
    contributing: list[str]
    baseline: str
    targets: list[Target] = Field(default_factory=list)
    peers: list[str]
    school_order: Literal["figure", "poverty"] = "figure"
    languages: list[str] = Field(min_length=1)
    privacy: PrivacyRules = Field(default_factory=PrivacyRules)

    @field_validator("baseline")
    @classmethod
    def _baseline_is_a_period(cls, value: str) -> str:
        parse_period(value)
        return value

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcome ids in the order of the city's frame, each once."""
        return tuple(dict.fromkeys(o for s in self.frame.sections for o in s.outcomes))

    def home_outcome(self, indicator: Indicator) -> str | None:
        """Return the outcome under which an indicator stands in the city's card.

        The first of its outcomes that is in the city's frame; None if none is.
        """
        return next((o for o in indicator.outcomes if o in self.outcomes), None)
