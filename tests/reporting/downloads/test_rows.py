import csv

import pytest

from c2c_lib.observations.observation import observations_of
from c2c_lib.reporting.downloads.rows import write_rows


@pytest.fixture
def shown(written):
    frame = written.words
    rows = frame[(frame["indicator"] == "graduation_4yr") & (frame["place"] == "bridgeport")]
    slugs = {("district", "0150011"): "bridgeport"}
    return observations_of(rows, slugs)


def test_a_block_has_exactly_its_rows(tmp_path, written, shown):
    files = write_rows(
        tmp_path / "rows", written.words, {"graduation_4yr": shown, "enrollment": ()}
    )
    assert [file.name for file in files] == ["graduation_4yr.csv"]
    with files[0].open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["place"], row["group"], row["status"]) for row in rows] == [
        ("bridgeport", "all", "published"),
        ("bridgeport", "black", "suppressed_by_source"),
    ]
    whole = (written.folder / "indicators.csv").read_text(encoding="utf-8")
    assert all(line in whole for line in files[0].read_text(encoding="utf-8").splitlines(True))


def test_a_row_that_is_on_the_page_only_is_an_error(tmp_path, written, shown):
    rest = written.words[written.words["group"] != "black"]
    with pytest.raises(ValueError, match="graduation_4yr/bridgeport/2018-19/race_ethnicity/black"):
        write_rows(tmp_path / "rows", rest, {"graduation_4yr": shown})
    assert not (tmp_path / "rows").exists()
