"""Catalogues of single rooms beside that of the site."""

import pytest

from c2c_lib.catalog import Localized
from c2c_lib.language import MissingMessageError, language


def test_english_needs_no_catalogue() -> None:
    assert language("en", domain="anything").text("{n} points", n=3) == "3 points"


def test_spanish_comes_from_the_file_of_the_domain() -> None:
    assert language("es", domain="measures").text("{number} points", number=3) == "3 puntos"
    assert language("es", domain="measures").number(1234.5, 1) == "1,234.5"


def test_words_of_the_catalog_are_those_of_the_site_in_every_domain() -> None:
    words = Localized(en="Black students")
    site, room = language("es"), language("es", domain="measures")
    assert room.of(words) == site.of(words) != words.en


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(MissingMessageError, match="nowhere"):
        language("es", domain="nowhere").text("{number} points", number=3)
    with pytest.raises(ValueError, match="language is 'fr'"):
        language("fr", domain="measures")
