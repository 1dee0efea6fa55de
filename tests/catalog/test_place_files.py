"""A wrong row of places is named by its line."""

from pathlib import Path

from support.spoiled_catalog import told


def test_a_row_with_a_comma_too_many_is_told_by_its_line(folder: Path):
    rows = (folder / "places.csv").read_text(encoding="utf-8").splitlines()
    rows[2] += ","
    (folder / "places.csv").write_text("\n".join(rows), encoding="utf-8")
    (problem,) = told(folder)
    assert problem.startswith("places.csv:3: row has another number of cells")
