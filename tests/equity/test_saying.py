"""Results in one plain sentence: what they say, in both languages, and how plainly."""

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from c2c_lib import equity
from c2c_lib.equity import (
    FAMILIES,
    MEASURES,
    Groups,
    Measured,
    change,
    change_between,
    gap_change_between,
    gaps,
    linear_trend,
    mann_kendall,
    measure,
    measures_table,
    pace_to_target,
    proficiency_gap,
    say,
    sentences,
    theil_sen,
    v_statistic,
)
from c2c_lib.equity.idea import idea_risk_ratio
from c2c_lib.equity.inequality import theil
from c2c_lib.equity.measures import example_of
from c2c_lib.equity.said import Said, sentence_of
from c2c_lib.errors import InputError
from c2c_lib.language import language as read_language
from support.reading import grade

EN, ES = (read_language(code, domain="measures") for code in ("en", "es"))
BEFORE = Measured.of(0.50, numerator=500, denominator=1000)
AFTER = Measured.of(0.60, numerator=600, denominator=1000)
YEARS = {"earlier_period": "2014-15", "later_period": "2018-19"}


def frame(girls: float, boys: float, **more: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator": "graduation_4yr",
            "geo_level": "district",
            "geo_id": "1030011",
            "period": "2018-19",
            "dimension": ["all", "gender", "gender"],
            "group": ["all", "female", "male"],
            "estimate": [(girls + boys) / 2, girls, boys],
            "denominator": [200.0, 100, 100],
            **more,
        }
    ).assign(numerator=lambda f: (f["estimate"] * f["denominator"]).round())


SAME = {
    "en": "boys, Norwalk School District, 2018-19: about the same as all students; "
    "the difference is smaller than the margin of error.",
    "es": "niños, Norwalk School District, 2018-19: casi igual que todos los "
    "estudiantes; la diferencia es menor que el margen de error.",
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_difference_within_chance_is_about_the_same(language: str) -> None:
    found = gaps(frame(0.71, 0.69), measures=["gap"])
    assert sentences(found, language).iloc[1].endswith(SAME[language])


def test_a_change_is_told_with_its_interval() -> None:
    found = change_between(BEFORE, AFTER, **YEARS, polarity="lower_is_better")
    assert say(found, since="2014-15") == (
        "Worse than in 2014-15: up 10.0 points (likely 5.6 to 14.3 points)."
    )
    assert say(found, "es", since="2014-15") == (
        "Peor que en 2014-15: subió 10.0 puntos (probablemente de 5.6 a 14.3 puntos)."
    )


def test_a_change_over_a_break_says_why_there_is_none() -> None:
    rows = frame(0.7, 0.6).iloc[[0, 0]].assign(period=["2018-19", "2021-22"])
    (told,) = sentences(change(rows))
    assert told.endswith(
        "there is no value. The two periods must not be compared: the measurement changed."
    )


def test_hidden_groups_are_told_as_a_range() -> None:
    hidden = frame(0.7, np.nan).assign(denominator=[200.0, 100, 100])
    hidden.loc[0, "estimate"] = 0.65
    (told,) = sentences(measure(hidden, "difference", draws=0), subject=False)
    assert told.startswith("Some figures are hidden to protect children; the value lies between")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_single_result_has_a_sentence(language: str) -> None:
    groups = Groups.of([0.3, 0.5], population=[100, 300], standard_error=[0.04, 0.03])
    results = [
        gap_change_between(AFTER, BEFORE, AFTER, AFTER, polarity="higher_is_better"),
        mann_kendall([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]),
        mann_kendall([0.1, 0.2]),
        theil_sen([0.1, 0.2, 0.1, 0.3, 0.2, 0.3]),
        linear_trend([0.1, 0.2, 0.3, 0.41]),
        pace_to_target(0.5, 0.6, 0.01, polarity="higher_is_better"),
        pace_to_target(0.5, 0.6, -0.01, polarity="higher_is_better"),
        proficiency_gap(0.66, 0.3, reference_n=2000, focal_n=5000),
        v_statistic([50, 120, 260, 310], [420, 510, 430, 190]),
        idea_risk_ratio(140, 1900, 40, 1510),
    ]
    told = [say(result, language) for result in results] + [
        say(theil(groups), language, measure="theil")
    ]
    assert len(set(told)) == len(told)
    for words in told:
        assert words.endswith(".")
        assert not re.search(r"[{}]|nan|&", words), words


def test_what_has_no_sentence_is_an_error() -> None:
    with pytest.raises(InputError, match="has no sentence"):
        say(3.5)
    with pytest.raises(InputError, match="several results"):
        say(theil_sen([[1, 2, 3], [3, 2, 1]]))
    with pytest.raises(InputError, match="measure='theil'"):
        say(theil(Groups.of([0.3, 0.5], population=[1, 2])))
    with pytest.raises(InputError, match="lacks columns of a result"):
        sentences(pd.DataFrame({"estimate": [1.0]}))


def test_every_measure_says_something_in_both_languages() -> None:
    data = pd.concat(
        [frame(0.6 + 0.02 * n, 0.5 + 0.01 * n, period=f"{2011 + n}-{12 + n}") for n in range(6)]
    )
    options = {"order": ["male", "female"], "target": 0.9, "target_year": 2030}
    found = measure(data, "all", draws=50, **options)
    english, spanish = sentences(found), sentences(found, "es")
    assert len(set(found["measure"])) > 45
    for told in (english, spanish):
        assert told.str.endswith(".").all()
        assert not told.str.contains(r"[{}]|\bnan\b|&\w+;", regex=True).any()
    assert not (english == spanish).any()


@pytest.mark.parametrize("family", [f.name for f in FAMILIES.values() if f.by_name_only])
def test_what_is_called_by_name_says_itself_too(family: str) -> None:
    for one in FAMILIES[family].measures:
        found = eval(example_of(one), {"equity": equity})  # noqa: S307 - our own text
        for language in ("en", "es"):
            told = sentences(found, language)
            assert told.str.endswith(".").all()
            assert not told.str.contains(r"[{}]|\bnan\b|&\w+;", regex=True).any()


def test_every_word_of_the_registry_is_translated() -> None:
    words = {one.title for one in MEASURES.values()} | {one.question for one in MEASURES.values()}
    for family in FAMILIES.values():
        words |= {*family.reasons.values(), *family.verdicts.values()}
    same = {word for word in words if str(ES.text(word)) == word}
    assert same == set()
    assert measures_table(language="es")["question"].str.startswith("¿").all()


def test_places_of_every_message_are_the_same_in_spanish() -> None:
    catalogue = ES._catalogue._catalog  # type: ignore[attr-defined]
    for message, spanish in catalogue.items():
        if message:
            places = [sorted(re.findall(r"{\w+}", text)) for text in (message, spanish)]
            assert places[0] == places[1], message


def test_english_sentences_are_plain() -> None:
    data = pd.concat(
        [
            frame(girls, boys, period=period, denominator=[2000.0, 1000, 1000], geo_id=place)
            for place, later in (("1030011", 0.61), ("1350011", 0.69))
            for period, girls, boys in (("2016-17", 0.7, 0.6), ("2018-19", 0.74, later))
        ]
    )
    found = pd.concat([gaps(data, measures=["gap", "excess"]), change(data)])
    told = sentences(found, subject=False)
    # One by one: a sentence that begins with a number is not told from the one before.
    assert np.mean([grade(words) for words in told]) <= 8


def test_a_measure_of_another_family_falls_back_to_title_and_value() -> None:
    said = Said("smoothed_rate", 0.2, 0.1, 0.3, status="estimated")
    assert (
        sentence_of(said, EN) == "Smoothed rate (empirical Bayes): 20.0% (likely 10.0% to 30.0%)."
    )
