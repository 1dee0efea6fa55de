from __future__ import annotations

from pathlib import Path

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import Problems
from c2c_lib.privacy import Rules
from c2c_lib.reporting.check_privacy import check_privacy

COLUMNS = (
    "indicator,geo_level,geo_id,period,dimension,group,estimate,numerator,denominator,moe90,"
    "status,source,note,place"
)
WHERE = "graduation_4yr,district,1030011,2018-19"
REST = "edsight_graduation_4yr,,norwalk"
ALL = f"{WHERE},all,all,0.7575,303,400,,published,{REST}"
BOYS = f"{WHERE},gender,male,0.75,300,400,,published,{REST}"
GIRLS = f"{WHERE},gender,female,,,,,suppressed_small,{REST}"
HIDDEN_BOYS = f"{WHERE},gender,male,,,,,suppressed_complementary,{REST}"


def problems_of(*files: Path) -> list[str]:
    problems = Problems()
    check_privacy(files, Rules(), load_catalog(), problems)
    return [str(problem) for problem in problems]


@pytest.fixture
def written(tmp_path: Path):
    def write(name: str, *lines: str) -> Path:
        file = tmp_path / f"{name}.csv"
        file.write_text("\n".join([COLUMNS, *lines]) + "\n", encoding="utf-8")
        return file

    return write


def test_what_subtraction_gives_away_is_told(written) -> None:
    # 303 - 300 = 3 girls, of 420 - 400 = 20.
    total = ALL.replace("0.7575,303,400", "0.721429,303,420")
    (problem,) = problems_of(written("norwalk", total, BOYS, GIRLS))
    assert "graduation_4yr" in problem
    assert "1 hidden figure(s) can be worked out" in problem
    assert "1030011 2018-19 gender female" in problem


def test_two_hidden_groups_give_nothing_away(written) -> None:
    assert problems_of(written("norwalk", ALL, HIDDEN_BOYS, GIRLS)) == []


def test_the_downloads_of_two_cities_are_read_together(written) -> None:
    total = ALL.replace("0.7575,303,400", "0.721429,303,420")
    one, other = written("norwalk", total, GIRLS), written("stamford", total, BOYS)
    assert problems_of(one) == []
    assert len(problems_of(one, other)) == 1


def test_a_figure_that_the_catalog_does_not_know_takes_no_part(written) -> None:
    lines = [line.replace("graduation_4yr,d", "our_own,d") for line in (ALL, BOYS, GIRLS)]
    assert problems_of(written("norwalk", *lines)) == []


def test_a_site_without_downloads_gives_nothing_away() -> None:
    assert problems_of() == []
