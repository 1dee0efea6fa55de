"""Charts through the one call: series beside each other, points in the order of time."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import (
    individuals_chart,
    measure,
    proportion_chart,
    proportion_prime_chart,
    run_chart_of,
)

SHIFTED = [52, 49, 51, 50, 53, 48, 50, 51, 49, 52, 58, 57, 59, 60, 58, 57, 61, 59, 58, 60]
STEADY = [50, 52, 49, 51, 48, 53, 50, 49, 52, 51, 50, 48, 51, 52, 49, 50, 53, 48, 51, 50]
COUNTS = [22, 25, 27, 21, 24, 19, 26, 28, 30, 41, 20, 23, 25, 22, 21, 27, 24, 26, 22, 25]
NOBS = [120, 118, 131, 125, 119, 122, 127, 130, 121, 117, 126, 124, 119, 120, 121, 125, 118, 122,
        121, 119]  # fmt: skip
MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 11)]


def months() -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {"group": group, "period": MONTHS, "estimate": values, "numerator": COUNTS,
             "denominator": NOBS}
        )
        for group, values in (("shifted", SHIFTED), ("steady", STEADY))
    ]  # fmt: skip
    return pd.concat(parts).sample(frac=1, random_state=3).reset_index(drop=True)


def test_run_charts_of_several_series() -> None:
    found = measure(months(), "run_chart", unit="count").set_index("group")
    assert found["verdict"].to_dict() == {"shifted": "shifted", "steady": "stable"}
    for group, values in (("shifted", SHIFTED), ("steady", STEADY)):
        assert found.loc[group, "estimate"] == run_chart_of(values).centre
    assert set(found["since"]) == {"2024-01"}
    assert set(found["period"]) == {"2025-10"}
    assert found["periods"].tolist() == [20, 20]
    first = measure(months(), "run_chart", unit="count", first_points=10).set_index("group")
    assert first.loc["shifted", "estimate"] == run_chart_of(SHIFTED, baseline=10).centre


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("individuals_chart", individuals_chart(SHIFTED)),
        ("proportion_chart", proportion_chart(COUNTS, NOBS)),
        ("proportion_prime_chart", proportion_prime_chart(COUNTS, NOBS)),
    ],
)
def test_points_of_control_charts(name: str, expected: object) -> None:
    found = measure(months(), name, unit="count")
    rows = found[found["group"] == "shifted"].set_index("period").loc[MONTHS]
    width = np.shape(expected.outside)  # type: ignore[attr-defined]
    for column in ("lower", "upper"):
        limits = np.broadcast_to(getattr(expected, column), width)
        np.testing.assert_allclose(rows[column], limits)
    outside = expected.outside.tolist()  # type: ignore[attr-defined]
    assert (rows["verdict"] == "outside").tolist() == outside


def test_a_series_that_begins_later_and_months_without_a_figure() -> None:
    frame = months()
    late = frame[(frame["group"] == "shifted") | (frame["period"] >= "2024-06")].copy()
    late.loc[(late["group"] == "steady") & (late["period"] == "2025-02"), "estimate"] = np.nan
    found = measure(late, ["individuals_chart", "run_chart"], unit="count", first_points=5)
    mine = found[found["group"] == "steady"]
    series = [np.nan if m == "2025-02" else float(v) for m, v in zip(MONTHS, STEADY, strict=True)]
    expected = individuals_chart(series[5:], baseline=5)
    points = mine[mine["measure"] == "individuals_chart"].set_index("period")
    assert points.loc["2025-10", "upper"] == pytest.approx(np.broadcast_to(expected.upper, 15)[-1])
    assert points.loc["2025-02", ["status", "reason"]].tolist() == ["not_available", "not_shown"]
    chart = mine[mine["measure"] == "run_chart"]
    assert chart["since"].tolist() == ["2024-06"]
    assert chart["periods"].tolist() == [14]


def test_dates_sort_as_dates() -> None:
    frame = pd.DataFrame(
        {"period": pd.date_range("2024-01-01", periods=20, freq="W"), "estimate": SHIFTED}
    )
    found = measure(frame.sample(frac=1, random_state=1), "run_chart", unit="count")
    assert found["verdict"].tolist() == ["shifted"]
