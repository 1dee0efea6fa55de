from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.observations.store import store_folder
from c2c_lib.reporting.inputs import Inputs, fingerprint, hash_files, store_in_use
from c2c_lib.reporting.manifest import JobRecord, Manifest, read_manifest, write_manifest


def test_names_and_contents_count_but_not_order_place_or_time(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for name in ("a", "b"):
            (tmp_path / folder / name).write_text(name)
    one = [tmp_path / "one" / "a", tmp_path / "one" / "b"]
    two = [tmp_path / "two" / "b", tmp_path / "two" / "a"]
    os.utime(two[0], (0, 0))
    same = hash_files(one, tmp_path / "one")
    assert hash_files(two, tmp_path / "two") == same

    two[0].write_text("a")
    two[1].write_text("b")  # contents swapped between the two names
    assert hash_files(two, tmp_path / "two") != same


@given(st.dictionaries(st.text("abc", min_size=1), st.text("xyz"), min_size=1), st.data())
def test_a_fingerprint_changes_with_every_value(
    values: dict[str, str], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(values)))
    assert fingerprint(values) != fingerprint({**values, name: values[name] + "!"})


def test_a_page_reads_its_own_city_and_a_page_about_all_reads_every_city(made: Any) -> None:
    notebook = made.project.notebooks[0]

    def inputs(city: str) -> dict[str, str]:
        return Inputs(made.project, made.store).of_page(notebook, city)

    before = {city: inputs(city) for city in ("bridgeport", "norwalk", "")}
    file = made.project.city_file("norwalk")
    file.write_text(file.read_text() + "#\n")
    after = {city: inputs(city) for city in before}

    assert after["bridgeport"] == before["bridgeport"]
    for city in ("norwalk", ""):
        changed = [name for name in after[city] if after[city][name] != before[city][name]]
        assert changed == ["parameters"]


@pytest.mark.parametrize(
    "file", ["progress/norwalk.yml", "improvement/norwalk/chronic_absence.csv"]
)
def test_what_one_partnership_reports_changes_only_its_own_pages(made: Any, file: str) -> None:
    notebook = made.project.notebooks[0]

    def inputs(city: str) -> str:
        return Inputs(made.project, made.store).of_page(notebook, city)["parameters"]

    before = {city: inputs(city) for city in ("bridgeport", "norwalk", "")}
    report = made.project.root / "params" / file
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text("city: norwalk\n")
    after = {city: inputs(city) for city in before}
    assert [city for city in before if after[city] != before[city]] == ["norwalk", ""]


def test_a_stricter_privacy_rule_of_one_city_changes_every_page(made: Any) -> None:
    notebook = made.project.notebooks[0]
    before = Inputs(made.project, made.store).of_page(notebook, "bridgeport")
    file = made.project.city_file("norwalk")
    file.write_text(file.read_text() + "\nprivacy: {minimum_numerator: 10}\n")
    after = Inputs(made.project, made.store).of_page(notebook, "bridgeport")
    assert [name for name in after if after[name] != before[name]] == ["privacy rules"]


def test_code_figures_layers_and_edition_are_inputs(made: Any, tmp_path: Path) -> None:
    library = tmp_path / "library"
    (library / "equity").mkdir(parents=True)
    (library / "cli").mkdir()
    (library / "cli" / "reports.py").write_text("1")
    (library / "equity" / "gap.py").write_text("1")
    (made.project.root / "geo").mkdir()
    notebook = made.project.notebooks[0]

    def inputs() -> dict[str, str]:
        return Inputs(made.project, made.store, library).of_page(notebook, "norwalk")

    expected = {
        library / "cli" / "reports.py": [],
        library / "equity" / "gap.py": ["library"],
        made.store / "observations.parquet": ["data"],
        made.project.root / "geo" / "tracts.parquet": ["geography"],
        made.project.edition: ["edition"],
        notebook: ["notebook"],
    }
    for file, names in expected.items():
        before = inputs()
        with file.open("ab") as stream:
            stream.write(b"\n")
        after = inputs()
        assert [name for name in after if after[name] != before[name]] == names, file


def test_a_manifest_comes_back_and_a_torn_one_counts_as_empty(tmp_path: Path) -> None:
    manifest = Manifest({"a/b-en": JobRecord({"data": "1"}, 2.5)}, {"reports/_site": "x"})
    write_manifest(tmp_path / "build", manifest)
    assert read_manifest(tmp_path / "build") == manifest
    assert [file.name for file in (tmp_path / "build").iterdir()] == ["manifest.json"]

    file = tmp_path / "build" / "manifest.json"
    for torn in ("", "{", "[]", '{"format": 99, "jobs": {}, "sites": {}}'):
        file.write_text(torn)
        assert read_manifest(tmp_path / "build") == Manifest()


def test_the_store_in_use_is_the_one_that_figures_are_read_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("C2C_STORE", raising=False)
    assert store_in_use() == store_folder()
    monkeypatch.setenv("C2C_STORE", str(tmp_path))
    assert store_in_use() == store_folder() == tmp_path


def test_planning_imports_no_library_of_tables_or_notebooks() -> None:
    code = (
        "import sys, c2c_lib.cli, c2c_lib.params, c2c_lib.reporting.build, "
        "c2c_lib.reporting.front.home, c2c_lib.reporting.progress; "
        "print(sorted({'pandas', 'numpy', 'geopandas', 'nbformat', 'nbconvert', 'papermill'} "
        "& set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
