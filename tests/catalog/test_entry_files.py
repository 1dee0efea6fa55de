"""An entry that is wrong is named by its file, its id and its key."""

from pathlib import Path

import pytest

from support.spoiled_catalog import spoil, told


def test_a_value_that_does_not_fit_is_named_by_file_entry_and_key(folder: Path):
    spoil(folder / "indicators.yml", "polarity: higher_is_better", "polarity: up")
    (problem,) = told(folder)
    assert problem.startswith("indicators.yml: kindergarten_language_level3: ")
    assert "(in polarity): got 'up'" in problem


def test_an_entry_without_an_id_is_named_by_its_number(folder: Path):
    spoil(folder / "outcomes.yml", "id: infant_health", "idd: infant_health")
    assert {p.split(": ")[1] for p in told(folder)} == {"entry 1"}


def test_an_id_that_stands_twice_is_told(folder: Path):
    spoil(folder / "sources.yml", "id: edsight_college", "id: edsight_suspension")
    assert any("id stands twice" in p and "edsight_suspension" in p for p in told(folder))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("groups.yml", "dimensions: [", "groups.yml: does not read as YAML"),
        ("groups.yml", "", "groups.yml: has no list under the key (in dimensions)"),
        ("groups.yml", "dimensions: 3", "groups.yml: has no list under the key (in dimensions)"),
        ("peer_groups.yml", "peer_groups: [a]", "peer_groups.yml: has no dict under the key"),
        ("indicators.yml", "indicator: []", "did you mean 'indicators'?"),
        ("places.csv", "", "places.csv: does not read as CSV"),
        ("tracts.csv", "geo_level,geo_id\n", "tracts.csv:1: header differs"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_told(
    folder: Path, name: str, content: str, said: str
):
    (folder / name).write_text(content, encoding="utf-8")
    assert said in "\n".join(told(folder))


def test_a_file_that_is_not_there_is_told_without_the_path_to_it(folder: Path):
    (folder / "sources.yml").unlink()
    (folder / "groups.yml").write_bytes(b"\xff\xfe")
    problems = told(folder)
    assert [problem.split(":")[0] for problem in problems] == ["groups.yml", "sources.yml"]
    assert "No such file" in problems[1]
