"""Errors say what was wrong, the wrong value, what is allowed and the remedy, all at once."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.errors import BuildError, C2CError, InputError, Problem, Problems, did_you_mean

WORDS = st.text("abcde_-0", min_size=1, max_size=12)


def test_a_problem_reads_from_the_place_to_the_remedy():
    problem = Problem(
        "params/x.yml:3", "unknown city", "brigeport", "slug", "bridgeport", "Mend it."
    )
    assert str(problem) == (
        "params/x.yml:3: unknown city (in slug): got 'brigeport'; allowed: bridgeport. Mend it."
    )


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("", "is wrong"), "is wrong"),
        (Problem("f.csv", "is wrong"), "f.csv: is wrong"),
        (Problem("f.csv", "is wrong", column="c"), "f.csv: is wrong (in c)"),
        (Problem("f.csv", "is wrong", remedy="Mend it."), "f.csv: is wrong. Mend it."),
    ],
)
def test_what_a_problem_does_not_have_is_not_written(problem: Problem, text: str):
    assert str(problem) == text


def test_a_value_of_zero_is_written():
    problems = Problems()
    problems.add("f.csv:2", "is too small", value=0)
    assert [str(problem) for problem in problems] == ["f.csv:2: is too small: got '0'"]


def test_the_error_counts_and_lists_every_problem():
    assert (
        str(InputError([Problem("a", "is wrong")])) == "1 problem with the input:\n  - a: is wrong"
    )
    two = str(InputError([Problem("a", "is wrong"), Problem("b", "is late")]))
    assert two.splitlines() == ["2 problems with the input:", "  - a: is wrong", "  - b: is late"]


def test_the_error_takes_a_generator_and_keeps_it():
    error = InputError(Problem(str(n), "is wrong") for n in range(3))
    assert [problem.where for problem in error.problems] == ["0", "1", "2"]
    assert [len(str(error).splitlines()) for _ in range(2)] == [4, 4]


def test_an_error_comes_through_another_process_whole():
    error = InputError([Problem("a", "is wrong", "x", "c", "y", "Mend it.")])
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own bytes)
    assert isinstance(copy, InputError)
    assert copy.problems == error.problems
    assert str(copy) == str(error)


def test_wrong_input_and_a_failed_build_end_with_different_codes():
    # 2 is the shell's usual code for wrong usage, 1 for any other failure.
    assert (InputError([]).exit_code, BuildError().exit_code) == (2, 1)
    assert issubclass(InputError, C2CError)
    assert issubclass(BuildError, C2CError)


def test_the_same_problem_is_noted_once():
    problems = Problems()
    problems.add("a", "is wrong", value=1)
    problems.add("a", "is wrong", value=1)
    problems.extend(
        [Problem("a", "is wrong", "1"), Problem("b", "is wrong"), Problem("b", "is wrong")]
    )
    problems.extend(Problem("c", "is wrong") for _ in range(2))
    assert [problem.where for problem in problems] == ["a", "b", "c"]
    assert len(problems) == 3


def test_nothing_noted_raises_nothing():
    problems = Problems()
    problems.raise_if_any()
    assert len(problems) == 0


def test_everything_noted_is_raised_in_its_order():
    problems = Problems()
    problems.add("b", "is wrong")
    problems.add("a", "is wrong")
    with pytest.raises(InputError) as raised:
        problems.raise_if_any()
    assert [problem.where for problem in raised.value.problems] == ["b", "a"]


def test_two_lists_of_problems_do_not_share_their_problems():
    one, two = Problems(), Problems()
    one.add("a", "is wrong")
    assert len(two) == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("brigeport", "did you mean 'bridgeport'?"),
        ("NORWALK", "did you mean 'norwalk'?"),
        ("new-lonven", "did you mean 'new-london' or 'new-haven'?"),
        ("xyzzy", ""),
        ("", ""),
    ],
)
def test_the_nearest_words_are_named(wrong: str, said: str):
    allowed = ["bridgeport", "norwalk", "new-haven", "new-london"]
    assert did_you_mean(wrong, allowed) == said


def test_the_word_is_given_as_it_is_spelled():
    assert did_you_mean("two or more races", ["Two or More Races"]) == (
        "did you mean 'Two or More Races'?"
    )


@pytest.mark.parametrize(("wrong", "said"), [("Femal", "'Female'"), ("femal", "'female'")])
def test_of_two_spellings_the_nearer_is_named(wrong: str, said: str):
    assert did_you_mean(wrong, ["female", "Female"]) == f"did you mean {said}?"
    assert did_you_mean(wrong, ["Female", "female"]) == f"did you mean {said}?"


def test_no_word_is_near_where_none_is_allowed():
    assert did_you_mean("bridgeport", []) == ""


@given(allowed=st.lists(WORDS, min_size=1, max_size=8, unique=True), data=st.data())
def test_an_allowed_word_is_always_the_first_that_is_named(allowed: list[str], data: st.DataObject):
    word = data.draw(st.sampled_from(allowed))
    assert did_you_mean(word, allowed).startswith(f"did you mean '{word}'")


@given(wrong=WORDS, allowed=st.lists(WORDS, max_size=20))
def test_at_most_three_words_are_named_and_only_allowed_ones(wrong: str, allowed: list[str]):
    said = did_you_mean(wrong, allowed)
    named = said.split("'")[1::2]
    assert len(named) <= 3
    assert set(named) <= set(allowed)
    assert bool(named) == bool(said)
