"""Say what the translations of the site lack, and add what is new to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table

from c2c_lib.cli.terminal import stdout
from c2c_lib.errors import InputError, Problem

if TYPE_CHECKING:
    from c2c_lib.language.messages import CatalogueState

__all__ = ["commands"]

_KINDS: Final = ("missing", "fuzzy", "unlike", "obsolete")

commands = typer.Typer()


@commands.command()
def messages(
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="LANGUAGE", help="All that have a catalogue.")
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Add new messages to the catalogue, or begin one.")
    ] = False,
    drop_obsolete: Annotated[
        bool, typer.Option("--drop-obsolete", help="With --update, forget what is not said.")
    ] = False,
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="Fail too where no person has reviewed it as it is.")
    ] = False,
) -> None:
    """Say what the translations lack: messages missing, fuzzy, unlike their English, obsolete."""
    from c2c_lib.language.catalogue import SOURCE, languages
    from c2c_lib.language.messages import catalogue_state, domains, template_of, update_catalogue
    from c2c_lib.language.reviews import review_problems
    from c2c_lib.paths import project_root

    root, known = project_root(), languages()
    states = []
    for code in codes or [code for code in known if code != SOURCE]:
        if code not in known and not update:
            remedy = f"`c2c messages {code} --update` begins a catalogue for it."
            allowed = ", ".join(known)
            problem = Problem("messages", "there is no catalogue", code, "", allowed, remedy)
            raise InputError([problem])
        for domain in domains():
            if update:
                states.append(update_catalogue(code, domain, root, drop_obsolete=drop_obsolete))
            else:
                states.append(catalogue_state(code, domain, root, template_of(domain, root)))
    _print(states)
    problems = [problem for state in states for problem in state.problems]
    if reviewed and (waiting := review_problems(dict.fromkeys(state.code for state in states))):
        raise InputError(waiting)
    if problems:
        raise typer.Exit(InputError.exit_code)


def _print(states: Sequence[CatalogueState]) -> None:
    table = Table("what", "message", "said in", box=None)
    for state in states:
        for kind in _KINDS:
            for entry in getattr(state, kind):
                words = f"{entry.message} {entry.reason}".strip()
                table.add_row(f"{state.code}/{state.domain} {kind}", words, entry.where)
        counts = ", ".join(f"{len(getattr(state, kind))} {kind}" for kind in _KINDS)
        stdout.print(f"{state.code}/{state.domain}.po: {counts}.", highlight=False)
    if table.row_count:
        stdout.print(table)
