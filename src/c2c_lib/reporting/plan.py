"""Which pages are made, and why each one runs or is taken over from the last build."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.reporting.inputs import Inputs
from c2c_lib.reporting.manifest import Manifest
from c2c_lib.reporting.parameters import check_parameters, read_parameters
from c2c_lib.reporting.project import DEFAULT_LANGUAGE, CityInfo, Project
from c2c_lib.reporting.task import RESULT

__all__ = [
    "NOT_FOUND",
    "Job",
    "Step",
    "make_plan",
    "note_unknown",
    "page_address",
    "plan_jobs",
]

_FRONT_PAGE: Final = "report_card"
"""The page that stands at a city's own address."""


NOT_FOUND: Final = "404"
"""The page for addresses that are not there, in the file that servers look for."""


def page_address(page: str, city: str, language: str, outcome: str = "") -> str:
    """Return the address of a page, relative to the root of the site; no page is the front page.

    Examples
    --------
    >>> page_address("report_card", "bridgeport", "en")
    'bridgeport/index.html'
    >>> page_address("report_card", "bridgeport", "es")
    'es/bridgeport/index.html'
    >>> page_address("what_changed", "", "en")
    'what-changed/index.html'
    >>> page_address("outcome", "", "en", "early_grade_reading")
    'outcomes/early-grade-reading/index.html'
    >>> page_address("", "", "es"), page_address("404", "", "en")
    ('es/index.html', '404.html')
    """
    parts = [] if language == DEFAULT_LANGUAGE else [language]
    if page == NOT_FOUND:
        return "/".join([*parts, f"{NOT_FOUND}.html"])
    if city:
        parts.append(city)
    if page and not (city and page == _FRONT_PAGE):
        parts.append((f"{page}s" if outcome else page).replace("_", "-"))
    if outcome:
        parts.append(outcome.replace("_", "-"))
    return "/".join([*parts, "index.html"])


@dataclass(frozen=True, order=True)
class Job:
    """One page of one city, or of one outcome, in one language.

    Attributes
    ----------
    city : str
        Slug; empty for a page about all cities.
    page : str
        Stem of the notebook.
    language : str
        Two letters.
    notebook : Path
        The report notebook.
    declared : tuple of str
        The parameters that the notebook declares.
    outcome : str
        Id of the outcome that the page is about; empty if it is about none.
    every_city : bool
        Whether the page sets all cities side by side, and so cannot be made without one.
    """

    city: str
    page: str
    language: str
    notebook: Path
    declared: tuple[str, ...] = ("city", "language")
    outcome: str = ""
    every_city: bool = False

    @property
    def id(self) -> str:
        """Name of the job, unique in a build."""
        about = f"-{self.outcome}" if self.outcome else ""
        return f"{self.city or 'site'}/{self.page}{about}-{self.language}"

    @property
    def address(self) -> str:
        """Address of the page, relative to the root of the site."""
        return page_address(self.page, self.city, self.language, self.outcome)

    def is_twin(self, other: Job) -> bool:
        """Return whether another job makes the same page in another language."""
        same = (self.page, self.city, self.outcome) == (other.page, other.city, other.outcome)
        return same and self.language != other.language

    @property
    def parameters(self) -> dict[str, str]:
        """What the notebook is given."""
        values = {"city": self.city, "outcome": self.outcome, "language": self.language}
        return {name: value for name, value in values.items() if name in self.declared}

    def folder(self, build: Path) -> Path:
        """Return the job's own folder under ``build/``."""
        return build / self.id


@dataclass(frozen=True)
class Step:
    """One job of a plan, with the reason why it runs or does not.

    Attributes
    ----------
    job : Job
        What would be made.
    action : {"run", "reuse"}
        Whether the notebook is executed.
    reason : str
        In words, for ``c2c plan``.
    downloads : bool
        Whether the city's downloads are made with this page: the first of its language.
    inputs : mapping of str to str
        Fingerprint by input, to be recorded when the job is done.
    """

    job: Job
    action: Literal["run", "reuse"]
    reason: str
    inputs: Mapping[str, str]
    downloads: bool = False


def plan_jobs(
    project: Project, cities: Mapping[str, CityInfo], selected: Sequence[str] = ()
) -> list[Job]:
    """Return every job of every city, after checking all that can be checked.

    A notebook that declares ``city`` makes one page per city and language, one that declares
    ``outcome`` one per outcome of the network and language, and one that declares neither
    makes one page per language of the site. `selected` are the slugs that were asked
    for; they are only checked here.

    Raises
    ------
    InputError
        If a city is unknown, if no report notebook exists, or if a notebook's parameters
        cell is missing, does not read, or declares something unknown. All problems at once.
    """
    problems = Problems()
    note_unknown(selected, cities, problems)
    if not project.notebooks:
        problems.add("notebooks/report", "there is no report notebook")
    jobs: list[Job] = []
    for notebook in project.notebooks:
        jobs += _jobs_of(notebook, cities, problems)
    problems.raise_if_any()
    return sorted(jobs, key=lambda job: (job.page != _FRONT_PAGE, job))


def note_unknown(selected: Iterable[str], cities: Collection[str], problems: Problems) -> None:
    """Note every city that was asked for and that there is no file of."""
    for slug in selected:
        if slug not in cities:
            problems.add(
                "command line",
                "unknown city",
                value=slug,
                allowed=", ".join(cities),
                remedy=did_you_mean(slug, cities) or f"Add it with: c2c new-city {slug}",
            )


def _jobs_of(
    notebook: Path,
    cities: Mapping[str, CityInfo],
    problems: Problems,
) -> list[Job]:
    where = notebook.name
    try:
        content: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))
    except ValueError as error:
        problems.add(where, f"does not read as a notebook: {error}")
        return []
    declared = read_parameters(content, where, problems)
    every = content.get("metadata", {}).get("c2c", {}).get("cities") == "all"
    languages = list(dict.fromkeys(lang for city in cities.values() for lang in city.languages))
    outcomes = _network_outcomes() if "outcome" in declared else [""]
    allowed = {"city": list(cities), "language": languages, "outcome": outcomes}
    names = tuple(sorted(declared))
    spoken = languages if "language" in declared else [DEFAULT_LANGUAGE]
    about = cities.values() if "city" in declared else [None]
    jobs = [
        Job(city.slug if city else "", notebook.stem, language, notebook, names, outcome, every)
        for city in about
        for outcome in outcomes
        for language in spoken
        if city is None or language in city.languages
    ]
    for job in jobs:
        check_parameters(job.parameters, declared, allowed, where, problems)
    return jobs


def _network_outcomes() -> list[str]:
    """Return the outcomes that the network numbers, from birth to career."""
    from c2c_lib.catalog import load_catalog  # noqa: PLC0415 - most plans do not need it

    numbered = [o for o in load_catalog().outcomes.values() if o.strivetogether is not None]
    return [o.id for o in sorted(numbered, key=lambda o: o.strivetogether or 0)]


def make_plan(
    jobs: Iterable[Job],
    inputs: Inputs,
    manifest: Manifest,
    project: Project,
    *,
    selected: Sequence[str] = (),
    force: bool = False,
) -> list[Step]:
    """Say for each job whether it runs, and why.

    A city that was not asked for keeps the pages of its last build. If it is on the site
    but its results are gone it runs all the same, so that no page is lost; if it was never
    built it is left out, and with it every page that sets all cities side by side. Pages of
    no city are made in the languages that the cities' pages are in.

    Parameters
    ----------
    jobs : iterable of Job
        Of all cities, from `plan_jobs`.
    inputs : Inputs
        Fingerprints of what is there now.
    manifest : Manifest
        Fingerprints of what the last build read.
    project : Project
        Where results and the site are.
    selected : sequence of str
        Slugs of the cities that were asked for; all if empty.
    force : bool
        Run everything that was asked for.
    """
    jobs = tuple(jobs)
    steps: list[Step] = []
    for job in jobs:
        now = inputs.of_page(job.notebook, job.city)
        kept = (job.folder(project.build) / RESULT).is_file()
        asked = not selected or not job.city or job.city in selected
        reason = _reason(job, now, manifest, kept=kept) if asked else ""
        if asked and force:
            reason = "asked for with --force"
        if not asked and not kept:
            if not (project.site / job.address).is_file():
                continue
            reason = "on the site, but its result is gone"
        rest = "nothing it reads changed" if asked else "not asked for: stays as last built"
        first = all((s.job.city, s.job.language) != (job.city, job.language) for s in steps)
        action: Literal["run", "reuse"] = "run" if reason else "reuse"
        steps.append(Step(job, action, reason or rest, now, downloads=first and bool(job.city)))
    left_out = {job.city for job in jobs} - {step.job.city for step in steps}
    spoken = {step.job.language for step in steps if step.job.city}
    return [
        step
        for step in steps
        if not (left_out and step.job.every_city)
        and (step.job.city or not spoken or step.job.language in spoken)
    ]


def _reason(job: Job, now: Mapping[str, str], manifest: Manifest, *, kept: bool) -> str:
    """Return why a job must run, or an empty string."""
    record = manifest.jobs.get(job.id)
    if record is None:
        return "never built"
    if not kept:
        return "its result is gone"
    changed = [name for name in now if now[name] != record.inputs.get(name)]
    return f"changed: {', '.join(changed)}" if changed else ""
