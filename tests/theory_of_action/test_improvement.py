"""Monthly counts: read strictly, hidden where small, judged by run and control charts."""

from pathlib import Path

import numpy as np
import pytest

from c2c_lib.errors import InputError
from c2c_lib.privacy import Rules
from c2c_lib.theory_of_action import charts_of, load_improvement, read_improvement

HEAD = "month,site,counted,out_of,pdsa,note\n"
EXAMPLE = Path("docs/examples/improvement/lakeview")


def written(folder: Path, body: str, name: str = "chronic_absence.csv", head: str = HEAD) -> Path:
    file = folder / name
    file.write_text(head + body, encoding="utf-8")
    return file


def test_months_stand_in_order_with_a_place_for_each_missing_one(tmp_path):
    body = "2099-11,A School,40,300,,\n2099-09,A School,30,300,plan,Ask families\n"
    (series,) = read_improvement(written(tmp_path, body), Rules())
    assert [m.label for m in series.months] == ["2099-09", "2099-10", "2099-11"]
    assert [m.status for m in series.months] == ["shown", "not_collected", "shown"]
    assert series.months[0].share == pytest.approx(0.1)
    assert (series.months[0].pdsa, series.months[0].note) == ("plan", "Ask families")


def test_a_month_with_few_children_is_hidden_with_a_note_that_counts(tmp_path):
    body = (
        "2099-09,A School,5,300,do,Called 5 homes\n2099-10,A School,6,19,,\n"
        "2099-11,A School,6,20,,\n2099-12,A School,0,300,do,Called home\n"
    )
    (series,) = read_improvement(written(tmp_path, body), Rules())
    hidden = [(m.status, m.counted, m.out_of, m.note) for m in series.months]
    assert hidden[0] == ("hidden", None, None, "")
    assert hidden[1][0] == "hidden"
    assert hidden[2][:3] == ("shown", 6, 20)
    assert hidden[3] == ("hidden", None, None, "Called home")


def test_every_mistake_is_said_at_once(tmp_path):
    body = (
        "2099-13,A School,40,300,,\n2099-09,,40,300,,\n2099-09,All,40,300,,\n"
        "2099-10,A School,-4,300,,\n2099-11,A School,400,300,,\n2099-12,A School,40,,,\n"
        "2100-01,A School,40,300,plann,Ask\n2100-02,A School,40,300,plan,\n"
        "2100-03,A School,40,300,,\n2100-03,A School,41,300,,\n2100-04,A School,40\n"
    )
    with pytest.raises(InputError) as caught:
        read_improvement(written(tmp_path, body), Rules())
    told = str(caught.value)
    expected = (
        "is not a month", "has no site", "is a total", "is not a number of children",
        "counts more children than there are", "one count without the other",
        "did you mean 'plan'", "a step and its note go together", "stands twice",
        "another number of cells", "chronic_absence.csv:12",
    )  # fmt: skip
    assert [words for words in expected if words not in told] == []


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("month,site,count,out_of,pdsa,note\n", "did you mean 'counted'"),
        ("month,site,counted,out_of,pdsa\n", "columns are missing: got 'note'"),
        ("site,month,counted,out_of,pdsa,note\n", "another order"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path, head, words):
    with pytest.raises(InputError, match=words):
        read_improvement(written(tmp_path, "", head=head), Rules())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("chronic_absense.csv", "did you mean 'chronic_absence'"),
        ("enrollment.csv", "no share with a good direction"),
    ],
)
def test_a_file_is_named_after_an_indicator(tmp_path, name, words):
    with pytest.raises(InputError, match=words):
        read_improvement(written(tmp_path, "2099-09,A School,40,300,,\n", name), Rules())


def test_other_files_are_not_passed_over(tmp_path):
    written(tmp_path, "", "chronic_absence.xlsx")
    with pytest.raises(InputError, match=r"Only \*\.csv is"):
        load_improvement("norwalk", Rules(), tmp_path)
    assert load_improvement("norwalk", Rules(), tmp_path / "none") == ()


def test_a_shift_is_told_from_chance(tmp_path):
    # Twelve months around 20 %, then twelve around 10 %: the median lies between, the longest
    # run is 12 of 24 useful points (limit round(log2 24) + 3 = 8), with one crossing (limit 8).
    high = [60, 62, 58, 61, 59, 63, 57, 60, 62, 58, 61, 59]
    low = [30, 32, 28, 31, 29, 33, 27, 30, 32, 28, 31, 29]
    months = [f"2099-{m:02d}" for m in range(1, 13)] + [f"2100-{m:02d}" for m in range(1, 13)]
    body = "".join(f"{m},A School,{x},300,,\n" for m, x in zip(months, [*high, *low], strict=True))
    (series,) = read_improvement(written(tmp_path, body), Rules())
    run, control = charts_of(series)
    assert (int(run.longest_run), int(run.crossings)) == (12, 1)
    assert (int(run.longest_run_limit), int(run.crossings_limit)) == (8, 8)
    assert str(run.verdict) == "shifted"
    # The centre of the control chart: all 1,080 counted of 7,200.
    assert control.centre[0] == pytest.approx(sum([*high, *low]) / (24 * 300))


def test_hidden_months_take_no_part_in_centre_or_limits(tmp_path):
    months = [f"2099-{m:02d}" for m in range(1, 12)]
    body = "".join(f"{m},A School,60,300,,\n" for m in months) + "2099-12,A School,3,10,,\n"
    (series,) = read_improvement(written(tmp_path, body), Rules())
    _, control = charts_of(series)
    assert control.centre[0] == pytest.approx(0.2)
    assert np.isnan(control.lower[-1])


def test_nine_months_are_too_few(tmp_path):
    body = "".join(f"2099-{m:02d},A School,60,300,,\n" for m in range(1, 10))
    (series,) = read_improvement(written(tmp_path, body), Rules())
    assert charts_of(series) is None


def test_the_documented_example_reads_and_is_clearly_made_up(project_root):
    series = load_improvement("lakeview", Rules(), project_root / EXAMPLE)
    verdicts = [str(charts_of(one)[0].verdict) for one in series]
    assert verdicts == ["shifted", "stable"]
    assert all(month.label > "2099" for one in series for month in one.months)
    assert not (project_root / "params" / "improvement").exists()
