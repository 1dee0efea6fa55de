"""From files to a card: which figures are behind it, and by whose rules."""

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import InputError
from c2c_lib.observations import load_observations
from c2c_lib.params import load_cities, load_city
from c2c_lib.params.model import PrivacyRules
from c2c_lib.privacy import Rules
from c2c_lib.reporting import cards
from c2c_lib.reporting.cards import (
    card_figures,
    publishable_for,
    report_card,
    site_rules,
    site_table,
)


@pytest.fixture(scope="module")
def card():
    return report_card("norwalk")


def test_a_card_is_of_the_city_and_in_the_language_asked_for(card):
    assert (card.city.slug, card.language.code) == ("norwalk", "en")
    assert card.edition.label
    assert card.findings["graduation_4yr"].place.name == "Norwalk School District"
    assert card.findings["child_poverty"].place.geo_level == "town"


def test_an_unknown_city_names_the_near_one():
    with pytest.raises(InputError, match=r"norwolk.*did you mean 'norwalk'"):
        report_card("norwolk")


def test_an_unknown_language_names_the_known_ones():
    with pytest.raises(ValueError, match=r"'fr'.*'en'"):
        report_card("norwalk", "fr")


def test_the_site_has_the_strictest_rule_of_all_cities(monkeypatch):
    norwalk, stamford = load_city("norwalk"), load_city("stamford")
    monkeypatch.setattr(
        cards,
        "load_cities",
        lambda: {
            "norwalk": norwalk.model_copy(
                update={"privacy": PrivacyRules(minimum_numerator=9, minimum_denominator=20)}
            ),
            "stamford": stamford.model_copy(
                update={"privacy": PrivacyRules(minimum_numerator=6, minimum_denominator=31)}
            ),
        },
    )
    assert site_rules() == Rules(minimum_numerator=9, minimum_denominator=31)


def test_the_rules_of_a_card_are_those_of_the_site(card):
    assert card.rules == site_rules()


def test_the_same_rules_pass_the_gate_once():
    assert publishable_for(site_rules()) is publishable_for(site_rules())


def test_the_gate_keeps_every_row_and_only_hides():
    before, after = load_observations(), publishable_for(site_rules()).frame
    keys = ["indicator", "geo_level", "geo_id", "period", "dimension", "group"]
    assert after[keys].equals(before[keys])
    shown = after["status"] == "published"
    assert before.loc[shown, "status"].eq("published").all()
    assert after.loc[shown, "estimate"].equals(before.loc[shown, "estimate"])


def test_the_figures_of_a_card_are_the_city_its_tracts_the_state_and_its_peers(card):
    catalog = load_catalog()
    rows = card_figures(card.city, site_table(card.rules), catalog)
    named = {(p.geo_level, p.geo_id): p for p in catalog.places}
    places = [named[key] for key in zip(rows["geo_level"], rows["geo_id"], strict=True)]
    slugs = {p.place for p in places if p.geo_level not in ("tract", "school")}
    assert {"norwalk", "connecticut"} <= slugs <= {"norwalk", "connecticut", *card.city.peers}
    assert {p.parent for p in places if p.geo_level == "tract"} == {card.city.places.town}
    assert {p.parent for p in places if p.geo_level == "school"} == {card.city.places.district}
    assert list(rows.index) == list(range(len(rows)))


def test_every_figure_of_a_finding_is_among_them(card):
    rows = card_figures(card.city, publishable_for(card.rules), load_catalog())
    there = set(
        rows[["indicator", "geo_id", "period", "dimension", "group"]].itertuples(index=False)
    )
    asked = [
        (o.indicator, o.geo_id, o.period.label, o.dimension, o.group)
        for f in card.findings.values()
        for o in (
            *f.series,
            *f.state_series,
            *f.peers,
            *(g.observation for s in f.gap_sets for g in s.gaps),
        )
    ]
    assert len(asked) > 500
    assert [key for key in asked if key not in there] == []


@pytest.mark.thorough
def test_maps_share_their_classes_and_show_their_own_tracts():
    built = {slug: report_card(slug).neighborhoods for slug in load_cities()}
    assert len({each.classes.breaks for each in built.values()}) == 1
    catalog = load_catalog()
    for slug, each in built.items():
        town = load_city(slug).places.town
        inside = {
            p.geo_id
            for p in catalog.places
            if p.geo_level == "tract" and p.parent == town and p.vintage == "planning-region-2022"
        }
        assert set(each.ground.names) == inside
        assert len(each.ground.around.outline) == 1
