from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from c2c_lib.errors import InputError
from c2c_lib.reporting.edition import server_path, site_address
from c2c_lib.reporting.editions import address_of
from c2c_lib.reporting.project import Project

EDITION = 'edition: "2026"\ndate: "2026-11-21"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    return tmp_path / "reports/site.yml"


def test_where_the_site_stands_need_not_be_said(file: Path):
    file.write_text(EDITION, encoding="utf-8")
    assert (server_path(file), site_address(file)) == ("/", "")


@pytest.mark.parametrize(
    "address", ["https://cards.example/", "http://127.0.0.1:8000/a-b/c_d/", "https://x.example/r/"]
)
def test_an_address_is_taken_as_it_is(file: Path, address: str):
    file.write_text(f"{EDITION}path: /r/\naddress: {address}\n", encoding="utf-8")
    assert (server_path(file), site_address(file)) == ("/r/", address)


@pytest.mark.parametrize(
    ("line", "read", "column"),
    [
        ("path: report-cards/", server_path, "path"),
        ("path: /report cards/", server_path, "path"),
        ("address: cards.example/", site_address, "address"),
        ("address: https://cards.example", site_address, "address"),
        ("address: https://cards.example/index.html", site_address, "address"),
        ("address: 'javascript:alert(1)/'", site_address, "address"),
    ],
)
def test_what_is_no_address_is_told_with_what_would_be(file: Path, line: str, read, column: str):
    file.write_text(f"{EDITION}{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(file)
    (problem,) = caught.value.problems
    assert (problem.where, problem.column) == ("reports/site.yml", column)
    assert problem.value
    assert "such as" in problem.allowed


def test_an_edition_that_is_kept_has_an_address_of_its_own(file: Path):
    project = Project.at(file.parents[1])
    kept = replace(project, site=project.editions / "2026")
    file.write_text(EDITION, encoding="utf-8")
    assert (address_of(project), address_of(kept)) == ("", "")
    file.write_text(f"{EDITION}address: https://x.example/\n", encoding="utf-8")
    assert address_of(project) == "https://x.example/"
    assert address_of(kept) == "https://x.example/editions/2026/"
