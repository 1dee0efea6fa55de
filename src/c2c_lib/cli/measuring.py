"""``c2c measures``: what the library can work out, and what each measure answers."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table

from c2c_lib.cli.terminal import stdout

if TYPE_CHECKING:
    from c2c_lib.equity.family import Measure
    from c2c_lib.language import Language

__all__ = ["commands"]

commands = typer.Typer()

_NARROW: Final = 88


@commands.command()
def measures(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="One measure; all are listed without.")
    ] = None,
    family: Annotated[str | None, typer.Option(help="Only the measures of one family.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
    language: Annotated[str, typer.Option(help="Of titles and questions: en or es.")] = "en",
) -> None:
    """List the equity measures: what each one answers, its formula, its source, what it needs."""
    from c2c_lib.equity import find_measure, measures_table
    from c2c_lib.errors import InputError, Problem
    from c2c_lib.language import language as read_language

    if language not in {"en", "es"}:
        problem = Problem("--language", "is not known", value=language, allowed="en, es")
        raise InputError([problem])
    table = measures_table(family, language=language)
    if name is not None:
        table = table[table["name"] == find_measure(name).name]
        if table.empty:
            problem = Problem("measure", f"is not of the family {family}", value=name)
            raise InputError([problem])
    if as_json:
        records = table.to_dict("records")
        typer.echo(
            json.dumps(records if name is None else records[0], ensure_ascii=False, indent=2)
        )
        return
    if name is not None:
        typer.echo(_described(find_measure(name), read_language(language, domain="measures")))
        return
    shown = Table("family", "measure", "what it answers", box=None)
    for row in table.itertuples(index=False):
        shown.add_row(str(row.family), str(row.name), str(row.question))
    stdout.print(shown)
    stdout.print("`c2c measures NAME` gives formula, source and needs.", highlight=False)


def _described(one: Measure, say: Language) -> str:
    """Return everything about one measure as lines of text."""
    from c2c_lib.equity.measures import example_of, find_family

    family = find_family(one.family)
    lines = {
        "answers": str(say.text(one.question).unescape()),
        "formula": one.formula,
        "source": one.citation,
        "unit": one.unit,
        "reads": ", ".join(one.columns),
        "needs": ", ".join(one.needs) or "nothing else",
        "one row": family.rows,
        "times c": f"figures times c: {one.scaled}; figures plus c: {one.shifted}",
        "call": f'equity.measure(observations, "{one.name}")',
        "on arrays": f"equity.{one.function}",
        "example": example_of(one),
    }
    lines |= {f"{word}=": text for word, text in family.options.items()}
    width = max(map(len, lines)) + 2
    wrapped = [
        textwrap.fill(
            f"{label:<{width}}{text}",
            _NARROW,
            initial_indent="  ",
            subsequent_indent=" " * (width + 2),
        )
        for label, text in lines.items()
    ]
    return "\n".join([f"{one.name}: {say.text(one.title).unescape()}", *wrapped])
