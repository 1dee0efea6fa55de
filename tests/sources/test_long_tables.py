"""Long tables: labels into groups, and numbers of one figure beside each other."""

import pandas as pd

from c2c_lib.sources.long_tables import group_ids, one_row_per_figure
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import read_csv
from support.excerpts import told


def test_an_unknown_label_is_noted_once_and_gives_no_group(export, names: Names):
    file = export("x.csv", "Status\nAll\nRenter\nLodger\nLodger\nHomeowner\n")
    frame = read_csv(file, ["Status"], names.problems)
    groups = group_ids(frame, "Status", "tenure", "All", file, names)
    assert groups.fillna("?").tolist() == ["all", "renter", "?", "?", "owner"]
    (problem,) = told(names)
    assert problem.startswith("x.csv:4: unknown label for tenure: got 'Lodger'")


def test_the_first_of_two_numbers_for_one_cell_counts(export, names: Names):
    file = export("x.csv", "-\n")
    frame = pd.DataFrame(
        {
            "place": ["a", "a", "b", "a"],
            "cell": ["n", "moe", "n", "n"],
            "value": [1.0, 2.0, 3.0, 4.0],
        },
        index=[2, 3, 4, 5],
    )
    wide = one_row_per_figure(frame, ["place"], ["n", "moe", "share"], file, names.problems)
    assert wide.fillna(-1).to_numpy().tolist() == [["a", 1, 2, -1], ["b", 3, -1, -1]]
    (problem,) = names.problems
    assert (problem.where, problem.value) == ("x.csv:5", "a/n")
