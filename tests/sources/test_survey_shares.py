"""Shares of survey counts: what is worked out, and what is not."""

import pandas as pd
import pytest

from c2c_lib.errors import Problems
from c2c_lib.sources.survey_shares import COUNTS, NOBODY, survey_shares


def shares(*rows: tuple[float | None, ...], note: str = "") -> tuple[pd.DataFrame, Problems]:
    frame = pd.DataFrame(list(rows), columns=list(COUNTS), dtype="float64").assign(note=note)
    problems = Problems()
    return survey_shares(frame, "x.csv", problems), problems


def test_share_and_margin() -> None:
    # The handbook's never-married women.
    frame, problems = shares((203119, 5070, 630498, 831), note="kept")
    assert len(problems) == 0
    row = frame.iloc[0]
    assert row["estimate"] == pytest.approx(0.322, abs=5e-4)
    assert row["moe90"] == pytest.approx(0.008, abs=5e-4)
    assert (row["numerator"], row["denominator"]) == (203119, 630498)
    assert (row["status"], row["note"]) == ("published", "kept")
    assert "numerator_moe" not in frame


def test_nobody_is_no_share() -> None:
    frame, problems = shares((0, 12, 0, 12), (0, 12, 40, 20), note="kept")
    assert len(problems) == 0
    assert frame["status"].tolist() == ["not_applicable", "published"]
    assert frame["note"].tolist() == [NOBODY, "kept"]
    values = frame[["estimate", "moe90", "numerator", "denominator"]]
    assert values.iloc[0].isna().all()
    assert values.iloc[1, [0, 2, 3]].tolist() == [0, 0, 40]


def test_counts_that_cannot_be_are_noted_and_left_out() -> None:
    frame, problems = shares((5, 1, 4, 1), (None, 1, 4, 1), (2, 1, 4, 1))
    assert frame["numerator"].tolist() == [2]
    assert [p.what for p in problems] == [
        "a count or its margin of error is not given",
        "the part is larger than the whole",
    ]
    assert "5, 1, 4, 1" in list(problems)[1].value
