"""Prepare something once: a city's file, the Jupyter kernel."""

from __future__ import annotations

from typing import Annotated

import typer

from c2c_lib.cli.options import project_at
from c2c_lib.cli.terminal import stdout
from c2c_lib.errors import InputError, Problem

__all__ = ["commands"]

commands = typer.Typer()


@commands.command("new-city")
def new_city(slug: Annotated[str, typer.Argument(help="For example hartford.")]) -> None:
    """Write a first params file for a city; adding a city is adding this file."""
    from c2c_lib.params import new_city_file

    text = new_city_file(slug)
    file = project_at().city_file(slug)
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise InputError(
            [
                Problem(
                    where=f"params/{file.name}",
                    what="exists already and is not overwritten",
                    remedy="Edit it, or move it away first.",
                )
            ]
        ) from None
    stdout.print(f"Wrote params/{file.name}. Edit it, then run: c2c build {slug}", highlight=False)


@commands.command()
def kernel() -> None:
    """Register this environment as the Jupyter kernel `c2c`."""
    import sys

    from ipykernel.kernelspec import install

    where = install(prefix=sys.prefix, kernel_name="c2c", display_name="Python (c2c)")
    stdout.print(f"Registered the kernel c2c in {where}.", highlight=False)
