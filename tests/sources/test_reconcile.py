"""Where two reports give the same figure: agreement, difference, who wins and why."""

import csv
import dataclasses
import json
import math
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.cli import app
from c2c_lib.errors import InputError, Problems
from c2c_lib.sources.ingest import read_raw
from c2c_lib.sources.reconcile import (
    VERDICTS,
    pair_counts,
    reconcile,
    why_it_wins,
    write_reconciliation,
)

EDSIGHT, CTDATA = "edsight_chronic_absence", "ctdata_chronic_absence"
HIDDEN = "suppressed_by_source"


def row(source: str, estimate: float | None, **changes: object) -> dict[str, object]:
    return {
        "indicator": "chronic_absence",
        "geo_level": "district",
        "geo_id": "1030011",
        "period": "2018-19",
        "dimension": "all",
        "group": "all",
        "source": source,
        "status": HIDDEN if estimate is None else "published",
        "estimate": math.nan if estimate is None else estimate,
        "numerator": math.nan,
        "denominator": math.nan,
        **changes,
    }


def compared(*rows: dict[str, object]) -> pd.DataFrame:
    return reconcile(pd.DataFrame(list(rows)), load_catalog())


@pytest.mark.parametrize(
    ("winning", "other", "verdict", "difference"),
    [
        (0.081, 0.081, "same", 0.0),
        (0.726, 0.728, "different", 0.002),
        (0.081, 0.0814, "rounded", 0.0004),
        (0.0806, 0.081, "rounded", 0.0004),
        (0.081, 0.0816, "different", 0.0006),
        (0.081, None, "one_has_none", None),
        (None, 0.081, "one_has_none", None),
        (None, None, "both_have_none", None),
    ],
)
def test_what_a_comparison_comes_to(
    winning: float | None, other: float | None, verdict: str, difference: float | None
) -> None:
    pairs = compared(row(CTDATA, other), row(EDSIGHT, winning))
    (pair,) = pairs.to_dict("records")
    assert (pair["wins"], pair["other"], pair["verdict"]) == (EDSIGHT, CTDATA, verdict)
    assert pair["why"] == why_it_wins(EDSIGHT, CTDATA, load_catalog())
    if difference is None:
        assert math.isnan(pair["difference"])
        # What one report hides is not passed on from the other.
        assert math.isnan(pair["winning_estimate"])
        assert math.isnan(pair["other_estimate"])
    else:
        assert pair["difference"] == difference


def test_the_digits_of_a_report_are_those_of_all_its_figures() -> None:
    # 0.08 stands for 8.0 percent in a report that prints tenths; 7.95 does not agree with it.
    tenths = [row(EDSIGHT, 0.08), row(EDSIGHT, 0.081, period="2017-18")]
    (pair,) = compared(*tenths, row(CTDATA, 0.0789)).to_dict("records")
    assert pair["verdict"] == "different"
    (pair,) = compared(tenths[0], row(CTDATA, 0.0789)).to_dict("records")
    assert pair["verdict"] == "rounded"


def test_counts_that_differ_are_told_where_the_estimates_agree() -> None:
    (pair,) = compared(
        row(EDSIGHT, 0.5, numerator=20.0, denominator=40.0), row(CTDATA, 0.5, numerator=21.0)
    ).to_dict("records")
    assert pair["verdict"] == "counts_differ"


def test_figures_of_one_report_only_are_not_pairs() -> None:
    assert compared(row(EDSIGHT, 0.5), row(CTDATA, 0.5, group="asian")).empty
    assert pair_counts(compared(row(EDSIGHT, 0.5))).empty


def test_three_reports_are_each_held_against_the_first() -> None:
    third = "csde_accountability_transcribed"
    pairs = compared(row(CTDATA, 0.5), row(third, 0.51), row(EDSIGHT, 0.5))
    assert set(zip(pairs["wins"], pairs["other"], pairs["verdict"], strict=True)) == {
        (EDSIGHT, CTDATA, "same"),
        (EDSIGHT, third, "different"),
    }


def test_a_report_that_the_indicator_does_not_list_is_refused() -> None:
    with pytest.raises(InputError, match="not in its list of sources"):
        compared(row(EDSIGHT, 0.5), row("acs_youth", 0.5))


def test_counts_per_pair_add_up() -> None:
    pairs = compared(
        *(row(EDSIGHT, 0.5, period=p) for p in ("2016-17", "2017-18", "2018-19")),
        row(CTDATA, 0.5, period="2016-17"),
        row(CTDATA, 0.4, period="2017-18"),
        row(CTDATA, None, period="2018-19"),
    )
    (counts,) = pair_counts(pairs).to_dict("records")
    assert (counts["compared"], counts["same"], counts["different"]) == (3, 1, 1)
    assert counts["one_has_none"] == 1
    assert sum(counts[verdict] for verdict in VERDICTS) == counts["compared"]
    assert counts["largest"] == 0.1


def test_the_comparison_is_written_as_data(tmp_path: Path) -> None:
    pairs = compared(row(EDSIGHT, 0.5), row(CTDATA, None))
    write_reconciliation(pairs, tmp_path / "pairs.csv")
    with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert (line["geo_id"], line["verdict"], line["difference"]) == ("1030011", "one_has_none", "")
    write_reconciliation(pairs, tmp_path / "pairs.json")
    document = json.loads((tmp_path / "pairs.json").read_text(encoding="utf-8"))
    assert document["pairs"][0]["compared"] == 1
    assert document["figures"][0]["difference"] is None
    with pytest.raises(InputError, match=r"\.csv or \.json"):
        write_reconciliation(pairs, tmp_path / "pairs.xlsx")


def only(*sources: str) -> Catalog:
    whole = load_catalog()
    return dataclasses.replace(whole, sources={name: whole.source(name) for name in sources})


@pytest.fixture(scope="module")
def real(shared: Path) -> pd.DataFrame:
    """Every pair of six real reports."""
    catalog = only(
        *(EDSIGHT, CTDATA, "edsight_college", "edsight_graduation_4yr"),
        *("csde_accountability_transcribed", "csde_accountability"),
    )
    problems = Problems()
    frame = read_raw(shared / "sources", catalog, problems)
    assert list(problems) == []
    return reconcile(frame, catalog)


@pytest.mark.thorough
def test_ctdata_agrees_with_edsight_on_every_chronic_absence_figure(real: pd.DataFrame) -> None:
    pairs = real[(real["wins"] == EDSIGHT) & (real["other"] == CTDATA)]
    assert len(pairs) > 28_000
    assert set(pairs["verdict"]) == {"same", "both_have_none"}


@pytest.mark.thorough
def test_accountability_and_edsight_differ_on_college_entrance_of_2014(real: pd.DataFrame) -> None:
    pairs = real[
        (real["indicator"] == "postsecondary_entrance_1yr") & (real["geo_level"] == "state")
    ]
    (pair,) = pairs[pairs["period"] == "2013-14"].to_dict("records")
    assert (pair["wins"], pair["other"]) == ("edsight_college", "csde_accountability_transcribed")
    assert (pair["winning_estimate"], pair["other_estimate"]) == (0.726, 0.728)
    assert (pair["difference"], pair["verdict"]) == (0.002, "different")


def test_the_command_shows_pairs_and_differences(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = only("edsight_college", "csde_accountability_transcribed")
    monkeypatch.setattr("c2c_lib.catalog.load_catalog", lambda: narrow)
    file = tmp_path / "pairs.json"
    words = ["reconcile", "--raw", str(shared / "sources"), "--output", str(file)]
    result = CliRunner(env={"COLUMNS": "300", "TERM": "dumb"}).invoke(app, words)
    assert result.exit_code == 0, result.output
    assert "postsecondary_entrance_1yr/state/09/2013-14/all/all" in result.output
    assert "+0.002" in result.output
    assert "72.6 percent and the accountability results 72.8" in " ".join(result.output.split())
    assert json.loads(file.read_text(encoding="utf-8"))["figures"]


def test_a_folder_that_is_not_there_is_exit_code_2() -> None:
    result = CliRunner().invoke(app, ["reconcile", "--raw", "nowhere"])
    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_a_reason_names_reports_of_one_indicator_in_its_order() -> None:
    catalog = load_catalog()
    orders = [list(indicator.sources) for indicator in catalog.indicators.values()]
    for source in catalog.sources.values():
        for entry in source.behind:
            together = [o for o in orders if {source.id, entry.source} <= set(o)]
            assert together, f"{source.id} and {entry.source} give no indicator both"
            assert all(o.index(entry.source) < o.index(source.id) for o in together)
            assert why_it_wins(entry.source, source.id, catalog) == entry.why.en


def test_two_reports_without_a_reason_are_ranked_all_the_same() -> None:
    why = why_it_wins("acs_youth", "edsight_sat", load_catalog())
    assert why == "acs_youth stands before edsight_sat in the sources of the indicator"
