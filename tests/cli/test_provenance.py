"""`c2c sources` and `c2c holdings`: what stands behind the figures, and what is left out."""

from pathlib import Path

import pytest
from rich.console import Console

from c2c_lib.catalog import load_catalog
from c2c_lib.observations import load_observations
from c2c_lib.observations.summary import held, spans
from support.command import c2c


@pytest.fixture(autouse=True)
def _wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal wide enough for every table, so that no cell is wrapped."""
    monkeypatch.setattr("c2c_lib.cli.provenance.stdout", Console(width=3000, soft_wrap=True))


def test_every_source_is_listed_with_terms_years_and_figures():
    result = c2c("sources")
    assert result.exit_code == 0
    counts = load_observations()["source"].value_counts()
    for source in load_catalog().sources.values():
        line = next(row for row in result.output.splitlines() if row.split()[:1] == [source.id])
        assert source.retrieved in line
        assert source.licence in line
        if source.redistributable:
            assert f"{counts.get(source.id, 0):,}" in line
        else:
            assert source.url in line


def test_a_gap_in_the_years_is_seen():
    output = c2c("sources").output
    there = held(load_observations(), "source")
    broken = {name: spans(own.periods) for name, own in there.items()}
    broken = {name: runs for name, runs in broken.items() if len(runs) > 1}
    assert broken
    for name, runs in broken.items():
        line = next(row for row in output.splitlines() if row.split()[:1] == [name])
        assert f"{runs[0][1]}, {runs[1][0]}" in line, name


def test_what_is_left_out_is_listed_with_its_reason():
    result = c2c("sources", "--left-out")
    assert result.exit_code == 0
    words = " ".join(result.output.split())
    for entry in load_catalog().left_out.values():
        assert entry.id in words
        assert entry.reason.en.split(".")[0][:40] in words, entry.id


def test_holdings_without_a_folder_are_wrong_input(tmp_path: Path):
    result = c2c("holdings", "--raw", str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert "the raw folder does not exist" in result.output


def test_holdings_of_an_empty_folder_name_every_missing_report(tmp_path: Path):
    result = c2c("holdings", "--raw", str(tmp_path))
    assert result.exit_code == 2
    assert "no file of this report lies in the raw folder" in result.output


@pytest.mark.parametrize("option", ["--left-out", ""])
def test_no_line_is_a_traceback(option: str):
    assert "Traceback" not in c2c(*filter(None, ["sources", option])).output
