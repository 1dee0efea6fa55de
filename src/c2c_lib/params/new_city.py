"""A first params file for a new city, from what the catalog knows about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import yaml

from c2c_lib.catalog import Catalog, Outcome, load_catalog
from c2c_lib.errors import InputError, Problem, did_you_mean
from c2c_lib.language import mark

__all__ = ["new_city_file"]

_HEAD: Final = """\
# Parameters of the {name} report card. Every line can be edited; a wrong key, id or code is
# refused with its line and the nearest right word. Replace the partnership's name, backbone
# and website with your own. For pages in Spanish, write `languages: [en, es]`, and words of your
# own as `{{en: ..., es: ...}}`; those below have their Spanish already.
"""

_INTRO: Final = mark(
    "This card follows the seven cradle-to-career outcomes of the StriveTogether network."
)


def new_city_file(slug: str, catalog: Catalog | None = None) -> str:
    """Return the text of a params file for a city whose figures are in the store.

    The frame is StriveTogether's seven outcomes, the indicators put first are the catalog's
    core ones, the peers are the other districts of its reference group; no target is set.

    Raises
    ------
    InputError
        If the store has no figures for the city ("did you mean").

    Examples
    --------
    >>> "slug: hartford" in new_city_file("hartford").splitlines()
    True
    """
    catalog = catalog or load_catalog()
    if slug not in catalog.shipped[1:]:
        raise InputError(
            [
                Problem(
                    where="new-city",
                    what="the store has no figures for this city",
                    value=slug,
                    allowed=", ".join(catalog.shipped[1:]),
                    remedy=did_you_mean(slug, catalog.shipped[1:]),
                )
            ]
        )
    town = catalog.place(slug, "town")
    by_level = {p.geo_level: p.geo_id for p in catalog.places if p.place == slug}
    group = next(members for members in catalog.peer_groups.values() if slug in members)
    outcomes = sorted(
        (o for o in catalog.outcomes.values() if o.strivetogether),
        key=lambda outcome: outcome.strivetogether or 0,
    )
    content: dict[str, Any] = {
        "slug": slug,
        "name": town.name,
        "partnership": {
            "name": f"{town.name} partnership",
            "backbone": f"{town.name} partnership",
            "website": "https://www.strivetogether.org",
        },
        "places": {
            level: by_level[level] for level in ("district", "town", "city") if level in by_level
        },
        "frame": {
            "id": "strivetogether",
            "intro": _INTRO,
            "sections": [
                {
                    "id": outcome.id,
                    "name": outcome.name.en,
                    "sentence": outcome.question.en,
                    "outcomes": [outcome.id],
                }
                for outcome in outcomes
            ],
        },
        "core": _put_first("core", outcomes, catalog),
        "contributing": _put_first("contributing", outcomes, catalog),
        "baseline": "2018-19",
        "targets": [],
        "peers": [member for member in group if member != slug],
        "languages": ["en"],
    }
    body = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return _HEAD.format(name=town.name) + body


def _put_first(role: str, outcomes: Sequence[Outcome], catalog: Catalog) -> list[str]:
    """Return the indicators of a role that serve one of the outcomes."""
    served = {outcome.id for outcome in outcomes}
    return [
        indicator.id
        for indicator in catalog.indicators.values()
        if indicator.role == role and served.intersection(indicator.outcomes)
    ]
