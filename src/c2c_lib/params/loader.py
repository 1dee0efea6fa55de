"""Reads ``params/*.yml`` strictly: everything that is wrong, with line and remedy."""

from __future__ import annotations

from pathlib import Path

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.errors import InputError, Problem, Problems, did_you_mean
from c2c_lib.params.checks import (
    check_against_catalog,
    check_repetitions,
    check_served,
    check_targets,
)
from c2c_lib.params.document import read_document
from c2c_lib.params.model import City
from c2c_lib.params.strict import fit
from c2c_lib.paths import project_root

__all__ = ["load_cities", "load_city", "read_city"]


def load_cities(folder: Path | None = None) -> dict[str, City]:
    """Load every city of the params folder, by slug in alphabetical order.

    Raises
    ------
    InputError
        With all problems of all files; a file named ``*.yaml`` is one, since only ``*.yml``
        is read.
    """
    folder = folder or project_root() / "params"
    problems = Problems()
    for file in sorted(folder.glob("*.yaml")):
        problems.add(f"{folder.name}/{file.name}", "is not read", remedy="Name it *.yml.")
    cities: dict[str, City] = {}
    for file in sorted(folder.glob("*.yml")):
        try:
            cities[file.stem] = read_city(file)
        except InputError as error:
            problems.extend(error.problems)
    problems.raise_if_any()
    return cities


def load_city(slug: str, folder: Path | None = None) -> City:
    """Load one city by its slug.

    Raises
    ------
    InputError
        If there is no such file ("did you mean"), or if it does not fit.

    Examples
    --------
    >>> load_city("norwalk").partnership.name
    'Norwalk ACTS'
    """
    folder = folder or project_root() / "params"
    file = folder / f"{slug}.yml"
    if not file.is_file():
        known = sorted(path.stem for path in folder.glob("*.yml"))
        near = did_you_mean(slug, known)
        raise InputError(
            [
                Problem(
                    where="params",
                    what="unknown city",
                    value=slug,
                    allowed=", ".join(known),
                    remedy=near or f"`c2c new-city {slug}` writes a file for a new city.",
                )
            ]
        )
    return read_city(file)


def read_city(file: Path, catalog: Catalog | None = None) -> City:
    """Read and check one city file.

    Raises
    ------
    InputError
        With every unknown or repeated key, wrong type, unknown id, wrong code and repetition
        in the file, each with its line, the wrong value, what is allowed and the nearest
        right word.
    """
    catalog = catalog or load_catalog()
    problems = Problems()
    document = read_document(file, problems)
    if document.content.get("slug") != file.stem:
        problems.add(
            document.at(("slug",)),
            "slug is not the name of the file",
            value=document.content.get("slug", ""),
            column="slug",
            allowed=file.stem,
        )
    check_against_catalog(document, catalog, problems)
    check_repetitions(document, problems)
    check_served(document, catalog, problems)
    check_targets(document, catalog, problems)
    city = fit(City, document, problems)
    problems.raise_if_any()
    assert city is not None  # noqa: S101 - a file without problems fits
    return city
