"""CDC PLACES: newest release wins, two vintages of tracts, neighborhoods that were redrawn."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.cdc_places import AVERAGED, MODELLED, read
from c2c_lib.sources.names import Names
from support.excerpts import figure, told

Write = Callable[[str, str | bytes], RawFile]

AREAS = "release,topic,question,data_year,level,city,name,value\n"
TRACTS = "release,topic,question,data_year,{},town_name,value\n"


def areas(export: Write, release: int, *rows: str) -> RawFile:
    text = AREAS + "".join(f"{release},PREVENT,{row}\n" for row in rows)
    return export(f"places_areas_release_{release}.csv", text)


def test_insurance_is_the_share_without_it(export: Write, names: Names) -> None:
    file = areas(
        export,
        2024,
        "Health insurance,2023,state,,Connecticut,0.098",
        "Health insurance,2023,town,,Bridgeport,0.216",
        "Health insurance,2023,neighborhood,Bridgeport,East Side,0.3",
        "Health insurance,2023,neighborhood,Stamford,East Side,0.12",
    )
    frame = read([file], names)
    assert told(names) == []
    assert dict(zip(frame["geo_id"], frame["estimate"], strict=True)) == {
        "09": 0.098,
        "0900108070": 0.216,
        "bridgeport-east-side": 0.3,
        "stamford-east-side": 0.12,
    }
    assert set(frame["indicator"]) == {"adults_uninsured"}
    assert set(frame["note"]) == {MODELLED}
    assert frame["moe90"].isna().all()


def test_the_newer_release_wins_and_old_outlines_are_left_out(export: Write, names: Names) -> None:
    files = [
        areas(export, 2023, "Dental visit,2020,town,,Norwalk,0.704"),
        areas(
            export,
            2022,
            "Dental visit,2020,state,,Connecticut,0.7",
            "Dental visit,2020,neighborhood,Stamford,Palmers Hill,0.8",
            "Dental visit,2020,neighborhood,Stamford,Downtown,0.7",
            "Dental visit,2020,neighborhood,Bridgeport,Downtown,0.6",
            "Dental visit,2020,town,,,0.65",
            "Dental visit,2020,town,,Norwalk,0.71",
        ),
    ]
    frame = read(files, names)
    assert told(names) == []
    assert dict(zip(frame["geo_id"], frame["estimate"], strict=True)) == {
        "09": 0.7,
        "bridgeport-downtown": 0.6,
        "0900156060": 0.704,
    }


def test_tracts_are_looked_up_in_the_list_of_their_release(export: Write, names: Names) -> None:
    old = export(
        "places_tracts_release_2023.csv",
        TRACTS.format("tract_fips_2010")
        + "2023,RISKBEH,Current smoking,2021,09001020100,Stamford,0.1\n"
        + "2023,life_expectancy,Life expectancy,2010-2015,09001020100,Stamford,82\n",
    )
    new = export(
        "places_tracts_release_2024.csv",
        TRACTS.format("tract_fips_2022")
        + "2024,HLTHOUT,Current asthma,2023,09190020101,Stamford,0.09\n"
        + "2024,HLTHOUT,High blood pressure,2023,09190020101,Stamford,0.3\n",
    )
    frame = read([old, new], names)
    assert told(names) == []
    # Life expectancy by tract comes with its error from the original, other measures not at all.
    assert frame[["indicator", "geo_id", "period"]].values.tolist() == [
        ["adults_smoking", "09001020100", "2021"],
        ["adults_asthma", "09190020101", "2023"],
    ]


def test_life_expectancy_of_areas_is_in_years(export: Write, names: Names) -> None:
    rows = "Life expectancy,2010-2015,town,,Stamford,{}"
    frame = read(
        [areas(export, 2020, rows.format(82.5)), areas(export, 2023, rows.format(81.9))], names
    )
    assert told(names) == []
    found = figure(frame, "life_expectancy", "0900173070", "2010-2015")
    assert (found["estimate"], found["note"]) == (81.9, AVERAGED)


def test_a_figure_repeated_in_one_release_is_left_for_the_ingest(
    export: Write, names: Names
) -> None:
    file = areas(export, 2024, "Diabetes,2023,town,,Norwalk,0.1", "Diabetes,2023,town,,Norwalk,0.2")
    assert len(read([file], names)) == 2


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    files = [
        areas(
            export,
            2024,
            "Diabetes,2023,town,,Atlantis,0.1",
            "Diabetes,2023,county,,Fairfield,0.1",
            "Diabetes,2023,neighborhood,Hartford,Downtown,0.1",
            "Diabetes,2023,neighborhood,Stamford,Palmers Hill,0.1",
            "Diabetes,23,town,,Norwalk,0.1",
            "Diabetes,2023,town,,Norwalk,10.1",
            "Gout,2023,town,,Norwalk,0.1",
        ),
        export(
            "places_tracts_release_2024.csv",
            TRACTS.format("tract_fips_2022")
            + "2024,HLTHOUT,Diabetes,2023,09001020101,Stamford,0.09\n"
            + "2023,HLTHOUT,Diabetes,2023,09190020101,Stamford,0.09\n",
        ),
        export("places.csv", AREAS),
    ]
    assert read(files, names).empty
    values = {p.value for p in names.problems}
    assert values == {
        "Atlantis",
        "county",
        "Hartford",
        "Palmers Hill",
        "23",
        "10.1",
        "Gout",
        "09001020101",
        "2023",
        "",
    }


def test_no_year_is_compared_with_another(names: Names) -> None:
    for indicator in names.catalog.indicators.values():
        if indicator.sources == ("cdc_places",):
            breaks = {(b.kind, b.period) for b in indicator.breaks}
            assert breaks == {("not_comparable", str(year)) for year in range(2018, 2024)}


@pytest.mark.parametrize("missing", ["value", "city"])
def test_a_missing_column_is_named(export: Write, names: Names, missing: str) -> None:
    file = export(
        "places_areas_release_2024.csv",
        AREAS.replace(missing, "x") + "2024,PREVENT,Diabetes,2023,town,,Norwalk,0.1\n",
    )
    assert read([file], names).empty
    (problem,) = names.problems
    assert problem.value == missing
