"""The tables of actors and agencies keep their own rules, and find names as reports write them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from twosource.closed_sets import ActorKind
from twosource.errors import KnowledgeError
from twosource.knowledge import toml_rules
from twosource.knowledge.actors import (
    ActorRow,
    ActorTable,
    ActorWords,
    AgencyTable,
    WordUse,
    load_actor_table,
    load_actor_words,
    load_agencies,
)
from twosource.knowledge.name_index import fold_actor

ACTOR_KINDS = {
    ActorKind.STATE,
    ActorKind.STATE_FORCE,
    ActorKind.ARMED_GROUP,
    ActorKind.ORGANISATION,
    ActorKind.MONITOR,
}
ORDINARY = frozenset(
    re.findall(
        r"\w+",
        """
        a after aim all and as at back bad band base bin by can care cell chad china civic crew do down fact fast
        for force forces front from future general get given go group guard guards has he her his hope ice in is
        it its justice last life lions made man may memorial mend model more most movement must new no nor not
        now of off on one only or order other our out over own party peace people police power raw real rebel
        rebels right rise set shade she side site so some son state states such tap that the them then they this
        those time to turkey two under union unit united up us volunteers was we were west what when where which
        who will with won work wing world you
        """,
    )
)


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return load_actor_table()


@pytest.fixture(scope="module")
def agencies() -> AgencyTable:
    return load_agencies()


@pytest.fixture(scope="module")
def words() -> ActorWords:
    return load_actor_words()


def names_of(row: object) -> tuple[str, ...]:
    return (row.name, *row.aliases)  # type: ignore[attr-defined]


def ids(rows: tuple[ActorRow, ...]) -> list[str]:
    return [row.id for row in rows]


class TestTheTables:
    def test_are_as_large_as_promised(self, table: ActorTable, agencies: AgencyTable) -> None:
        assert len(table) >= 450
        assert len(agencies) >= 150

    def test_ids_stand_once_and_are_plain(self, table: ActorTable, agencies: AgencyTable) -> None:
        for rows in (table.rows, agencies.rows):
            assert not [row_id for row_id, count in Counter(row.id for row in rows).items() if count > 1]
            assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.id) for row in rows)

    def test_no_name_stands_twice_in_a_row(self, table: ActorTable, agencies: AgencyTable) -> None:
        for row in (*table.rows, *agencies.rows):
            folded = Counter(fold_actor(name) for name in names_of(row))
            assert max(folded.values()) == 1, (row.id, folded.most_common(1))

    def test_no_name_folds_to_nothing(self, table: ActorTable, agencies: AgencyTable) -> None:
        assert all(fold_actor(name) for row in (*table.rows, *agencies.rows) for name in names_of(row))

    def test_a_name_has_one_chief_meaning_and_every_other_is_marked(
        self, table: ActorTable, agencies: AgencyTable
    ) -> None:
        sure: dict[str, list[str]] = defaultdict(list)
        for row in (*table.rows, *agencies.rows):
            marked = {fold_actor(name) for name in row.ambiguous}
            for name in names_of(row):
                if fold_actor(name) not in marked:
                    sure[fold_actor(name)].append(row.id)
        assert not {name: rows for name, rows in sure.items() if len(rows) > 1}

    def test_marked_names_are_names_of_the_row(self, table: ActorTable, agencies: AgencyTable) -> None:
        for row in table.rows:
            assert {*row.ambiguous, *row.metonyms} <= set(names_of(row)), row.id
        for outlet in agencies.rows:
            assert set(outlet.ambiguous) <= set(names_of(outlet)), outlet.id

    def test_the_short_name_is_a_name_of_the_row_and_not_its_first(self, agencies: AgencyTable) -> None:
        for row in agencies.rows:
            if row.short is not None:
                assert row.short != row.name, row.id
                assert fold_actor(row.short) in {fold_actor(name) for name in names_of(row)}, row.id
                assert row.kind is ActorKind.AGENCY, row.id

    def test_an_agency_is_filed_under_its_short_name_however_it_is_spelt(self, agencies: AgencyTable) -> None:
        assert agencies.filed_as("THE ASSOCIATED PRESS") == agencies.filed_as("ap") == "AP"
        assert agencies.filed_as("TASS") == "TASS"
        assert agencies.filed_as("Al Jazeera") is None
        assert {"AP", "dpa"} <= agencies.credit_names
        assert {"Petra", "SPA"} <= agencies.ambiguous_credit_names

    def test_no_unmarked_name_of_one_word_is_an_ordinary_word(
        self, table: ActorTable, agencies: AgencyTable, words: ActorWords
    ) -> None:
        for row in (*table.rows, *agencies.rows):
            for name in set(names_of(row)) - set(row.ambiguous):
                if " " in name or (name.isupper() and len(name) <= 3):
                    continue
                found = name.lower() in ORDINARY or words.has_use(name, *set(WordUse) - {WordUse.GROUP_FORM})
                assert not found or row.id in {"chad", "china", "turkey"}, (row.id, name)

    def test_a_name_without_a_capital_is_an_unusual_word(self, table: ActorTable, agencies: AgencyTable) -> None:
        lower = {name for row in (*table.rows, *agencies.rows) for name in names_of(row) if name == name.lower()}
        unusual = {"anti-balaka", "antibalaka", "anti-balaka militia"}
        assert {name for name in lower if not re.search("[0-9]", name)} <= unusual

    def test_parents_and_predecessors_exist_and_make_no_circle(self, table: ActorTable) -> None:
        for above in (lambda row: (row.parent,) if row.parent else (), lambda row: row.succeeds):
            for row in table.rows:
                seen, waiting = {row.id}, list(above(row))
                while waiting:
                    row_id = waiting.pop()
                    found = table.get(row_id)
                    assert found is not None, (row.id, row_id)
                    assert row_id != row.id, f"{row.id} stands above itself"
                    if row_id not in seen:
                        seen.add(row_id)
                        waiting += above(found)

    def test_kinds_are_those_of_the_table(self, table: ActorTable, agencies: AgencyTable) -> None:
        assert {row.kind for row in table.rows} == ACTOR_KINDS
        assert {row.kind for row in agencies.rows} == {ActorKind.AGENCY, ActorKind.OUTLET}
        assert {row.side for row in agencies.rows} == {"state", None}

    def test_years_are_in_order_and_say_something(self, table: ActorTable) -> None:
        for row in table.rows:
            if row.years is not None:
                first, last = row.years
                assert first is not None or last is not None, row.id
                assert first is None or last is None or first <= last, row.id
                assert all(year is None or 1800 <= year <= 2100 for year in row.years), row.id

    def test_countries_are_two_letters_and_each_state_has_its_own(
        self, table: ActorTable, agencies: AgencyTable
    ) -> None:
        countries = [country for row in table.rows for country in row.country]
        countries += [row.country for row in agencies.rows if row.country]
        assert all(re.fullmatch("[A-Z]{2}", country) for country in countries)
        members = [row.country for row in table.rows if row.kind is ActorKind.STATE and row.adjectives]
        assert len(members) == len(set(members))

    def test_every_actor_says_what_names_it(self, table: ActorTable) -> None:
        assert all(row.source.startswith("general knowledge: ") and len(row.source) > 25 for row in table.rows)

    def test_have_digests_of_their_files(self, table: ActorTable, agencies: AgencyTable, words: ActorWords) -> None:
        digests = {table.digest, agencies.digest, words.digest}
        assert len(digests) == 3
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests)

    def test_a_broken_row_is_named_with_its_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        good = b'{"id":"a","name":"A","kind":"state","source":"s"}'
        monkeypatch.setattr(toml_rules, "data_bytes", lambda name: good + b"\n" + good.replace(b"state", b"planet"))
        with pytest.raises(KnowledgeError, match=r"actors\.jsonl, line 2"):
            load_actor_table()


FOUND = [
    ("Hayat Tahrir al-Sham", "hayat-tahrir-al-sham"),
    ("Hay’at Tahrir al Sham", "hayat-tahrir-al-sham"),
    ("HTS", "hayat-tahrir-al-sham"),
    ("the Syrian Observatory for Human Rights", "syrian-observatory-for-human-rights"),
    ("SOHR", "syrian-observatory-for-human-rights"),
    ("Isis", "islamic-state"),
    ("Da’esh", "islamic-state"),
    ("Syrian Army", "syrian-arab-army"),
    ("Asa'ib Ahl al-Haq", "asaib-ahl-al-haq"),
    ("the Houthis'", "houthis"),
    ("Hezbollah's", "hezbollah"),
    ("Israeli military", "israel-defense-forces"),
    ("Islamic Revolutionary Guard Corps", "islamic-revolutionary-guard-corps"),
    ("Rapid Support Forces", "rapid-support-forces"),
    ("SPLA-IO", "sudan-peoples-liberation-movement-in-opposition"),
    ("al Shabab", "al-shabaab"),
    ("M23", "march-23-movement"),
    ("Lord's Resistance Army", "lords-resistance-army"),
    ("Boko Haram", "boko-haram"),
    ("JNIM", "jamaat-nusrat-al-islam-wal-muslimin"),
    ("Arakan Army", "arakan-army"),
    ("Tehreek-e-Taliban Pakistan", "tehrik-i-taliban-pakistan"),
    ("Jamaat ul Ahrar", "jamaat-ul-ahrar"),
    ("Jaish-e-Mohammad", "jaish-e-mohammed"),
    ("New People’s Army", "new-peoples-army"),
    ("Security Service of Ukraine", "security-service-of-ukraine"),
    ("Kremlin", "russia"),
    ("White House", "united-states"),
    ("U.S.", "united-states"),
    ("U.N.", "united-nations"),
    ("Médecins sans Frontières", "doctors-without-borders"),
    ("Medecins Sans Frontieres", "doctors-without-borders"),
    ("EZLN", "zapatista-army-of-national-liberation"),
    ("Ejército de Liberación Nacional", "eln"),
    ("Viv Ansanm", "viv-ansanm"),
    ("Russian defence ministry", "russia-ministry-of-defence"),
    ("Russian Defense Ministry", "russia-ministry-of-defence"),
]


class TestFind:
    @pytest.mark.parametrize(("name", "row_id"), FOUND)
    def test_spellings_lead_to_their_row(self, table: ActorTable, name: str, row_id: str) -> None:
        assert ids(table.find(name))[:1] == [row_id]

    @pytest.mark.parametrize("name", ["us", "who", "Who", "it", "is", "mend", "site", "", "Salvador", "nobody at all"])
    def test_ordinary_words_lead_nowhere(self, table: ActorTable, name: str) -> None:
        assert table.find(name) == ()

    def test_a_name_of_several_actors_gives_all_of_them(self, table: ActorTable) -> None:
        assert set(ids(table.find("National Liberation Army"))) == {"eln", "national-liberation-army-macedonia"}
        assert {"allied-democratic-forces", "ambazonia-defence-forces"} <= set(ids(table.find("ADF")))
        assert table.ambiguous("ADF")

    def test_what_a_name_surely_means_comes_first(self, table: ActorTable) -> None:
        assert ids(table.find("DRC")) == ["democratic-republic-of-the-congo", "danish-refugee-council"]

    def test_a_renamed_group_is_another_row(self, table: ActorTable) -> None:
        later, earlier = table.find("Jabhat Fateh al-Sham")[0], table.find("al-Nusra Front")[0]
        assert later.id != earlier.id
        assert later.succeeds == (earlier.id,)

    def test_ambiguity_is_known(self, table: ActorTable) -> None:
        assert table.ambiguous("SDF")
        assert table.ambiguous("Amal")
        assert not table.ambiguous("Syrian Democratic Forces")
        assert not table.ambiguous("no such name")

    def test_metonyms_are_marked(self, table: ActorTable) -> None:
        assert all(table.metonym(name) for name in ("Kremlin", "the Kremlin", "Tehran", "White House", "Pentagon"))
        assert not table.metonym("Russia")

    def test_adjectives_lead_to_states_without_naming_them(self, table: ActorTable) -> None:
        assert ids(table.by_adjective("Russian")) == ["russia"]
        assert ids(table.by_adjective("Syrians")) == ["syria"]
        assert len(table.by_adjective("Congolese")) == 2
        assert table.by_adjective("polish") == ()

    def test_agencies_are_found(self, agencies: AgencyTable) -> None:
        found = {name: [row.id for row in agencies.find(name)] for name in ("SANA", "AFP", "Al-Jazeera", "the BBC")}
        assert found == {
            "SANA": ["sana"],
            "AFP": ["agence-france-presse"],
            "Al-Jazeera": ["al-jazeera"],
            "the BBC": ["bbc"],
        }
        assert agencies.find("Xinhua")[0].side == "state"
        assert agencies.find("Reuters")[0].side is None


LONGEST = [
    ("fighters of al - Qaeda in the Arabian Peninsula 's cell", 2, 7),
    ("al-Qaeda in the Arabian Peninsula", 0, 5),
    ("Islamic State of Iraq and al - Sham fighters", 0, 8),
    ("Islamic State fighters", 0, 2),
    ("Popular Front for the Liberation of Palestine - General Command", 0, 10),
    ("Lord 's Resistance Army", 0, 4),
    ("Syrian army troops", 0, 2),
    ("Hezbollah 's men", 0, 1),
    ("Houthis ' missiles", 0, 1),
    ("M23 rebels", 0, 2),
    ("Mai - Mai fighters", 0, 3),
    ("Tatmadaw", 0, 1),
    ("U.S. officials", 0, 1),
    ("US officials", 0, 1),
    ("WHO teams", 0, 1),
    ("Nato allies", 0, 1),
    ("Isis , the Islamic State", 0, 1),
    ("SYRIAN ARMY TAKES TOWN", 0, 2),
    ("told us that", 1, 0),
    ("Who did it", 0, 0),
    ("who did it", 0, 0),
    ("an Islamic state", 1, 0),
    ("the Islamic State", 0, 0),
    ("the Islamic State", 1, 2),
    ("Site of the blast", 0, 0),
    ("a free Syrian army", 1, 0),
    ("al - Bayda", 0, 0),
    ("as - Reuters", 0, 0),
    ("Iran - backed", 0, 1),
]


class TestLongest:
    @pytest.mark.parametrize(("text", "start", "length"), LONGEST)
    def test_takes_the_longest_name_and_no_more(self, table: ActorTable, text: str, start: int, length: int) -> None:
        assert table.longest(text.split(), start) == length

    def test_every_name_is_found_as_it_stands(self, table: ActorTable, agencies: AgencyTable) -> None:
        for index in (table, agencies):
            for row in index.rows:
                for name in names_of(row):
                    pieces = name.split()
                    assert row in index.find(name), name
                    if pieces[0].lower() != "the" and len(pieces) <= 8:
                        assert index.longest(pieces, 0) == len(pieces), name

    def test_agencies_in_running_text(self, agencies: AgencyTable) -> None:
        words = ["the", "Syrian", "Arab", "News", "Agency", "said", ",", "citing", "Al", "-", "Jazeera"]
        assert [agencies.longest(words, at) for at in (0, 1, 5, 7, 8)] == [0, 4, 0, 0, 3]
