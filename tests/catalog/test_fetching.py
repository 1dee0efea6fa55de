"""How sources are fetched stands in the catalog, and fits what their readers read."""

from c2c_lib.catalog import load_catalog
from c2c_lib.catalog.fetching import CensusFetch, SocrataFetch, load_boundaries
from c2c_lib.sources import accountability, accountability_schools
from c2c_lib.sources.acs_measures import VARIABLES


def blocks() -> dict[str, CensusFetch | SocrataFetch]:
    return {
        entry.id: entry.fetch
        for entry in load_catalog().sources.values()
        if entry.fetch is not None
    }


def test_publishers_with_an_interface_can_be_asked() -> None:
    hosts = {name: block.host for name, block in blocks().items()}
    assert set(hosts.values()) == {
        "https://api.census.gov",
        "https://data.ct.gov",
        "https://data.cdc.gov",
    }
    assert all(
        entry.url.startswith("https://www2.census.gov") for entry in load_boundaries().values()
    )


def test_the_states_results_are_fetched_with_every_column_that_is_read() -> None:
    block = blocks()["csde_accountability"]
    assert isinstance(block, SocrataFetch)
    needed = {
        *accountability._COLUMNS,
        *accountability_schools._KEYS,
        *accountability.FIGURES,
    }
    assert needed <= set(block.required)


def test_the_tables_by_tract_are_fetched_with_every_line_that_is_read() -> None:
    block = blocks()["acs_tracts"]
    assert isinstance(block, CensusFetch)
    lines = {table.id: table.lines for table in block.tables}
    assert set(lines) == {code.partition("_")[0] for code in VARIABLES}
    assert all(int(code.partition("_")[2]) <= lines[code.partition("_")[0]] for code in VARIABLES)
