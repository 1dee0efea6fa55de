"""Births to teens: printed rates held against their counts, every town there."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.dph_teen_births import read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

NAME = "teen_birth_data_2011-2015.csv"
HEADER = (
    '"Geographic Area","Births to 15-19 y/o mothers","15-19 y/o Female Population",'
    '"Birth Rate Per 1000 Population"\n'
)
STATE = '"Connecticut",8177,618204,13.2\n'


@pytest.fixture
def names() -> Names:
    return names_of("norwalk", "andover")


def test_rates_and_counts_as_printed(export: Write, names: Names) -> None:
    text = HEADER + STATE + '"Andover",1,610,1.6\n"Norwalk","187",11090,16.9\n'
    frame = read([export(NAME, text)], names)
    assert told(names) == []
    norwalk = figure(frame, "teen_birth_rate", "0900156060", "2011-2015")
    assert (norwalk["estimate"], norwalk["numerator"], norwalk["denominator"]) == (16.9, 187, 11090)
    state = figure(frame, "teen_birth_rate", "09", "2011-2015")
    assert (state["geo_level"], state["estimate"]) == ("state", 13.2)
    # One birth is printed; the privacy rules hide it, not the reader.
    assert figure(frame, "teen_birth_rate", "0901301080", "2011-2015")["numerator"] == 1


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    text = HEADER + '"Norwalk",187,11090,19.6\n"Andover",700,610,1.6\n"Atlantis",1,2,500\n'
    assert read([export(NAME, text), export("teens.csv", HEADER)], names).empty
    problems = told(names)
    for part in ("187 of 11090, 19.6", "700 of 610", "Atlantis", "which years"):
        assert any(part in problem for problem in problems), part


def test_a_file_that_is_cut_short_is_noted(export: Write, names: Names) -> None:
    frame = read([export(NAME, HEADER + STATE)], names)
    assert len(frame) == 1
    assert "2 rows are missing" in told(names)[0]


def test_a_cell_that_does_not_read_leaves_its_row_out(export: Write, names: Names) -> None:
    text = HEADER + STATE + '"Andover",1,610,1.6\n"Norwalk",187,eleven,16.9\n'
    frame = read([export(NAME, text)], names)
    assert "0900156060" not in set(frame["geo_id"])
    assert any("eleven" in problem for problem in told(names))
