"""Every Spanish message is Spanish of the United States, and one thing has one word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from c2c_lib.language.catalogue import read_catalogue
from c2c_lib.language.extraction import words_of

UNCHANGED = {
    # Names, signs and words that are the same in both languages.
    "%", "n={count}", "≈{count}", "No", "Total", "CTData", "CTData Collaborative", "DataHaven",
    "EdSight, Smarter Balanced", "Opportunity Atlas", "Urban Institute", "Connecticut: {value}.",
    "{city}, Connecticut", "PDF ({paper}, {size} MB)",
    "{count} MB",
    "{count} kB",
}  # fmt: skip
WORDLESS = re.compile(r"\{[^}]*\}|<[^>]*>|[^\w{<]|[\d_]")
ENGLISH = re.compile(r"\b(the|and|with|which|figures?|children|students?|school|not|are)\b")
NAMES = re.compile(
    r"Stamford Cradle to Career|Waterbury Bridge to Success|School Readiness|Smarter Balanced"
)
SPELLED_OUT = {
    "ACS", "CSDE", "DPH", "ELA", "FRPM", "IEP", "MOE", "NCHS",
}  # fmt: skip
"""What English spells out; the Spanish must not bring the letters back."""
TITLE_CASE = re.compile(
    r"^(?:¿)?[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?: (?:de|del|la|las|el|los|y|en|por|al))*(?: [A-ZÁÉÍÓÚÑ][a-z"
    r"áéíóúñ]+){2,}"
)
PROPER = re.compile(
    r"Norwalk|Stamford|Waterbury|Bridgeport|Connecticut|Oportunidades|Smarter|Urban|Departamento|"
    r"Stanford|StriveTogether|Opportunity|Centro"
)
# One thing, one word: what stands here is said otherwise on the pages.
OTHERWISE = {
    r"\bgráficos?\b": "gráfica",
    r"\baprendices\b": "estudiantes que aprenden inglés",
    r"\bquiebres?\b": "corte",
    r"\bsuperpon": "se traslapan",
    r"\beditor(?:es)?\b": "quien la publica, la fuente",
    r"\bmás o menos igual": "casi igual",
    r"\btraer(?:ía)? el azar": "causaría el azar",
    r"\bel de la cuna a la carrera\b|\bde la cuna a la carrera\b": "de la cuna al empleo",
    r"\bdígase\b": "diga",
    r"\bpobres\b": "en pobreza",
    r"\b(?:las|unas|muchas) conteos\b": "los conteos",
    r"\bson ni\b": "no son ni",
    r"\bnecesarios: \{": "mínimo: {",
    r"\d por ciento\b|\d %": "95%",
    r"[«»]|(?<![=\w])\"[^\"<>=]+\"": "“…”",
    r"\d,\d{1,2}\b(?!\d)": "a decimal point, as 12.4",
    r"\b(?:tú|vos|vosotros|tu|tus)\b": "usted",
    r"\bUS\b|\bEEUU\b|\bEE\.UU\.": "EE. UU.",
    r"\brupturas?\b": "corte",
    r"\bmayor brecha\b": "la brecha más grande",
    r"\brangos? anchos?\b": "un rango amplio",
    r"(?-i:\bdel censo\b)(?! de \d)": "del Censo",
    r"\blee[nr]? al nivel\b(?! esperado| de su grado)": "al nivel esperado",
    r"\bda comidas gratuitas(?! a )": "da comidas gratuitas a todos",
    r"\binventario de ingreso(?! al kínder)\b": "inventario de ingreso al kínder",
}

# The glossary: what is said in English is always said with this in Spanish.
GLOSSARY = {
    r"\btowns?\b": "pueblo",
    r"\bthresholds?\b": "umbral",
    r"\bbenchmarks\b": "criterio",
    r"\bgateways?\b": "etapa|criterios",
    r"\bpublishers?\b": "fuente|publi",
    r"\bmargins? of error\b": "m[aá]rg[eé]n(es)? de error",
    r"\btracts?\b": "sector",
    r"\bneighborhoods?\b": "vecindario",
    r"\bdistricts?\b": "distrito",
    r"\bhouseholds?\b": "hogar",
    r"\bbaseline\b": "punto de partida",
    r"\bbreaks?\b": "corte|corta|cortó",
    r"\btargets?\b": "meta",
    r"\bgaps?\b": "brecha",
    r"\bratios?\b": "raz[oó]n",
    r"\bchance\b(?! to)": "azar",
    r"\b(?:^Share of|the share|shares)\b(?! years)": "proporci|porcentaje",
    r"\bindicators?\b": "indicador",
    r"(?<!has the )\boutcomes?\b": "resultado",
    r"\bpartnerships?\b": "alianza",
    r"\bsurveys?\b(?!'s)": "encuesta",
    r"\breport cards?\b": "informe",
    r"\bcodebook\b": "libro de códigos",
    r"\bworkbook\b": "libro",
    r"\bdownloads?\b": "descarg",
    r"\beditions?\b": "edici",
    r"\blimits?\b": "límite",
    r"\bquality\b": "calidad",
    r"\blikely range\b": "rango probable",
    r"\blikely rank\b": "puesto probable",
    r"\bwidest gap\b": "brecha más grande",
    r"\bhigh needs\b": "altas necesidades",
    r"\bscores?\b(?!d)": "puntaje|calific|notas?\\b",
    r"\bmeals\b": "comidas",
    r"\bkindergart(?!ners whom)": "kínder",
    r"\bfigures?\b": "cifra",
}

Said = tuple[str, str]


def said(domain: str) -> Iterator[Said]:
    """Yield every message of a catalogue, English and Spanish, both forms of a plural."""
    for message in read_catalogue("es", domain):
        if isinstance(message.id, str):
            if message.id:
                yield message.id, str(message.string)
        elif message.id:
            yield from zip(message.id, message.string, strict=True)


def said_in_files() -> Iterator[Said]:
    """Yield the words of the project's files that bring their own Spanish along."""
    root = Path(__file__).parents[2]
    for folder in ("src/c2c_lib", "params", "docs/examples"):
        for file in sorted((root / folder).rglob("*.yml")):
            yield from own_words(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader))


def own_words(content: object) -> Iterator[Said]:
    """Yield English and Spanish of every mapping that has both, at any depth.

    Lists are readers' own words for the search box, which are no translation of each other.
    """
    if isinstance(content, dict) and {"en", "es"} <= content.keys():
        if isinstance(content["en"], str):
            yield content["en"], content["es"]
    elif isinstance(content, (dict, list)):
        for part in content.values() if isinstance(content, dict) else content:
            yield from own_words(part)


PAIRS = {domain: tuple(said(domain)) for domain in ("c2c", "measures")}
PAIRS["c2c"] += tuple(said_in_files())
EVERY = tuple(pair for pairs in PAIRS.values() for pair in pairs)


def test_there_is_much_to_read() -> None:
    assert len(PAIRS["c2c"]) > 2000
    assert len(PAIRS["measures"]) > 250


def test_nothing_is_left_as_it_was_in_english() -> None:
    same = {english for english, spanish in EVERY if english == spanish and words_in(english)}
    assert same - UNCHANGED == set()


def words_in(text: str) -> str:
    return WORDLESS.sub("", text)


def test_no_english_words_stand_in_spanish() -> None:
    found = [
        spanish
        for _, spanish in PAIRS["c2c"]
        if ENGLISH.search(NAMES.sub("", re.sub(r"[\w.]+_[\w.]+|\{[^}]*\}", "", spanish)))
    ]
    assert found == []


def test_every_question_and_cry_opens_as_it_closes() -> None:
    wrong = [s for _, s in EVERY if s.count("¿") != s.count("?") or s.count("¡") != s.count("!")]
    assert wrong == []


def test_a_question_stays_a_question() -> None:
    wrong = [s for english, s in EVERY if english.endswith("?") != s.endswith("?")]
    assert wrong == []


def test_headings_are_in_sentence_case() -> None:
    found = [s for _, s in PAIRS["c2c"] if TITLE_CASE.match(s) and not PROPER.search(s)]
    assert found == []


@pytest.mark.parametrize("pattern", OTHERWISE)
def test_one_thing_has_one_word(pattern: str) -> None:
    wrong = [
        s for _, s in EVERY if re.search(pattern, s, re.IGNORECASE if pattern.islower() else 0)
    ]
    assert wrong == [], f"on the pages it is {OTHERWISE[pattern]}"


@pytest.mark.parametrize("english", GLOSSARY)
def test_one_english_term_has_one_spanish_term(english: str) -> None:
    spoken = [(re.sub(r"\{[^}]*\}|<[^>]*>", "", e), s) for e, s in EVERY]
    meant = [(e, s) for e, s in spoken if re.search(english, e, re.IGNORECASE)]
    assert meant, "nothing says it: drop it from the glossary"
    assert [(e, s) for e, s in meant if not re.search(GLOSSARY[english], s, re.IGNORECASE)] == []


def test_the_form_for_one_is_in_the_singular() -> None:
    ones = [
        str(message.string[0])
        for message in read_catalogue("es")
        if isinstance(message.id, tuple) and message.id
    ]
    assert ones
    assert [one for one in ones if re.search(r"\{count\} \w+s\b", one)] == []


def test_spanish_brings_no_acronym_back() -> None:
    found = {
        (word, spanish)
        for _, spanish in PAIRS["c2c"]
        for word in re.findall(r"\b[A-Z]{2,}\b", spanish)
        if word in SPELLED_OUT
    }
    assert found == set()


def test_an_acronym_of_spanish_stands_in_english_too() -> None:
    for english, spanish in PAIRS["c2c"]:
        here = set(re.findall(r"\b[A-Z]{3,}\b", spanish))
        assert here <= set(re.findall(r"[A-Z]{3,}", english)), spanish


def test_numbers_are_the_same_in_both_languages() -> None:
    def numbers(text: str) -> list[str]:
        # "9.º" is a number where "ninth" is none.
        text = re.sub(r"\d+\.(?:º|er)|\{[^}]*\}", "", text)
        return sorted(re.findall(r"\d[\d,.]*\d|\d\d+", text.replace("-", " ")))

    grades = re.compile(r"grade|GRADE|-graders?|grader", re.IGNORECASE)
    wrong = [
        (english, spanish)
        for english, spanish in PAIRS["c2c"]
        if not grades.search(english) and numbers(english) != numbers(spanish)
    ]
    assert wrong == []


def test_what_the_catalogue_translates_stands_in_no_other_file(project_root: Path) -> None:
    catalogue = read_catalogue("es")
    data = project_root / "src" / "c2c_lib" / "catalog" / "data"
    twice = [
        (file.name, words.en)
        for file in (*data.glob("*.yml"), *(project_root / "params").glob("*.yml"))
        for words in words_of(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader))
        if words.own("es") is not None and catalogue.get(words.en) is not None
    ]
    assert twice == []
