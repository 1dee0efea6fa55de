"""Everything that is wrong in a city file is told at once, with line, value and remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from c2c_lib.errors import InputError, Problem
from c2c_lib.params import City, load_cities, load_city, read_city

Spoil = Callable[..., Path]

TARGET = "targets:\n  - {indicator: %s, value: %s, by: %s, group: %s, source: Our plan}\n"


def problems_of(file: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as raised:
        read_city(file)
    return raised.value.problems


def line_of(file: Path, words: str) -> int:
    """Return the number of the first line that holds some words, counted without YAML."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def target(
    indicator: str = "graduation_4yr",
    value: str = "0.9",
    by: str = "2029-30",
    group: str = "all/all",
) -> tuple[str, str]:
    return "targets: []\n", TARGET % (indicator, value, by, group)


def test_a_city_file_reads_into_what_it_says(norwalk: Path):
    city = read_city(norwalk)
    assert isinstance(city, City)
    assert (city.slug, city.name, city.baseline) == ("norwalk", "Norwalk", "2018-19")
    assert city.places.model_dump() == {
        "district": "1030011",
        "town": "0900156060",
        "city": "0955990",
    }
    assert city.partnership.name == "Norwalk ACTS"
    assert city.targets == []


@pytest.mark.parametrize(
    ("old", "wrong", "what", "near"),
    [
        ("baseline: ", "baselin: ", "unknown key", "baseline"),
        ("  backbone: ", "  backbon: ", "unknown key", "backbone"),
        ("{district: ", "{distrikt: ", "unknown key", "district"),
        ("      outcomes: [infant", "      outcome: [infant", "unknown key", "outcomes"),
        ("slug: norwalk", "slug: norwalc", "unknown city", "norwalk"),
        ("grade3_ela_proficient", "grade3_ela_profcient", "unknown indicator", "grade3_ela"),
        ("low_birthweight", "low_birthwaight", "unknown indicator", "low_birthweight"),
        ("out_of_school_time]", "out_of_shool_time]", "unknown outcome", "out_of_school_time"),
        ("  id: norwalk", "  id: norwlak", "unknown frame", "norwalk"),
        ("peers: [danbury", "peers: [danbry", "unknown peer", "danbury"),
    ],
)
def test_a_wrong_word_is_told_with_its_line_and_the_nearest_right_one(
    spoil: Spoil, old: str, wrong: str, what: str, near: str
):
    file = spoil((old, wrong))
    found = [problem for problem in problems_of(file) if problem.what == what]
    (problem,) = found
    assert problem.where == f"params/norwalk.yml:{line_of(file, wrong)}"
    assert problem.value in wrong
    assert near in problem.remedy
    assert problem.remedy.startswith("did you mean")
    assert problem.allowed


def test_a_language_that_the_report_is_not_written_in_is_told(spoil: Spoil):
    file = spoil(("languages: [en", "languages: [klingon, en"))
    (problem,) = problems_of(file)
    assert (problem.what, problem.value) == ("unknown language", "klingon")
    assert problem.where == f"params/norwalk.yml:{line_of(file, 'klingon')}"
    assert "en" in problem.allowed.split(", ")


@pytest.mark.parametrize(
    ("old", "wrong", "column", "said"),
    [
        ("name: Norwalk\n", "name: [Norwalk]\n", "name", "valid string"),
        ("name: Norwalk\n", 'name: ""\n', "name", "at least 1"),
        ("core: [", "core: [7, ", "core.0", "valid string"),
        ("website: https://www", "website: ftp://www", "partnership.website", "pattern"),
        ('district: "1030011"', "district: 1030011", "places.district", "valid string"),
        ("baseline: 2018-19", "baseline: 2018-20", "baseline", "a school year like '2018-19'"),
        ("baseline: 2018-19", "baseline: [2018-19]", "baseline", "valid string"),
        ("languages: [en, es]", "languages: []", "languages", "at least 1"),
        ("targets: []", "privacy: {minimum_numerator: 0}\ntargets: []", "privacy.min", "greater"),
        ("targets: []", "privacy: {minimum_denominator: 9.5}\ntargets: []", "privacy", "integer"),
    ],
)
def test_a_wrong_type_or_form_is_told_with_its_line(
    spoil: Spoil, old: str, wrong: str, column: str, said: str
):
    file = spoil((old, wrong))
    (problem,) = problems_of(file)
    assert problem.column.startswith(column)
    assert said in problem.what
    assert problem.where == f"params/norwalk.yml:{line_of(file, wrong.splitlines()[0])}"


def test_a_missing_key_is_told_with_the_line_of_the_key_above(spoil: Spoil):
    file = spoil(("  backbone: Norwalk ACTS\n", ""), ("baseline: 2018-19\n", ""))
    found = {problem.column: problem.where for problem in problems_of(file)}
    assert found == {
        "partnership.backbone": f"params/norwalk.yml:{line_of(file, 'partnership:')}",
        "baseline": "params/norwalk.yml",
    }


def test_a_sentence_in_no_language_is_told(spoil: Spoil):
    file = spoil(
        (
            "      sentence: Norwalk's",
            "      sentence:\n        spanish: Los niños\n        en: Norwalk's",
        )
    )
    whats = {problem.column: problem.what for problem in problems_of(file)}
    assert "language is 'spanish'" in whats["frame.sections.0.sentence"]


@pytest.mark.parametrize(
    ("old", "wrong", "written"),
    [
        # YAML takes a code with leading zeros for an octal number, and a year for a number.
        ('town: "0900156060"', "town: 0100156060", "0100156060"),
        ("baseline: 2018-19", "baseline: 2019", "2019"),
    ],
)
def test_a_code_without_quotes_is_told_as_it_is_written(
    spoil: Spoil, old: str, wrong: str, written: str
):
    (problem,) = problems_of(spoil((old, wrong)))
    assert problem.value == written
    assert problem.remedy == f'Put it in quotes: "{written}"'


@pytest.mark.parametrize(
    ("old", "wrong", "level", "right"),
    [
        ('district: "1030011"', 'district: "1350011"', "district", "1030011"),
        ('town: "0900156060"', 'town: "0900173070"', "town", "0900156060"),
        ('city: "0955990"', 'city: "0973000"', "city", "0955990"),
    ],
)
def test_a_code_of_another_place_is_told_with_the_right_one(
    spoil: Spoil, old: str, wrong: str, level: str, right: str
):
    file = spoil((old, wrong))
    (problem,) = problems_of(file)
    assert problem.what == f"is not the {level} code of norwalk"
    assert (problem.column, problem.allowed) == (f"places.{level}", right)
    assert problem.where == f"params/norwalk.yml:{line_of(file, wrong)}"


def test_a_city_without_a_city_code_leaves_it_out(spoil: Spoil):
    assert read_city(spoil((', city: "0955990"', ""))).places.city is None


def test_a_city_whose_publisher_has_no_code_is_told_to_leave_it_out(norwalk: Path):
    text = norwalk.read_text(encoding="utf-8")
    ansonia = norwalk.with_name("ansonia.yml")
    for old, new in [
        ("slug: norwalk", "slug: ansonia"),
        ("1030011", "0020011"),
        ("56060", "01220"),
    ]:
        text = text.replace(old, new)
    ansonia.write_text(text.replace("0900101220", "0900901220"), encoding="utf-8")
    (problem,) = problems_of(ansonia)
    assert (problem.column, problem.value) == ("places.city", "0955990")
    assert problem.allowed == "no code: leave it out"


def test_a_slug_that_is_not_the_name_of_its_file_is_told(norwalk: Path):
    renamed = norwalk.rename(norwalk.with_name("stamford.yml"))
    (problem,) = problems_of(renamed)
    assert problem.where == f"params/stamford.yml:{line_of(renamed, 'slug:')}"
    assert (problem.value, problem.allowed) == ("norwalk", "stamford")


def test_a_target_that_a_partnership_has_published_reads(spoil: Spoil):
    (found,) = read_city(spoil(target())).targets
    assert (found.indicator, found.value, found.by) == ("graduation_4yr", 0.9, "2029-30")
    assert (found.group, found.source) == ("all/all", "Our plan")


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        (target(indicator="graduation_4y"), "targets.0.indicator", "'graduation_4yr'"),
        (target(group="gender/femal"), "targets.0.group", "'gender/female'"),
        (target(by="soon"), "targets.0.by", "period is 'soon'"),
        (target(value="-0.1"), "targets.0.value", "greater than or equal to 0"),
        (target(value=".nan"), "targets.0.value", "finite"),
        (target(indicator="ela_performance_index", value=".inf"), "targets.0.value", "finite"),
        (target(value="ninety"), "targets.0.value", "valid number"),
        (target(value="true"), "targets.0.value", "valid number"),
        (target(value="90"), "targets.0.value", "0.6"),
    ],
)
def test_a_target_that_cannot_be_is_told(
    spoil: Spoil, change: tuple[str, str], column: str, said: str
):
    file = spoil(change)
    (problem,) = problems_of(file)
    assert problem.column == column
    assert said in str(problem)
    assert problem.where == f"params/norwalk.yml:{line_of(file, '- {indicator')}"


def test_a_target_of_an_index_may_be_above_one(spoil: Spoil):
    (found,) = read_city(spoil(target("ela_performance_index", "75"))).targets
    assert found.value == 75


@pytest.mark.parametrize(
    ("old", "wrong", "value"),
    [
        ("core: [", "core: [graduation_4yr, ", "graduation_4yr"),
        ("contributing: [", "contributing: [graduation_4yr, ", "graduation_4yr"),
        ("peers: [", "peers: [meriden, ", "meriden"),
        ("- id: out_of_school_time", "- id: prenatal_to_third_grade", "prenatal_to_third_grade"),
        (
            "outcomes: [infant_health, ",
            "outcomes: [infant_health, infant_health, ",
            "infant_health",
        ),
    ],
)
def test_what_stands_twice_is_told_with_the_line_of_the_first(
    spoil: Spoil, old: str, wrong: str, value: str
):
    file = spoil((old, wrong))
    (problem,) = problems_of(file)
    assert (problem.what, problem.value) == ("stands twice", value)
    assert f"params/norwalk.yml:{line_of(file, value)}" in problem.remedy


def test_an_indicator_that_serves_no_outcome_of_the_frame_is_told(spoil: Spoil):
    file = spoil(("outcomes: [attendance, social_emotional_health]", "outcomes: [attendance]"))
    (problem,) = problems_of(file)
    assert (problem.column, problem.value) == ("contributing", "suspension")
    assert problem.where == f"params/norwalk.yml:{line_of(file, 'contributing:')}"
    assert "social_emotional_health" in problem.remedy


def test_a_key_that_stands_twice_is_told(spoil: Spoil):
    file = spoil(("baseline: 2018-19\n", "baseline: 2018-19\nbaseline: 2014-15\n"))
    (problem,) = problems_of(file)
    assert (problem.what, problem.value) == ("key stands twice", "baseline")
    assert problem.where == f"params/norwalk.yml:{line_of(file, 'baseline: 2014-15')}"


def test_a_city_is_no_peer_of_itself(spoil: Spoil):
    file = spoil(("peers: [", "peers: [norwalk, "))
    (problem,) = problems_of(file)
    assert problem.what == "a city is no peer of itself"
    assert problem.where == f"params/norwalk.yml:{line_of(file, 'peers:')}"


def test_all_problems_are_told_at_once(spoil: Spoil):
    file = spoil(
        ("slug: norwalk", "slug: norwalc"),
        ("name: Norwalk\n", "name: 7\n"),
        ("grade8_math_proficient", "grade8_maths_proficient"),
        ("peers: [danbury", "peers: [danbry"),
        ("languages: [en", "languages: [xx, en"),
        ("baseline: 2018-19", "baseline: 2018-20\nmascot: owl"),
        target(value="60", group="all"),
    )
    found = problems_of(file)
    values = [problem.value for problem in found]
    wrong = ["norwalc", "7", "grade8_maths_proficient", "danbry", "xx", "2018-20", "mascot", "60"]
    assert set(wrong) <= set(values)
    assert "all" in values
    assert len(found) == len(wrong) + 2  # the wrong slug is also not the name of the file
    lines = [int(problem.where.split(":")[1]) for problem in found]
    assert all(1 <= line <= len(file.read_text(encoding="utf-8").splitlines()) for line in lines)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"slug: [norwalk", "is not readable as YAML"),
        (b"a: 1\n  b: 2\n", "is not readable as YAML"),
        (b"\xff\xfe\x00", "is not readable as YAML"),
        (b"", "is empty"),
        (b"- slug\n- name\n", "is empty or not a list of keys"),
        (b"just words", "is empty or not a list of keys"),
        (b"!!python/object/apply:os.getcwd []", "is not readable as YAML"),
    ],
)
def test_a_file_that_is_no_city_file_is_told(norwalk: Path, content: bytes, said: str):
    norwalk.write_bytes(content)
    (problem,) = problems_of(norwalk)
    assert problem.where == "params/norwalk.yml"
    assert said in problem.what


def test_a_file_that_is_not_there_is_told_without_the_path_to_it(tmp_path: Path):
    (problem,) = problems_of(tmp_path / "params" / "nowhere.yml")
    assert str(problem) == "params/nowhere.yml: does not read: No such file or directory"


def test_a_file_from_another_editor_reads(norwalk: Path):
    text = norwalk.read_text(encoding="utf-8")
    norwalk.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_city(norwalk).name == "Norwalk"


def test_a_city_is_loaded_by_its_slug(norwalk: Path):
    assert load_city("norwalk", norwalk.parent) == read_city(norwalk)


def test_an_unknown_city_is_told_with_the_nearest_one(norwalk: Path):
    with pytest.raises(InputError) as raised:
        load_city("norwakl", norwalk.parent)
    (problem,) = raised.value.problems
    assert (problem.value, problem.allowed) == ("norwakl", "norwalk")
    assert problem.remedy == "did you mean 'norwalk'?"


def test_an_unknown_city_that_is_near_none_is_told_how_to_add_it(norwalk: Path):
    with pytest.raises(InputError, match=r"`c2c new-city hartford` writes a file"):
        load_city("hartford", norwalk.parent)


def test_all_cities_of_a_folder_are_loaded_by_slug(norwalk: Path, project_root: Path):
    cities = load_cities(project_root / "params")
    assert list(cities) == sorted(cities)
    assert all(city.slug == slug for slug, city in cities.items())
    assert load_cities(norwalk.parent) == {"norwalk": cities["norwalk"]}


def test_the_problems_of_all_files_are_told_together(norwalk: Path):
    norwalk.with_name("hartford.yml").write_text("", encoding="utf-8")
    norwalk.with_name("stamford.yaml").write_text("slug: stamford", encoding="utf-8")
    norwalk.write_text("{", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_cities(norwalk.parent)
    wheres = {problem.where for problem in raised.value.problems}
    assert wheres == {"params/hartford.yml", "params/stamford.yaml", "params/norwalk.yml"}
