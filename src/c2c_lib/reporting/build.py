"""From the cities' files to a published site, or to one screen that says why not."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from c2c_lib import __version__
from c2c_lib.errors import InputError
from c2c_lib.language.messages import message_problems
from c2c_lib.reporting.check import check_site
from c2c_lib.reporting.edition import edition_of
from c2c_lib.reporting.editions import (
    EDITIONS,
    KeptEdition,
    check_editions,
    copy_editions,
    keep_edition,
    kept_editions,
)
from c2c_lib.reporting.failure import CheckFailedError
from c2c_lib.reporting.inputs import Inputs, fingerprint
from c2c_lib.reporting.lock import only_build
from c2c_lib.reporting.manifest import (
    Manifest,
    hash_site,
    read_manifest,
    write_manifest,
)
from c2c_lib.reporting.page import PageTemplate, SiteContext, build_date
from c2c_lib.reporting.plan import Job, Step, make_plan, plan_jobs
from c2c_lib.reporting.project import CityInfo, Project
from c2c_lib.reporting.publish import publish, refuse_other_files, staging
from c2c_lib.reporting.quarto import find_quarto, require_quarto
from c2c_lib.reporting.run_steps import BuildOptions, Observer, run_steps
from c2c_lib.reporting.search import SEARCH
from c2c_lib.reporting.task import Outcome

if TYPE_CHECKING:
    from c2c_lib.reporting.assemble import Renderer
    from c2c_lib.reporting.front import FrontPage

__all__ = ["BuildOptions", "BuildReport", "Observer", "build", "plan_build"]

_DATA_DIGITS: Final = 12


@dataclass(frozen=True)
class BuildReport:
    """What a build did.

    Attributes
    ----------
    site : Path
        The published site.
    steps : tuple of Step
        The plan that was followed.
    outcomes : dict of str to Outcome
        Of the jobs that ran, by job id.
    seconds : float
        Wall time of the whole build.
    changed : bool
        Whether a new site was published.
    """

    site: Path
    steps: tuple[Step, ...]
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    seconds: float = 0.0
    changed: bool = True


def plan_build(
    project: Project, cities: Mapping[str, CityInfo], options: BuildOptions, store: Path
) -> tuple[list[Step], Inputs, Manifest]:
    """Check everything that can be checked before anything runs, and make the plan.

    Raises
    ------
    InputError
        With every problem: unknown city, notebook without parameters, template that does
        not compile, renderer that is not installed, message that is not translated.
    """
    refuse_other_files(project.site, project.root)
    jobs = plan_jobs(project, cities, options.cities)
    PageTemplate(project.template)
    edition_of(project.edition)
    if options.renderer == "quarto":
        require_quarto()
    inputs = Inputs(project, store)
    manifest = read_manifest(project.build)
    steps = make_plan(jobs, inputs, manifest, project, selected=options.cities, force=options.force)
    if any(step.action == "run" for step in steps):
        _check_messages(steps, project)
    return steps, inputs, manifest


def _check_messages(steps: Sequence[Step], project: Project) -> None:
    """Raise unless everything that may be said has its words in every language of the site."""
    spoken = dict.fromkeys(step.job.language for step in steps)
    problems = message_problems(spoken, project.root)
    if problems:
        raise InputError(problems)


def build(
    project: Project,
    cities: Mapping[str, CityInfo],
    options: BuildOptions,
    fronts: Mapping[str, FrontPage],
    store: Path,
    observer: Observer | None = None,
) -> BuildReport:
    """Build the site and publish it as a whole, or leave the old one as it is.

    Parameters
    ----------
    project : Project
        Inputs and outputs.
    cities : mapping of str to CityInfo
        All cities, by slug.
    options : BuildOptions
        What to build and how.
    fronts : mapping of str to callable
        The pages that no notebook makes, by name.
    store : Path
        Folder of the tidy table, for its fingerprint.
    observer : Observer, optional
        Told about progress.

    Raises
    ------
    InputError
        If an input is wrong; nothing has run.
    BuildFailedError
        If a notebook failed. Pages that succeeded are kept for the next build.
    CheckFailedError
        If the finished site must not be published.
    BuildError
        If rendering or writing failed, or if another build is running.
    """
    started = time.perf_counter()
    observer = observer or Observer()
    steps, inputs, manifest = plan_build(project, cities, options, store)
    observer.planned(steps)
    renderer = _renderer(options)
    state = _state(steps, inputs, renderer, cities)
    if all(step.action == "reuse" for step in steps) and _is_current(project, manifest, state):
        seconds = time.perf_counter() - started
        return BuildReport(project.site, tuple(steps), seconds=seconds, changed=False)
    if all(step.action == "reuse" for step in steps):
        _check_messages(steps, project)  # the frame of the pages changed, and it has words too
    with only_build(project.build):
        outcomes, manifest = run_steps(project, steps, options, manifest, observer)
        with staging(project.site) as folder:
            site = _site_context(project, cities, steps, inputs, fronts, keep=options.keep)
            _assemble_and_check(folder, project, cities, steps, site, renderer, fronts, observer)
            if options.keep:
                keep_edition(folder, site.edition, site.date)
            files = hash_site(folder)
            publish(folder, project.site)
        current = fingerprint({"state": state, "files": files})
        sites = {**manifest.sites, _site_key(project): current}
        write_manifest(project.build, replace(manifest, sites=sites))
    seconds = time.perf_counter() - started
    return BuildReport(project.site, tuple(steps), outcomes, seconds)


def _renderer(options: BuildOptions) -> Renderer:
    if options.renderer == "auto":
        return "quarto" if find_quarto() else "nbconvert"
    return options.renderer


def _site_key(project: Project) -> str:
    return Path(os.path.relpath(project.site, project.root)).as_posix()


def _state(
    steps: Sequence[Step], inputs: Inputs, renderer: str, cities: Mapping[str, CityInfo]
) -> str:
    """Return the fingerprint of everything that the site as a whole is made from."""
    return fingerprint(
        {
            "frame": inputs.of_site,
            "renderer": renderer,
            "cities": "|".join(f"{slug}={city.name}" for slug, city in cities.items()),
            **{step.job.id: fingerprint(step.inputs) for step in steps},
        }
    )


def _is_current(project: Project, manifest: Manifest, state: str) -> bool:
    recorded = manifest.sites.get(_site_key(project))
    if recorded is None or not project.site.is_dir():
        return False
    return recorded == fingerprint({"state": state, "files": hash_site(project.site)})


def _assemble_and_check(
    folder: Path,
    project: Project,
    cities: Mapping[str, CityInfo],
    steps: Sequence[Step],
    site: SiteContext,
    renderer: Renderer,
    fronts: Mapping[str, FrontPage],
    observer: Observer,
) -> None:
    # Only a build that has something to write needs it: it imports nbformat and more.
    from c2c_lib.reporting.assemble import assemble, site_pages  # noqa: PLC0415

    observer.stage(f"rendering with {renderer}")
    jobs = [step.job for step in steps]
    from c2c_lib.reporting.front.editions import editions_body  # noqa: PLC0415

    kept = () if site.kept else kept_editions(project.editions)
    if kept:
        fronts = {**fronts, EDITIONS: lambda listed, code, _: editions_body(kept, listed, code)}
    pages = site_pages(project, jobs, cities, fronts)
    names = {slug: city.name for slug, city in cities.items()}
    left_out = {job.address for job in plan_jobs(project, cities)} - {job.address for job in jobs}
    assemble(folder, project, pages, site, renderer, left_out)
    _add_editions(folder, jobs, kept)
    observer.stage("checking the site")
    from c2c_lib.reporting.cards import site_rules  # noqa: PLC0415 - it reads tables

    problems = check_site(
        folder,
        names,
        headings={page.context.address: page.headings for page in pages},
        expected=[page.context.address for page in pages],
        root=project.root,
        kept=site.kept,
        rules=site_rules(),
    )
    problems += check_editions(kept)
    if problems:
        raise CheckFailedError(problems)


def _site_context(
    project: Project,
    cities: Mapping[str, CityInfo],
    steps: Sequence[Step],
    inputs: Inputs,
    fronts: Mapping[str, FrontPage],
    *,
    keep: bool,
) -> SiteContext:
    there = {step.job.city for step in steps}
    edition, date = edition_of(project.edition)
    made = {step.job.page for step in steps if not step.job.city}
    listed = () if keep or not kept_editions(project.editions) else (EDITIONS,)
    index = (SEARCH,) if fronts else ()
    return SiteContext(
        cities=tuple((slug, city.name) for slug, city in cities.items() if slug in there),
        version=__version__,
        data=inputs.data[:_DATA_DIGITS],
        built=build_date(),
        edition=edition,
        date=date,
        kept=keep,
        pages=frozenset({*made, *fronts, *listed, *index}),
    )


def _add_editions(folder: Path, jobs: Sequence[Job], kept: tuple[KeptEdition, ...]) -> None:
    """Copy the kept editions into the site, and write what moved since the last one."""
    copy_editions(kept, folder)
    pages = [job for job in jobs if job.page == "changes"]
    if kept and pages:
        # It reads tables, which most builds have no need of.
        from c2c_lib.reporting.changes import write_changes  # noqa: PLC0415

        for job in pages:
            write_changes(folder, (folder / job.address).parent, kept[0])
