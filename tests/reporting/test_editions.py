import json
from pathlib import Path

import pytest

from c2c_lib.errors import InputError
from c2c_lib.reporting.editions import (
    check_editions,
    copy_editions,
    defining_words,
    edition_codebook,
    edition_table,
    keep_edition,
    kept_editions,
    refuse_kept,
)


def edition(folder: Path, label: str, date: str, **words: str) -> Path:
    site = folder / label
    (site / "norwalk" / "data").mkdir(parents=True)
    (site / "index.html").write_text(label)
    entry = {"id": "graduation_4yr", "definition": "Four years.", "name": "Any", **words}
    text = json.dumps({"indicators": [entry]})
    (site / "norwalk" / "data" / "codebook.json").write_text(text)
    keep_edition(site, label, date)
    return site


def test_editions_are_listed_the_newest_first(tmp_path: Path) -> None:
    assert kept_editions(tmp_path / "none") == ()
    edition(tmp_path, "2025", "2025-11-20")
    edition(tmp_path, "2026", "2026-11-21")
    (tmp_path / "2027.staging").mkdir()
    assert [(e.label, e.date) for e in kept_editions(tmp_path)] == [
        ("2026", "2026-11-21"),
        ("2025", "2025-11-20"),
    ]


def test_a_folder_that_is_no_edition_is_told(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    with pytest.raises(InputError, match="which edition"):
        kept_editions(tmp_path)


def test_a_kept_edition_is_copied_as_it_was(tmp_path: Path) -> None:
    folder, site = tmp_path / "editions", tmp_path / "site"
    edition(folder, "2025", "2025-11-20")
    kept = kept_editions(folder)
    assert check_editions(kept) == []
    copy_editions(kept, site)
    assert (site / "editions" / "2025" / "index.html").read_text() == "2025"


def test_a_changed_edition_is_found_out(tmp_path: Path) -> None:
    site = edition(tmp_path, "2025", "2025-11-20")
    (site / "index.html").write_text("rewritten history")
    assert [p.where for p in check_editions(kept_editions(tmp_path))] == ["2025/index.html"]


def test_a_label_is_used_once(tmp_path: Path) -> None:
    edition(tmp_path, "2025", "2025-11-20")
    refuse_kept("2026", tmp_path)
    with pytest.raises(InputError, match="never changes"):
        refuse_kept("2025", tmp_path)
    with pytest.raises(InputError, match="cannot name a folder"):
        refuse_kept("../2026", tmp_path)


def test_only_words_that_define_a_figure_make_it_another_one(tmp_path: Path) -> None:
    edition(tmp_path, "2025", "2025-11-20")
    edition(tmp_path, "2026", "2026-11-21", name="Renamed")
    edition(tmp_path, "2027", "2027-11-21", definition="Five years.")
    third, second, first = (
        {name: defining_words(entry) for name, entry in edition_codebook(kept).items()}
        for kept in kept_editions(tmp_path)
    )
    assert first == second
    assert third != second


def test_an_edition_without_figures_is_told(tmp_path: Path) -> None:
    edition(tmp_path, "2025", "2025-11-20")
    with pytest.raises(InputError, match="no table"):
        edition_table(kept_editions(tmp_path)[0])
