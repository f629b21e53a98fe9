"""What every screen is handed: the open project, the templates, the imports that run, and how a page is answered."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable, Mapping

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from twosource.corpus_records import Event
from twosource.store import Project
from twosource.store.state import contents_of, events_kept, last_event, state_of
from twosource.views.disagreements import DisagreementRow, disagreements_on
from twosource.views.events import count_events, largest_events
from twosource.views.lineage import count_lineages, count_reports_alone
from twosource.views.project import Counts, counts
from twosource.views.sources import OutletRow, list_outlets
from twosource.views.tellings import most_on_a_page
from twosource.web.access import Access
from twosource.web.answers import Answers
from twosource.web.decision_log import DecisionLog
from twosource.web.imports import Imports
from twosource.web.navigation import NAVIGATION
from twosource.web.queue import Queue

__all__ = ["Desk", "is_partial"]

Weighed = Mapping[tuple[str, tuple[str, ...]], tuple[DisagreementRow, ...]]
"""The disagreements on events, by the event's id and its claims' ids."""
_WEIGHED = "the largest events weighed"

_LARGEST = 20  # events: only those have so many claims that to hold them against each other takes long
_HEADERS = {"Cache-Control": "no-store", "Vary": "HX-Request"}


class Desk:
    """One open project as the screens see it. ``csrf`` is the token that every form of this desk carries."""

    def __init__(
        self,
        project: Project,
        templates: Environment,
        imports: Imports,
        access: Access,
        today: Callable[[], datetime.date],
    ) -> None:
        self.project = project
        self.templates = templates
        self.imports = imports
        self.queue = Queue(project, imports)
        self.answers = Answers(project, imports)
        self.log = DecisionLog(project)
        self.access = access
        self.today = today
        self.csrf = secrets.token_urlsafe(32)
        self._counted: tuple[object, Counts] | None = None
        self._listed: object = None
        templates.globals.update(csrf=self.csrf, navigation=NAVIGATION)

    def page(self, template: str, context: Mapping[str, object], status: int = 200) -> Response:
        """A page filled from a template, with the counts for the bar."""
        return self._fill(template, {"counts": self.counts(), **context}, status)

    def refresh(self) -> None:
        """Works out again, where the project has changed, what takes so long that nobody should wait for it."""
        self.queue.items(self.today())
        self.answers.get(_WEIGHED, self._weigh_largest)
        state = self.answers.state
        if state != self._listed:  # while a run goes on these change with every batch, and are for those who ask
            self.outlets()
            self.families_counted()
            self.events_counted()
            self.counts()
            self._listed = state

    def outlets(self) -> tuple[OutletRow, ...]:
        """The outlets, in which every report counts."""
        return self.answers.get(("outlets", self._contents()), lambda: list_outlets(self.project))

    def families_counted(self) -> tuple[int, int]:
        """How many families of reports there are, and how many reports that are in none."""
        return self.answers.get(
            ("families", self._contents()), lambda: (count_lineages(self.project), count_reports_alone(self.project))
        )

    def events_counted(self) -> int:
        """How many events there are, counted again where any was formed or went since, by whatever program."""
        with self.project.looking() as connection:
            key = "events", events_kept(connection), last_event(connection)
        return self.answers.get(key, lambda: count_events(self.project))

    def _contents(self) -> tuple[int, int]:
        with self.project.looking() as connection:
            return contents_of(connection)

    def disagreements_on(self, event: Event) -> tuple[DisagreementRow, ...]:
        """The disagreements among the accounts of one event."""
        key = event.id, event.claims  # an event that gets another claim keeps its id
        ready: Weighed = self.answers.known(_WEIGHED) or {}
        if key in ready:
            return ready[key]
        return self.answers.get(("disagreements on", key), lambda: disagreements_on(self.project, event))

    def _weigh_largest(self) -> Weighed:
        largest = largest_events(self.project, _LARGEST)
        return {(event.id, event.claims): disagreements_on(self.project, event) for event in largest}

    @property
    def most_claims(self) -> int:
        """How many claims an answer on a page is made of at most."""
        return most_on_a_page(self.counts().claims)

    @property
    def looks_at_all(self) -> bool:
        """Whether those are all that the project has."""
        return self.counts().claims <= self.most_claims

    def counts(self) -> Counts:
        """The counts of the project, counted again where anything was stored since: all readings stand for them."""
        with self.project.looking() as connection:
            state = state_of(connection), contents_of(connection)
        held = self._counted
        if held is None or held[0] != state:
            held = self._counted = state, counts(self.project)
        return held[1]

    def message(
        self, status: int, heading: str, words: str, to: tuple[str, str] = ("/reports", "To the list of reports")
    ) -> Response:
        """A page that says that something is not there or went wrong, with a way ``to`` go on; it asks nothing."""
        return self._fill("message.html", {"heading": heading, "words": words, "to": to, "counts": None}, status)

    def bare(self, template: str, context: Mapping[str, object], status: int = 200) -> Response:
        """A page that asks the project nothing, as for those who may not see it yet."""
        return self._fill(template, {"counts": None, **context}, status)

    def see(self, path: str) -> Response:
        """The answer to a form: the browser goes on to ``path``, and loading again sends nothing twice."""
        return RedirectResponse(path, 303, headers={"Cache-Control": "no-store"})

    def _fill(self, template: str, context: Mapping[str, object], status: int) -> Response:
        return HTMLResponse(self.templates.get_template(template).render(context), status, _HEADERS)


def is_partial(request: Request) -> bool:
    """Whether htmx asks for a part of the page and not, going back in history, for all of it."""
    return "hx-request" in request.headers and "hx-history-restore-request" not in request.headers
