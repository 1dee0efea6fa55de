"""The box that looks through the index: on a server, from a folder, by keyboard alone."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from c2c_lib.reporting.page import PageContext, PageTemplate, SiteContext
from c2c_lib.reporting.search import search_body
from c2c_lib.reporting.serve import site_server

pytestmark = pytest.mark.browser

TITLES = {
    "Graduación en cuatro años": "Estudiantes que se gradúan a tiempo.",
    "Niños en pobreza": "Cuántos niños viven en pobreza en la ciudad.",
    "Gastos de vivienda": "Familias que pagan demasiado, y niños en ellas.",
    "Pobreza": "Lo que significa.",
    **{f"Lectura, nivel {number}": "" for number in range(50)},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """The page in the project's own frame, with made-up entries."""
    folder = tmp_path_factory.mktemp("site")
    pages = [
        (PageContext(title, "es", "", f"es/{n}/index.html"), f"<p>{text}</p>")
        for n, (title, text) in enumerate(TITLES.items())
    ]
    pages.append((PageContext("Protegidos", "es", "", "es/privacy/index.html"), ""))
    for city in ("Norwalk", "Stamford"):
        asked = '<section id="gaps"><h2 id="quien">¿Quién queda atrás?</h2></section>'
        address = f"es/{city.lower()}/index.html"
        pages.append((PageContext(f"Tarjeta {city}", "es", "", address, city.lower(), city), asked))
    template = PageTemplate(project_root / "reports/templates/page.html.j2")
    context = PageContext("Buscar", "es", "", "es/search/index.html")
    frame = SiteContext((), "1", "a", "2026-01-31", "2026", "2026-01-31")
    html = template.render(context, frame, search_body(pages, "es").split("</h1>", 1)[1])
    (folder / "es/search").mkdir(parents=True)
    (folder / "es/search/index.html").write_text(html, encoding="utf-8")
    (folder / "assets").mkdir()
    for name in ("search.js", "map.js", "c2c.css", "icon.svg"):
        (folder / "assets" / name).write_bytes(
            (project_root / "reports/assets" / name).read_bytes()
        )
    return folder


@contextlib.contextmanager
def under_strict_rules(site: Path) -> Iterator[str]:
    """Serve as `c2c serve` does, with its content-security policy."""
    with site_server(site) as server:
        server.RequestHandlerClass.keywords["directory"]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/es/search/index.html"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def address(site: Path) -> str:
    return (site / "es/search/index.html").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    opened = browser.new_page()
    opened.goto(address)
    yield opened
    opened.close()


def names(page: Page) -> list[str]:
    return page.locator(".find-list > li > a").all_inner_texts()


def ask(page: Page, words: str) -> list[str]:
    page.get_by_role("searchbox").fill(words)
    return names(page)


def test_without_a_script_the_index_is_there_and_no_box_that_does_not_answer(
    browser: Browser, address: str
):
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(address)
        expect(plain.locator("form.find")).to_be_hidden()
        expect(plain.locator(".az li")).to_have_count(len(TITLES) + 4)
        expect(plain.get_by_role("link", name="Niños en pobreza")).to_be_visible()


def test_it_answers_on_a_server_with_strict_rules(browser: Browser, site: Path):
    errors: list[str] = []
    with under_strict_rules(site) as home:
        page = browser.new_page()
        page.on("console", lambda message: errors.append(message.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{home}?q=gradu")
        assert names(page) == ["Graduación en cuatro años"]
        page.close()
    assert errors == []


LEFT = "¿Quién queda atrás?"
FOUND = {
    "graduacion": ["Graduación en cuatro años"],  # without its accent
    "GRADUACIÓN": ["Graduación en cuatro años"],
    "gradu cuat": ["Graduación en cuatro años"],  # beginnings of two words
    "pobreza": ["Pobreza", "Niños en pobreza"],  # the name that begins with it is first
    "niños": ["Niños en pobreza", LEFT, "Gastos de vivienda"],  # a name, another name, a text
    "nino": ["Niños en pobreza", LEFT, "Gastos de vivienda"],  # another form of the word
    "confidencialidad": ["Protegidos"],  # another name of it
    "FERPA": ["Protegidos"],
    "pobresa": ["Pobreza", "Niños en pobreza"],  # misspelt
    "graduaicon": ["Graduación en cuatro años"],  # two letters exchanged
    "pobresa niñes": ["Niños en pobreza"],
    "gradu xyzzy": ["Graduación en cuatro años"],  # one of the words is nowhere
    "ninos vivienda": ["Gastos de vivienda"],  # every word must be there
    "graduados": ["Graduación en cuatro años"],  # a word like it, where none fits
    "gradxyz": ["Graduación en cuatro años"],
    "graxyz": [],  # four letters must be left
    "breza": [],  # not the middle of a word
}


def test_what_is_found_and_in_which_order(page: Page):
    assert {words: ask(page, words) for words in FOUND} == FOUND
    expect(page.locator(".az")).to_be_hidden()


def test_how_much_is_found_is_said_to_screen_readers(page: Page):
    status = page.get_by_role("status")
    ask(page, "pobreza")
    expect(status).to_have_text("2 lugares encontrados, primero los más cercanos.")
    ask(page, "gradu")
    expect(status).to_have_text("1 lugar encontrado.")
    ask(page, "graduados")
    expect(status).to_have_text(
        "Ningún lugar tiene estas palabras tal cual. Lugares con palabras parecidas: 1."
    )
    ask(page, "xyz")
    expect(status).to_contain_text("Nada tiene todas estas palabras.")
    assert len(ask(page, "lectura")) == 40
    expect(status).to_have_text("50 lugares encontrados; estos son los 40 más cercanos.")
    ask(page, " ")
    expect(status).to_have_text("")
    expect(page.locator(".az")).to_be_visible()
    assert names(page) == []


def test_it_is_used_by_keyboard_alone(page: Page):
    box = page.get_by_label("¿Qué busca?")
    box.focus()
    page.keyboard.type("pobreza")
    page.keyboard.press("Enter")  # asks nothing of any server
    first, second = (page.locator(".find-list > li > a").nth(n) for n in (0, 1))
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    expect(page.locator(".az")).to_be_visible()


def test_the_links_found_lead_where_the_index_leads(page: Page):
    ask(page, "gradu")
    assert page.locator(".find-list a").get_attribute("href") == "../0/index.html"


def test_where_a_city_is_named_the_way_leads_to_its_page(page: Page):
    first = page.locator(".find-list > li > a")
    assert ask(page, "estudiantes negros") == [LEFT]
    assert first.get_attribute("href") == "../norwalk/index.html#quien"
    assert ask(page, "estudiantes negros Stamford") == [f"{LEFT} (Stamford)"]
    assert first.get_attribute("href") == "../stamford/index.html#quien"


ASKED = {
    "search": {
        "absenteeism": "Missing too much school",
        "attendence": "Missing too much school",
        "graduation rate": "Graduating in four years",
        "drop out": "Graduating in four years",
        "3rd grade reading": "Third graders who read at the standard",
        "lectura tercer grado": "Third graders who read at the standard",
        "black students": "Who is being left out?",
        "poor kids": "Children in poverty",
        "preschool": "Young children in preschool",
        "free lunch": "Students with free or reduced-price meals",
        "special ed": "Students with disabilities",
        "privacy": "How are children protected?",
        "my school": "How do students do in each school?",
        "low birth weight": "Babies born too small",
        "norwalk": "Norwalk report card 2026",
        "norwalk absences": "Missing too much school (Norwalk)",
        "brien mcmahon": "Brien McMahon High School",
        "wifi": "Homes with a computer and fast internet",
        "jobs": "Adults at work",
    },
    "es/search": {
        "ausentismo": "Faltar demasiado a la escuela",
        "asistencia": "Faltar demasiado a la escuela",
        "lectura tercer grado": "Lectura en tercer grado",
        "tasa de graduacion": "Graduación en cuatro años",
        "estudiantes negros": "¿A quiénes estamos dejando atrás?",
        "seguro de salud": "Niños sin seguro médico",
        "barrio": "¿Depende de dónde vive un niño?",
        "desempleo": "En busca de trabajo",
        "privacidad": "¿Cómo se protege a los niños?",
        "peso al nacer": "Bebés nacidos con bajo peso",
        "prekinder": "Niños pequeños en preescolar",
    },
}


@pytest.mark.parametrize("folder", ASKED)
def test_what_a_parent_asks_in_their_own_words_is_among_the_first_four(
    browser: Browser, built_site: Path, folder: str
):
    page = browser.new_page()
    page.goto((built_site / folder / "index.html").as_uri())
    missed = {}
    for words, wanted in ASKED[folder].items():
        first = ask(page, words)[:4]
        if wanted not in first:
            missed[words] = first
    page.close()
    assert missed == {}
