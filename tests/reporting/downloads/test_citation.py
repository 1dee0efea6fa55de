import json
import re

from c2c_lib.figures.report_card import Edition
from c2c_lib.params import load_city
from c2c_lib.reporting.downloads.citation import citation_of

EDITION = Edition("2026", "2026-11-21")


def test_it_names_partnership_year_title_and_edition_in_every_form():
    citation = citation_of(load_city("norwalk"), EDITION, "en")
    assert re.fullmatch(
        r"Norwalk ACTS \(2026\)\. Norwalk: cradle-to-career indicators\. "
        r"Edition 2026 \[data set\]\. Made with c2c [\d.]+\.",
        citation.text,
    )
    (item,) = json.loads(citation.csl)
    assert item["author"] == [{"literal": "Norwalk ACTS"}]
    assert item["issued"] == {"date-parts": [[2026, 11, 21]]}
    assert (item["type"], item["version"]) == ("dataset", "2026")
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", citation.bibtex, re.MULTILINE))
    assert citation.bibtex.startswith("@misc{c2c-norwalk-2026,\n")
    assert citation.bibtex.endswith("}\n")
    assert fields["author"] == "{Norwalk ACTS}"
    assert (fields["year"], fields["month"]) == ("2026", "11")


def test_braces_balance_and_what_latex_takes_for_a_command_is_escaped(city_info):
    citation = citation_of(city_info("a_b", "A_B"), EDITION, "en")
    assert r"A\_B \& Friends" in citation.bibtex
    assert citation.bibtex.count("{") == citation.bibtex.count("}")


def test_it_speaks_the_language_of_the_page():
    citation = citation_of(load_city("norwalk"), EDITION, "es")
    assert "Norwalk: indicadores de la cuna al empleo. Edición 2026" in citation.text
