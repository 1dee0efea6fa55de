"""How sure each row of a table is: hand arithmetic, and the same as on the card."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from c2c_lib.catalog import load_catalog
from c2c_lib.equity.measured import Measured
from c2c_lib.findings.make import make_finding
from c2c_lib.findings.precision import PRECISION, intervals, precision
from support.synthetic import catalog, city, figures, finding, row, table

Z = 1.959963984540054


def test_a_share_by_counts_has_the_interval_of_wilson():
    # Wilson 1927 by hand for 10 of 40: centre (p + z^2/2n) / (1 + z^2/n).
    p, n = 0.25, 40
    centre = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z * np.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    low, high = intervals(Measured.of([p], numerator=[10], denominator=[n]), "share")
    assert (low[0], high[0]) == pytest.approx((centre - half, centre + half))


def test_a_survey_figure_has_that_of_its_margin_inside_zero_and_one():
    # 90 % margin to 95 % half width: times 1.96 / 1.645.
    figure = Measured.of([0.5, 0.01, 0.99], moe90=[0.05, 0.05, 0.05])
    low, high = intervals(figure, "share")
    half = 0.05 * Z / stats.norm.ppf(0.95)
    assert low == pytest.approx([0.5 - half, 0.0, 0.99 - half], abs=2e-4)
    assert high == pytest.approx([0.5 + half, 0.01 + half, 1.0], abs=2e-4)


def test_without_counts_or_a_margin_nothing_is_made_up():
    low, high = intervals(Measured.of([0.5]), "share")
    assert np.isnan(low).all()
    assert np.isnan(high).all()


ROWS = (
    row("2018-19", (200, 1000)),
    row("2023-24", (312, 1004)),
    row("2023-24", 0.285, group="gender/male"),
    row("2023-24", "suppressed_by_source", group="race_ethnicity/asian"),
    row("2023-24", "suppressed_by_source", group="race_ethnicity/pacific_islander"),
    row("2015-2019", (755, 1000), indicator="at_work", moe90=0.0145),
    row("2010-2014", (57, 10_000), indicator="babies_lost"),
)


def test_every_row_says_the_same_as_the_card():
    frame = table(ROWS)
    sure = precision(frame, catalog())
    assert list(sure.columns) == list(PRECISION)
    assert sure.index.equals(frame.index)
    of_reading = (frame["indicator"] == "reading_well") & (frame["group"] == "all")
    newest = frame.index[of_reading & (frame["period"] == "2023-24")][0]
    found = finding(*ROWS[:5])
    assert sure.loc[newest, "quality"] == found.quality.word
    assert found.interval is not None
    assert sure.loc[newest, ["lower95", "upper95"]].tolist() == pytest.approx(
        [found.interval.low, found.interval.high]
    )


def test_what_a_model_counts_says_nothing_about_how_sure_a_rate_is():
    """The state works out unemployment by a model: 5,038 of 74,000 is not a count of people."""
    rows = (
        row("2023-24", (5038, 74_000), indicator="reading_well"),
        row("2018-19", (3900, 73_000), indicator="reading_well"),
    )
    real = catalog()
    indicators = {
        name: i.model_copy(update={"modelled": True}) if name == "reading_well" else i
        for name, i in real.indicators.items()
    }
    frame = table(rows)
    sure = precision(frame, replace(real, indicators=indicators))
    assert sure[["lower95", "upper95"]].isna().all(axis=None)
    assert set(sure["quality"]) == {"use_with_care"}

    found = make_finding(indicators["reading_well"], city(), figures(rows))
    assert found.interval is None
    assert (found.quality.word, found.quality.reason) == ("use_with_care", "modelled")
    assert found.change is not None
    assert found.change.interval is None


def test_a_survey_without_its_margin_has_no_range():
    """Neighborhood estimates of a survey print a base and no margin: a base of people asked for."""
    rows = (row("2015-2019", (755, 1000), indicator="at_work"),)
    sure = precision(table(rows), catalog())
    assert sure[["lower95", "upper95"]].isna().all(axis=None)


def test_the_labor_force_is_the_only_model():
    modelled = {name for name, i in load_catalog().indicators.items() if i.modelled}
    assert modelled == {"unemployment_rate"}


def test_a_row_that_is_not_shown_has_no_values():
    frame = table(ROWS)
    hidden = precision(frame, catalog())[(frame["status"] != "published").to_numpy()]
    assert len(hidden) == 2
    assert set(hidden["quality"]) == {"not_shown"}
    assert hidden[["lower95", "upper95"]].isna().all(axis=None)


def test_an_empty_table_has_the_columns():
    assert list(precision(table(ROWS).iloc[:0], catalog()).columns) == list(PRECISION)
