"""Every example of data/en/datelines.toml, and the names of agencies in credits."""

from __future__ import annotations

import datetime

import pytest

from twosource.intake.credits import find_agency
from twosource.intake.report_dates import find_dates
from twosource.intake.titles import compose
from twosource.knowledge.datelines import Credit, Stamp, agencies, credit_rules, stamp_rules

TITLE = "Ferry resumes its crossings"
HEADER = (datetime.date(2019, 6, 20),)


def rules_seen(text: str) -> set[str]:
    """The rules that find a date; the examples' one title is given where they hold it."""
    composed = compose(TITLE if TITLE in text else None, text)
    seen = find_dates(composed.text, body=composed.body, title=composed.at, header=HEADER)
    return {sighting.rule for sighting in seen.found}


@pytest.mark.parametrize("rule", stamp_rules(), ids=lambda rule: rule.id)
def test_stamps_match_their_examples(rule: Stamp) -> None:
    assert [text for text in rule.matches if rule.id not in rules_seen(text)] == []
    assert [text for text in rule.leaves if rule.id in rules_seen(text)] == []


@pytest.mark.parametrize("rule", credit_rules(), ids=lambda rule: rule.id)
def test_credits_match_their_examples(rule: Credit) -> None:
    assert [text for text in rule.matches if find_agency(text) is None] == []
    assert [text for text in rule.leaves if find_agency(text) is not None] == []


FILED_AS = [
    ("Reuters", "RTRS"),
    ("AFP", "AGENCE FRANCE PRESSE"),
    ("AP", "THE ASSOCIATED PRESS"),
    ("UPI", "UNITED PRESS INTERNATIONAL"),
    ("dpa", "DEUTSCHE PRESSE-AGENTUR"),
    ("EFE", "AGENCIA EFE"),
    ("ANSA", None),
    ("PA Media", "PRESS ASSOCIATION"),
    ("AAP", "AUSTRALIAN ASSOCIATED PRESS"),
    ("Xinhua", "XINHUA NEWS AGENCY"),
    ("Kyodo", "KYODO NEWS"),
    ("Yonhap", "YONHAP NEWS AGENCY"),
    ("TASS", "ITAR TASS"),
    ("Interfax", None),
    ("Interfax-Ukraine", "INTERFAX UKRAINE"),
    ("RIA Novosti", "RIA"),
    ("Sputnik", None),
    ("Ukrinform", None),
    ("UNIAN", None),
    ("BelTA", None),
    ("Anadolu", "AA"),
    ("SANA", "SYRIAN ARAB NEWS AGENCY"),
    ("NNA", "NATIONAL NEWS AGENCY"),
    ("Petra News", "PETRA NEWS AGENCY"),
    ("SPA", "SAUDI PRESS AGENCY"),
    ("WAM", "EMIRATES NEWS AGENCY"),
    ("QNA", "QATAR NEWS AGENCY"),
    ("KUNA", "KUWAIT NEWS AGENCY"),
    ("BNA", "BAHRAIN NEWS AGENCY"),
    ("MENA", "MIDDLE EAST NEWS AGENCY"),
    ("INA", "IRAQI NEWS AGENCY"),
    ("IRNA", "ISLAMIC REPUBLIC NEWS AGENCY"),
    ("Fars News", "FNA"),
    ("Tasnim", "TASNIM NEWS AGENCY"),
    ("Mehr News", "MNA"),
    ("Saba News", "YEMEN NEWS AGENCY"),
    ("WAFA", None),
    ("SUNA", "SUDAN NEWS AGENCY"),
    ("LANA", "LIBYAN NEWS AGENCY"),
    ("APS", "ALGERIA PRESS SERVICE"),
    ("NAN", "NEWS AGENCY OF NIGERIA"),
    ("ENA", "ETHIOPIAN NEWS AGENCY"),
    ("APA", "AFRICAN PRESS AGENCY"),
    ("PTI", "PRESS TRUST OF INDIA"),
    ("ANI", "ASIAN NEWS INTERNATIONAL"),
    ("IANS", None),
    ("APP", "ASSOCIATED PRESS OF PAKISTAN"),
    ("Antara", None),
    ("Bernama", None),
    ("Bloomberg", "BLOOMBERG NEWS"),
    ("ANHA", "HAWAR NEWS AGENCY"),
    ("KCNA", "KOREAN CENTRAL NEWS AGENCY"),
    ("ISNA", "IRANIAN STUDENTS' NEWS AGENCY"),
]


@pytest.mark.parametrize(("name", "other"), FILED_AS, ids=[name for name, _ in FILED_AS])
def test_agencies_are_filed_under_their_short_name(name: str, other: str | None) -> None:
    assert find_agency(f"LODEVA ({name}) - The ferry sails again.") == name
    assert other is None or find_agency(f"The ferry sails again. ({other})") == name


def test_every_name_of_an_agency_is_a_credit_at_the_end() -> None:
    names = agencies().credit_names | agencies().ambiguous_credit_names
    assert len(names) > 300
    assert [name for name in names if find_agency(f"The ferry sails again. ({name})") is None] == []
    assert [name for name in names if find_agency(f"The ferry sails again. - {name.upper()}") is None] == []


def test_names_in_lower_case_are_no_credits() -> None:
    lower = {name.lower() for name in agencies().credit_names} - agencies().credit_names
    assert [name for name in sorted(lower) if find_agency(f"The ferry sails again. ({name})")] == []


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("The Associated Press", "AP"),
        ("THE ASSOCIATED PRESS", "AP"),
        ("Agence France Presse", "AFP"),
        ("Interfax Ukraine", "Interfax-Ukraine"),
        ("Ma’an", "Ma'an News Agency"),
        ("Associated Press of Pakistan", "APP"),
    ],
)
def test_spellings_of_one_name_lead_to_it(credit: str, name: str) -> None:
    assert find_agency(f"The ferry sails again. ({credit})") == name


def test_an_outlet_is_no_agency() -> None:
    assert find_agency("The ferry sails again. Source: Al Jazeera") is None
