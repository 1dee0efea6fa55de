"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from c2c_lib.reporting.project import Project

__all__ = ["Cities", "Force", "Output", "Raw", "Site", "project_at"]

Cities = Annotated[
    list[str] | None, typer.Argument(metavar="CITY", help="Cities; all if none is named.")
]
Output = Annotated[Path | None, typer.Option(help="Folder of the site [reports/_site].")]
Force = Annotated[bool, typer.Option("--force", help="Run everything, changed or not.")]
Raw = Annotated[Path, typer.Option(help="Folder of publishers' exports as they are.")]
Site = Annotated[Path | None, typer.Argument(help="A built site [reports/_site].")]


def project_at(output: Path | None = None) -> Project:
    """Return the project that holds the working directory, its site in `output` if named."""
    from c2c_lib.paths import project_root
    from c2c_lib.reporting.project import Project

    return Project.at(project_root(), output.resolve() if output else None)
