"""A trend on a page: words that compare only what may be compared, and a complete table."""

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures.trend_part import trend_alt, trend_caption, trend_figure, trend_table
from support.synthetic import EN, catalog, finding, row, words

SERIES = [row("2018-19", (200, 1000)), row("2019-20", (250, 1000)), row("2020-21", (312, 1004))]
STATE = [
    row("2017-18", (45_000, 100_000), place="connecticut"),
    row("2020-21", (47_000, 100_000), place="connecticut"),
]
ANEW = [
    row("2018-19", (300, 1000), indicator="reading_anew"),
    row("2019-20", (900, 1000), indicator="reading_anew"),
    row("2020-21", (500, 1000), indicator="reading_anew"),
]


def test_the_words_of_a_chart_are_those_of_the_sentence():
    assert trend_alt(finding(*SERIES, *STATE), EN) == (
        "Line chart of Reading well, Norwalk public schools, 2018-19 to 2020-21: 31% in 2020-21, "
        "20% at the baseline, 2018-19. Connecticut: 47% in 2020-21."
    )


def test_across_a_break_the_words_compare_nothing():
    assert trend_alt(finding(*ANEW), EN) == (
        "Line chart of Reading anew, Norwalk public schools, 2018-19 to 2020-21: 50% in 2020-21."
    )


def test_a_weak_newest_figure_is_not_in_the_words():
    found = finding(row("2018-19", (9, 25)), row("2019-20", (11, 25)))
    assert trend_alt(found, EN).endswith(": the newest figure is too weak to act on.")


def test_rates_have_their_unit_in_the_words():
    found = finding(
        row("2005-2009", (109, 10_000), indicator="babies_lost"),
        row("2010-2014", (57, 10_000), indicator="babies_lost"),
    )
    assert "5.7 in 1,000 in 2010-2014, 10.9 in 1,000 at the baseline" in trend_alt(found, EN)


BAND_COUNT = "The band shows how far chance alone could move a figure"
BAND_SURVEY = "The band shows where the figure would likely be if all had been asked"


@pytest.mark.parametrize(
    ("rows", "there", "absent"),
    [
        (
            SERIES,
            ["The ring marks the baseline, 2018-19.", BAND_COUNT],
            [BAND_SURVEY, "dotted line", "open dot", "dashed"],
        ),
        (
            ANEW,
            [
                "That year was cut short.",
                "A new test began in 2021.",
                "A dotted line marks a new series.",
                "An open dot is compared with no other year.",
            ],
            ["ring", "All meals"],
        ),
        (
            [*ANEW[:1], row("2017-18", (290, 1000), indicator="reading_anew")],
            ["The ring"],
            ["dotted line", "open dot", "cut short", "new test"],
        ),
        ([row("2018-19", 0.2), row("2019-20", 0.3)], ["The ring"], ["band"]),
        (
            [
                row("2022", 0.7, indicator="at_work", moe90=0.02),
                row("2023", 0.75, indicator="at_work", moe90=0.02),
            ],
            [BAND_SURVEY],
            [BAND_COUNT],
        ),
    ],
    ids=["counts", "breaks", "before the breaks", "no counts", "survey"],
)
def test_the_caption_names_what_is_drawn_and_nothing_else(rows, there, absent):
    caption = words(trend_caption(finding(*rows), EN))
    assert [text for text in there if text not in caption] == []
    assert [text for text in absent if text in caption] == []


def test_the_caption_says_the_unit_that_the_axis_does_not():
    lost = finding(
        row("2005-2009", (109, 10_000), indicator="babies_lost"),
        row("2010-2014", (57, 10_000), indicator="babies_lost"),
    )
    assert ", per 1,000. The ring" in words(trend_caption(lost, EN))
    assert ", %." not in words(trend_caption(finding(*SERIES), EN))


def cells(*rows) -> list[list[str]]:
    soup = BeautifulSoup(trend_table(finding(*rows), EN, catalog()), "html.parser")
    return [[c.get_text() for c in line.find_all(["th", "td"])] for line in soup.find_all("tr")]


def test_the_table_has_every_period_of_place_and_state_newest_first():
    assert cells(*SERIES, *STATE) == [
        ["Period", "Norwalk public schools, %", "Counted", "Connecticut, %"],
        ["2020-21", "31.1%", "312 of 1,004", "47.0%"],
        ["2019-20", "25.0%", "250 of 1,000", "No figure"],
        ["2018-19", "20.0%", "200 of 1,000", "No figure"],
        ["2017-18", "No figure", "No count", "45.0%"],
    ]


def test_a_survey_has_its_margin_and_a_hidden_year_its_reason():
    table = cells(
        row("2022", "suppressed_by_source", indicator="at_work"),
        row("2023", (71, 100), indicator="at_work", moe90=0.0234),
    )
    assert table == [
        [
            "Period",
            "Norwalk, all residents, %",
            "Estimated, about",
            "Margin of error, ± points",
            "Connecticut, %",
        ],
        ["2023", "71.0%", "71 of 100", "2.3", "No figure"],
        [
            "2022",
            "Not shown (the publisher hides it to protect children)",
            "No count",
            "Not given",
            "No figure",
        ],
    ]


def test_the_figure_is_named_after_place_indicator_and_kind():
    soup = BeautifulSoup(trend_figure(finding(*SERIES), EN), "html.parser")
    assert soup.img["data-figure"] == "norwalk-reading_well-trend"
    assert soup.img["aria-describedby"] == "reading_well-years"
