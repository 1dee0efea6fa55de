"""City employment: one-year figures, margins at 90 %, the publisher's grades."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.urban_employment import MARGINAL, read
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

NAME = "metrics_employment_place_{}_longitudinal.csv"
HEADER = (
    "year,state,place,share_employed,share_employed_lb,share_employed_ub,share_employed_quality\n"
)


@pytest.fixture
def names() -> Names:
    return names_of("norwalk", "stamford", "bridgeport")


def test_grades_and_margins(export: Write, names: Names) -> None:
    text = HEADER + (
        "2023,01,03076,0.72,0.65,0.79,2\n"
        "2023,09,08000,0.75,0.7108,0.7892,1\n"
        "2023,09,55990,0.8636524196397033,0.8290871158730491,0.8982177234063575,2\n"
        "2023,09,73000,0.84,0.80,0.88,3\n"
        "2022,09,73000,0.98,0.95,1,1\n"
        "2021,9,8000,NA,NA,NA,NA\n"
    )
    frame = read([export(NAME.format("all"), text)], names)
    assert told(names) == []
    assert len(frame) == 5
    strong, marginal, weak, stopped, hidden = (
        figure(frame, "employment_25_54", geo_id, year)
        for geo_id, year in (
            ("0908000", "2023"),
            ("0955990", "2023"),
            ("0973000", "2023"),
            ("0973000", "2022"),
            ("0908000", "2021"),
        )
    )
    assert (strong["status"], strong["note"], strong["geo_level"]) == ("published", "", "city")
    assert strong["moe90"] == pytest.approx(0.0392 / 1.96 * 1.645, rel=1e-9)
    assert (marginal["status"], marginal["note"]) == ("published", MARGINAL)
    assert marginal["estimate"] == 0.8636524196397033
    assert (weak["status"], weak["estimate"]) == ("too_weak", 0.84)
    # The upper bound stopped at 1: the lower side is the honest one.
    assert stopped["moe90"] == pytest.approx(0.03 / 1.96 * 1.645, rel=1e-9)
    assert (hidden["status"], hidden["estimate"], hidden["moe90"], hidden["note"]) == (
        "suppressed_by_source",
        None,
        None,
        "",
    )


def test_pooled_files_are_left_out(export: Write, names: Names) -> None:
    text = HEADER + "2023,09,08000,0.75,0.7108,0.7892,1\n"
    files = [export(NAME.format(by), text) for by in ("gender", "race-ethnicity")]
    assert read(files, names).empty
    assert told(names) == []
    assert read([export(NAME.format("income"), text)], names).empty
    assert "what period" in told(names)[0]


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    text = HEADER + (
        "2023,09,99999,0.75,0.71,0.78,1\n"
        "2023,09,08000,0.75,0.76,0.78,1\n"
        "2023,09,55990,75,0.71,0.78,4\n"
        "23,09,73000,0.75,0.71,0.78,1\n"
    )
    read([export(NAME.format("all"), text)], names)
    file = NAME.format("all")
    assert [(p.where.removeprefix(file), p.value) for p in names.problems] == [
        (":2", "0999999"),
        (":5", "23"),
        (":4", "4"),
        (":4", "75"),
        (":3", "0.75"),
    ]
