"""Look things up: indicators, cities, and one indicator's figures for one city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from c2c_lib.cli.terminal import stdout

if TYPE_CHECKING:
    import pandas as pd

    from c2c_lib.catalog import Catalog, Indicator

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def indicators() -> None:
    """List what is measured."""
    from c2c_lib.catalog import load_catalog

    table = Table("id", "name", "role", "unit", "level", "outcomes", box=None)
    for entry in load_catalog().indicators.values():
        outcomes = ", ".join(entry.outcomes)
        table.add_row(entry.id, entry.name.en, entry.role, entry.unit, entry.level, outcomes)
    stdout.print(table)


@commands.command()
def cities() -> None:
    """List the cities that have a file in params/."""
    from c2c_lib.params import load_cities

    table = Table("slug", "name", "partnership", "languages", box=None)
    for slug, city in load_cities().items():
        table.add_row(slug, city.name, city.partnership.name, ", ".join(city.languages))
    stdout.print(table)


@commands.command()
def show(
    indicator: Annotated[str, typer.Argument(help="Id of an indicator; see `c2c indicators`.")],
    city: Annotated[str, typer.Option(help="Slug of a city; see `c2c cities`.")],
    last: Annotated[int, typer.Option(min=1, help="How many periods, the latest last.")] = 6,
) -> None:
    """Show one indicator's figures for one city, by period and student group."""
    from c2c_lib.catalog import load_catalog
    from c2c_lib.observations import load_observations
    from c2c_lib.params import load_city
    from c2c_lib.privacy import Rules, publishable

    catalog = load_catalog()
    entry = catalog.indicator(indicator)
    parameters = load_city(city)
    place = catalog.place(parameters.slug, entry.level)
    minimums = parameters.privacy
    rules = Rules(minimums.minimum_numerator, minimums.minimum_denominator)
    frame = load_observations()
    # No figure of another place or indicator says what is hidden here.
    ours = frame[
        (frame["indicator"] == entry.id)
        & (frame["geo_level"] == place.geo_level)
        & (frame["geo_id"] == place.geo_id)
    ]
    rows = publishable(ours, rules, catalog).frame
    if rows.empty:
        stdout.print(f"The store has no figure on {entry.name.en} for {place.name}.")
        return
    stdout.print(f"{entry.name.en}, {place.name} ({entry.unit})", highlight=False)
    stdout.print(_figures_table(rows, entry, catalog, last))


def _figures_table(rows: pd.DataFrame, entry: Indicator, catalog: Catalog, last: int) -> Table:
    ordered = rows.sort_values(["period_end", "period"])
    periods = list(dict.fromkeys(ordered["period"]))[-last:]
    table = Table("dimension", "group", *periods, box=None)
    for dimension in catalog.dimensions.values():
        for group in dimension.groups:
            own = rows[(rows["dimension"] == dimension.id) & (rows["group"] == group.id)]
            if own.empty:
                continue
            cells = {row.period: _cell(row, entry.unit) for row in own.itertuples()}
            words = (cells.get(period, "") for period in periods)
            table.add_row(dimension.name.en, group.name.en, *words)
    return table


def _cell(row: Any, unit: str) -> str:
    """Return a figure, or the reason why there is none."""
    if row.estimate != row.estimate:  # NaN
        return str(row.status).replace("_", " ")
    value = f"{row.estimate * 100:.1f} %" if unit == "share" else f"{row.estimate:,.1f}"
    return f"{value} (weak)" if row.status == "too_weak" else value
