"""Make the map layers that ship with the project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from c2c_lib.cli.options import project_at
from c2c_lib.cli.terminal import stdout

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def geo(
    raw: Annotated[Path, typer.Option(help="Folder of raw boundaries and crosswalks.")],
    out: Annotated[Path | None, typer.Option(help="Folder to write [geo/].")] = None,
) -> None:
    """Make the map layers that ship with the project from the publishers' boundaries."""
    from c2c_lib.geography.build import build_layers

    for file in build_layers(raw, out or project_at().root / "geo"):
        stdout.print(f"Wrote {file}", highlight=False)
