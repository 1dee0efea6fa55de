"""What partnerships report: strict, blank means not reported, nothing without a document."""

from pathlib import Path

import pytest

from c2c_lib.errors import InputError
from c2c_lib.theory_of_action import load_progress, read_progress
from c2c_lib.theory_of_action.reported import check_folder

CITIES = ["bridgeport", "norwalk", "stamford", "waterbury"]
GOOD = """\
city: norwalk
definitions: {minimum: 0.02, no_data: against}
gateway:
  {id: emerging, date: 2025-10, by: director, evidence: {title: T, url: "https://example.org"}}
reported:
  - benchmark: backbone
    status: met
    date: "2025-10-31"
    by: backbone director
    evidence: {title: Minutes, url: "https://example.org/minutes"}
"""
BAD = """\
city: norwak
definitions: {minimum: -1, dimensions: [race_ethnicty], window: 0, baselin: "2018-19"}
gateway: {id: emergin, date: 2025-13, by: Jane 5, evidence: {title: T, url: "http://example.org"}}
reported:
  - {benchmark: backbon, status: mett, date: 2025-10-31, by: director, evidence: &place {title: T}}
  - {benchmark: backbone, status: met, date: "31/10/2025", by: jane@example.org, evidence: *place}
  - {benchmark: backbone, status: met, date: "2025", by: director, evidence: *place, noote: hello}
"""


def written(folder: Path, text: str, name: str = "norwalk.yml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_that_fits_is_read(tmp_path):
    progress = read_progress(written(tmp_path, GOOD))
    entry = progress.entry("backbone")
    assert entry is not None
    assert entry.status == "met"
    assert progress.gateway is not None
    assert progress.definitions.minimum == 0.02
    assert progress.definitions.baseline is None


def test_a_blank_is_not_reported():
    progress = load_progress("norwalk")
    assert progress.entry("policies_change") is None


def test_every_mistake_is_said_at_once_with_its_line_and_remedy(tmp_path):
    with pytest.raises(InputError) as caught:
        read_progress(written(tmp_path, BAD))
    told = str(caught.value)
    expected = (
        "city is not the name of the file", "definitions.minimum", "did you mean 'race_ethnicity'",
        "definitions.window", "did you mean 'baseline'", "did you mean 'emerging'",
        "is not a date", "write a role", "'^https://", "did you mean 'backbone'",
        "did you mean 'met'", 'Put it in quotes: "2025-10-31"', "stands twice",
        "reported.2.evidence.url", "did you mean 'note'",
    )  # fmt: skip
    assert [words for words in expected if words not in told] == []
    assert "norwalk.yml:7" in told


@pytest.mark.parametrize("date", ["2025-10-31", "2025-10", "2025", "2024-25", "undated"])
def test_dates_may_be_as_exact_as_the_document(tmp_path, date):
    text = GOOD.replace('"2025-10-31"', f'"{date}"')
    assert read_progress(written(tmp_path, text)).reported[0].date == date


@pytest.mark.parametrize("date", ["2025-02-30", "2025-1-1", "20251031", "soon", "2025-30"])
def test_other_dates_are_refused(tmp_path, date):
    with pytest.raises(InputError, match="is not a date"):
        read_progress(written(tmp_path, GOOD.replace('"2025-10-31"', f'"{date}"')))


def test_an_unknown_city_says_which_was_meant():
    with pytest.raises(InputError, match="did you mean 'norwalk'"):
        load_progress("norwlak")


def test_a_folder_is_checked_as_a_whole(tmp_path):
    written(tmp_path, BAD)
    written(tmp_path, "city: norwalk\n", "norwalk.yaml")
    written(tmp_path, "city: atlantis\n", "atlantis.yml")
    told = "\n".join(map(str, check_folder(tmp_path)))
    assert "Name it *.yml" in told
    assert "unknown city" in told
    assert "did you mean 'backbone'" in told


@pytest.mark.parametrize("city", CITIES)
def test_what_ships_says_only_what_a_document_says(city):
    for entry in load_progress(city).reported:
        assert entry.status in ("described", "intended")
        assert entry.note is not None
    assert load_progress(city).gateway is None
    assert load_progress(city).examples == []


def test_no_document_of_waterbury_speaks_of_a_benchmark():
    assert load_progress("waterbury").reported == []


@pytest.mark.parametrize(
    ("city", "seed", "benchmark", "words"),
    [
        ("stamford", "stamford-cradle-to-career.txt", "backbone",
         "United Way of Western Connecticut serves in this role"),
        ("stamford", "stamford-cradle-to-career.txt", "baseline_card",
         "Progress will be publicly available in an online Community Impact Report"),
        ("norwalk", "norwalk-acts.txt", "student_level_data",
         "data-sharing and confidentiality agreements in place with Norwalk Public Schools"),
        ("norwalk", "norwalk-acts.txt", "leadership_table", "Cross-sector leadership team"),
        ("bridgeport", "bridgeport-prospers-partnership-agreement.txt", "baseline_card",
         "annual community impact report"),
        ("bridgeport", "bridgeport-prospers-partnership-agreement.txt", "outcomes_chosen",
         "concise list of common indicators"),
    ],
)  # fmt: skip
def test_the_documents_say_what_is_entered(shared, city, seed, benchmark, words):
    assert words in (shared / "seeds" / seed).read_text(encoding="utf-8")
    assert load_progress(city).entry(benchmark) is not None
