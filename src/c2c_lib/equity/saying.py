"""Results in plain sentences, in English or Spanish: what each is about, and what it says."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.equity.measures import find_measure
from c2c_lib.equity.result_table import RESULT_COLUMNS
from c2c_lib.equity.said import Said, sentence_of, told
from c2c_lib.errors import Problems
from c2c_lib.language import Language
from c2c_lib.language import language as read_language

__all__ = ["sentences"]


def sentences(frame: pd.DataFrame, language: str = "en", *, subject: bool = True) -> pd.Series:
    r"""Return one sentence for every row of a result.

    Parameters
    ----------
    frame : DataFrame
        From `measure`, `gaps`, `change`, `trend` or `summary`.
    language : {"en", "es"}
    subject : bool
        Whether a sentence begins with what it is about: the names that the catalog has for
        indicator, group and place, and the period.

    Returns
    -------
    Series of str
        With the index of the frame.

    Raises
    ------
    InputError
        If columns of a result are missing.

    Examples
    --------
    >>> from c2c_lib.equity import gaps
    >>> found = gaps({"indicator": "graduation_4yr", "period": "2018-19",
    ...               "dimension": ["all", "gender", "gender"], "group": ["all", "female", "male"],
    ...               "estimate": [0.7, 0.8, 0.6], "numerator": [280, 160, 120],
    ...               "denominator": [400, 200, 200]}, measures=["gap"])
    >>> print("\n".join(sentences(found)))
    Graduating in four years, girls, 2018-19: 10.0 points ahead of all students
    (likely 5.5 to 14.3 points).
    Graduating in four years, boys, 2018-19: 10.0 points behind all students
    (likely 5.5 to 14.3 points).
    >>> print(sentences(found, "es", subject=False)[0])
    10.0 puntos por delante de todos los estudiantes (probablemente de 5.5 a 14.3 puntos).
    """
    say = read_language(language, domain="measures")
    lacking = [n for n in ("measure", "estimate", "verdict", "status") if n not in frame]
    if lacking:
        problems = Problems()
        problems.add(
            "frame",
            "lacks columns of a result",
            value=", ".join(lacking),
            remedy="Pass what `measure`, `gaps`, `change`, `trend` or `summary` returned.",
        )
        problems.raise_if_any()
    catalog = load_catalog()
    places = {(str(p.geo_level), p.geo_id): p.name for p in catalog.places}
    fields = [name for name in Said._fields if name in frame]
    keys = [n for n in frame if n not in {*RESULT_COLUMNS, "setting", "title", "question"}]
    spoken = []
    for row, about in zip(
        frame[fields].itertuples(index=False),
        frame[keys].to_dict("records"),
        strict=True,
    ):
        said = Said(**{name: getattr(row, name) for name in fields})
        said = said._replace(reference=_people(catalog, str(about.get("dimension", "")), said, say))
        words = sentence_of(said, say)
        begin = _subject(about, catalog, places, say) if subject else ""
        named = words.startswith(str(say.text(find_measure(said.measure).title)))
        spoken.append(_begun(begin, words, say, named=named))
    return pd.Series(spoken, index=frame.index, dtype="str")


def _subject(
    about: Mapping[Hashable, object],
    catalog: Catalog,
    places: Mapping[tuple[str, str], str],
    say: Language,
) -> str:
    """Return what a row is about in words; codes that the catalog does not know stay."""
    keys = {str(n): str(value) for n, value in about.items() if str(value) not in {"", "all"}}
    level, dimension = keys.pop("geo_level", ""), keys.pop("dimension", "")
    if keys.get("indicator") in catalog.indicators:
        keys["indicator"] = say.of(catalog.indicators[keys["indicator"]].name)
    if "group" in keys:
        keys["group"] = _group(catalog, dimension, keys["group"], say)
    elif dimension in catalog.dimensions:
        keys["group"] = say.of(catalog.dimensions[dimension].name)
    if "geo_id" in keys:
        keys["geo_id"] = places.get((level, keys["geo_id"]), keys["geo_id"])
    first = [name for name in ("indicator", "group", "geo_id", "period") if name in keys]
    return ", ".join(keys[name] for name in dict.fromkeys([*first, *keys]))


def _group(catalog: Catalog, dimension: str, group: str, say: Language) -> str:
    known = catalog.dimensions.get(dimension)
    named = [one for one in (known.groups if known else ()) if one.id == group]
    return say.of(named[0].people) if named else group


def _people(catalog: Catalog, dimension: str, said: Said, say: Language) -> str:
    if said.against in {"all", ""}:
        return _group(catalog, "all", "all", say)
    return _group(catalog, dimension, said.against, say)


def _begun(subject: str, words: str, say: Language, *, named: bool) -> str:
    """Return subject and sentence as one: no capital after the colon but for a measure's name."""
    if not subject:
        return words
    lowered = words if named else words[:1].lower() + words[1:]
    return told(say, "{subject}: {sentence}", subject=subject, sentence=lowered)
