"""The attacker who reads the finished table."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from c2c_lib.catalog import Catalog
from c2c_lib.errors import InputError
from c2c_lib.privacy import Rules, exposed_cells

Table = Callable[..., pd.DataFrame]

ALL = ("all", "all")


def gender(group: str) -> tuple[str, str]:
    return ("gender", group)


def race(group: str) -> tuple[str, str]:
    return ("race_ethnicity", group)


def test_the_one_hidden_group_is_listed_with_who_hid_it(table: Table, catalog: Catalog) -> None:
    frame = table(
        {ALL: (104, 150), gender("female"): "suppressed_small", gender("male"): (100, 120)}
    )
    found = exposed_cells(frame, catalog)
    assert found[["dimension", "group", "status", "hidden_by_us", "how"]].to_numpy().tolist() == [
        ["gender", "female", "suppressed_small", True, "only_one_hidden"]
    ]


def test_what_a_publisher_left_open_is_listed_as_not_ours(table: Table, catalog: Catalog) -> None:
    frame = table(
        {ALL: (104, 150), gender("female"): "suppressed_by_source", gender("male"): (100, 120)}
    )
    assert exposed_cells(frame, catalog)["hidden_by_us"].tolist() == [False]


def test_publisher_stars_that_must_each_be_one_are_listed(table: Table, catalog: Catalog) -> None:
    # 15 = 10 + 3 + * + * where a star hides at least one child.
    hidden = "suppressed_by_source"
    frame = table(
        {
            ALL: (15, 80),
            race("american_indian"): hidden,
            race("asian"): hidden,
            race("black"): (10, 30),
            race("white"): (3, 30),
        }
    )
    assert exposed_cells(frame, catalog)["how"].tolist() == ["at_the_limit"] * 2


def test_two_hidden_groups_with_room_are_not_listed(table: Table, catalog: Catalog) -> None:
    frame = table(
        {
            ALL: (110, 180),
            race("asian"): "suppressed_small",
            race("black"): "suppressed_by_source",
            race("white"): (100, 120),
        }
    )
    assert exposed_cells(frame, catalog).empty


def test_nothing_is_known_without_a_total(table: Table, catalog: Catalog) -> None:
    frame = table({gender("female"): "suppressed_small", gender("male"): (100, 120)})
    assert exposed_cells(frame, catalog).empty


def test_total_that_another_dimension_adds_up_to_gives_the_cell_away(
    table: Table, catalog: Catalog
) -> None:
    frame = table(
        {
            gender("female"): (40, 70),
            gender("male"): (64, 80),
            race("asian"): "suppressed_small",
            race("white"): (100, 120),
        }
    )
    assert exposed_cells(frame, catalog)["group"].tolist() == ["asian"]


def test_denominator_alone_gives_a_group_away(table: Table, catalog: Catalog) -> None:
    # An index says nothing about how many children are counted, only about how many there are.
    frame = table(
        {ALL: (104, 150), gender("female"): "suppressed_small", gender("male"): (100, 120)},
        indicator="ela_performance_index",
        numerator=np.nan,
    )
    assert exposed_cells(frame, catalog)["group"].tolist() == ["female"]


def test_group_nobody_belongs_to_hides_nothing(table: Table, catalog: Catalog) -> None:
    hidden = dict.fromkeys(("american_indian", "pacific_islander"), "not_applicable")
    frame = table(
        {
            ALL: (104, 150),
            race("asian"): "suppressed_small",
            race("white"): (100, 120),
            **{race(group): status for group, status in hidden.items()},
        }
    )
    assert exposed_cells(frame, catalog)["group"].tolist() == ["asian"]


def test_rules_of_the_gate_decide_what_a_complementary_cell_can_be(
    table: Table, catalog: Catalog
) -> None:
    frame = table(
        {
            ALL: (106, 300),
            race("asian"): "suppressed_small",
            race("black"): "suppressed_complementary",
            race("white"): (100, 120),
        }
    )
    assert len(exposed_cells(frame, catalog)) == 2  # six of them, or the rule had hidden it
    assert exposed_cells(frame, catalog, Rules(minimum_numerator=5)).empty


def test_unknown_indicator_is_an_error(table: Table, catalog: Catalog) -> None:
    with pytest.raises(InputError, match="graduation_4year"):
        exposed_cells(table({ALL: (5, 40)}, indicator="graduation_4year"), catalog)


def test_table_without_rows_has_nothing_to_find(table: Table, catalog: Catalog) -> None:
    assert exposed_cells(table({ALL: (300, 400)}).iloc[:0], catalog).empty
