from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from twosource.intake import fetching
from twosource.intake.fetching import Answered, Fetcher, Validators
from twosource.records import Issue
from web_host import Answer, Host, serving


class Clock:
    """Seconds that pass only while somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waited: list[float] = []

    def read(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def host() -> Iterator[Host]:
    with serving() as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Iterator[Fetcher]:
    with Fetcher(version="1", clock=clock.read, wait=clock.wait) as made:
        yield made


def reason(found: Answered | Issue) -> str:
    assert isinstance(found, Issue)
    assert found.code == "not-fetched"
    return found.reason


def test_an_address_gives_its_bytes_and_what_its_host_says_of_them(host: Host, fetcher: Fetcher) -> None:
    headers = {"Content-Type": "text/html; charset=koi8-r", "ETag": '"1"', "Last-Modified": "Mon, 03 Jun 2019"}
    host.answers["/a"] = Answer(b"words", headers=headers)
    found = fetcher.fetch(f"{host.address}/a")
    assert isinstance(found, Answered)
    assert (found.data, found.media_type, found.charset) == (b"words", "text/html", "koi8-r")
    assert found.validators == Validators(etag='"1"', modified="Mon, 03 Jun 2019")
    assert host.asked[-1][1]["user-agent"] == "twosource/1"


def test_what_has_not_changed_is_not_sent_again(host: Host, fetcher: Fetcher) -> None:
    host.answers["/a"] = Answer(b"words", headers={"ETag": '"1"'})
    known = Validators(etag='"1"', modified="Mon, 03 Jun 2019")
    found = fetcher.fetch(f"{host.address}/a", known)
    assert isinstance(found, Answered)
    assert (found.data, found.validators) == (None, known)
    assert host.asked[-1][1]["if-modified-since"] == "Mon, 03 Jun 2019"


def test_robots_are_asked_once_and_kept_to(host: Host, fetcher: Fetcher) -> None:
    host.answers["/robots.txt"] = Answer(b"User-agent: twosource\nDisallow: /private\n")
    host.answers["/a"] = host.answers["/private"] = Answer(b"words")
    assert "asks not to fetch" in reason(fetcher.fetch(f"{host.address}/private"))
    assert isinstance(fetcher.fetch(f"{host.address}/a"), Answered)
    assert host.paths == ["/robots.txt", "/a"]


def test_a_host_whose_robots_fail_is_left_in_peace(host: Host, fetcher: Fetcher) -> None:
    host.answers["/robots.txt"] = Answer(status=500)
    host.answers["/a"] = Answer(b"words")
    assert "no sure answer" in reason(fetcher.fetch(f"{host.address}/a"))
    assert host.paths == ["/robots.txt"]


def test_two_requests_to_a_host_stand_as_far_apart_as_it_asks(host: Host, fetcher: Fetcher, clock: Clock) -> None:
    host.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 7\n")
    host.answers["/a"] = Answer(b"words")
    for _ in range(2):
        fetcher.fetch(f"{host.address}/a")
    assert clock.waited == [7.0, 7.0]


def test_two_seconds_pass_where_a_host_asks_for_nothing(host: Host, fetcher: Fetcher, clock: Clock) -> None:
    host.answers["/a"] = Answer(b"words")
    fetcher.fetch(f"{host.address}/a")
    assert clock.waited == [2.0]


def test_a_redirect_is_followed_under_the_robots_of_where_it_leads(host: Host, fetcher: Fetcher) -> None:
    with serving() as other:
        other.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /b\n")
        host.answers["/a"] = Answer(status=302, headers={"Location": f"{other.address}/b"})
        assert "asks not to fetch" in reason(fetcher.fetch(f"{host.address}/a"))
        assert other.paths == ["/robots.txt"]


def test_redirects_in_a_ring_come_to_an_end(host: Host, fetcher: Fetcher) -> None:
    host.answers["/a"] = Answer(status=301, headers={"Location": "/a"})
    assert "more than 5 times" in reason(fetcher.fetch(f"{host.address}/a"))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(status=404), "answers 404"),
        (Answer(status=429, headers={"Retry-After": "120"}), "asks to come back after 120"),
        (Answer(status=500), "answers 500"),
    ],
)
def test_what_can_not_be_had_is_told(host: Host, fetcher: Fetcher, answer: Answer, expected: str) -> None:
    host.answers["/a"] = answer
    assert expected in reason(fetcher.fetch(f"{host.address}/a"))


@pytest.mark.parametrize("address", ["file:///etc/hosts", "ftp://a.example/x", "http://", "http://a.example:x/"])
def test_only_addresses_of_the_web_are_asked_for(fetcher: Fetcher, address: str) -> None:
    assert "no address of the web" in reason(fetcher.fetch(address))


def test_a_host_that_is_not_there_is_told(fetcher: Fetcher) -> None:
    with serving() as host:
        address = host.address
    assert "can't be reached" in reason(fetcher.fetch(f"{address}/a"))


def test_a_small_answer_that_unpacks_too_large_is_cut(
    host: Host, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 2**20)
    packed = gzip.compress(b"a" * (2**20 + 1))
    host.answers["/a"] = Answer(packed, headers={"Content-Encoding": "gzip", "Content-Type": "text/plain"})
    found = fetcher.fetch(f"{host.address}/a")
    assert isinstance(found, Issue)
    assert found.code == "too-large"
