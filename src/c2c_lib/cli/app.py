"""The application: every module of commands, in the order of ``c2c --help``."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from c2c_lib.cli import (
    fetching,
    ingesting,
    layers,
    looking,
    measuring,
    printing,
    promising,
    provenance,
    publishing,
    reports,
    serving,
    setting_up,
    translating,
)
from c2c_lib.cli.terminal import ReadableErrors, stdout
from c2c_lib.reporting.quick_start import leave_out_address_grammar

__all__ = ["app", "main"]

_MODULES: Final = (
    reports,
    printing,
    publishing,
    ingesting,
    fetching,
    provenance,
    looking,
    measuring,
    promising,
    setting_up,
    translating,
    layers,
    serving,
)
"""A new module of commands is added here; its place is its place in the help."""

app = typer.Typer(
    name="c2c",
    help="Report cards of cradle-to-career partnerships, from published figures.",
    cls=ReadableErrors,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _module in _MODULES:
    app.add_typer(_module.commands)


def _print_version(wanted: bool) -> None:
    if wanted:
        from c2c_lib import __version__

        stdout.print(__version__, highlight=False)
        raise typer.Exit


@app.callback()
def _options(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the whole traceback of an error.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    leave_out_address_grammar()
    app()
