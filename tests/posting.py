"""People at browsers without scripts: they open a form, fill it in, and send it until somebody answers."""

import http.client
import secrets
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlparse

import lxml.html
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.struck_house import HOST, PATIENCE, StruckHouse
from zhongshu.base.models import ActKey
from zhongshu.people.models import Person

NO_ANSWER = (OSError, http.client.HTTPException)


@dataclass
class Answer:
    """What came back."""

    status: int
    place: str
    text: str


@dataclass
class Tally:
    """How often a form got no answer, and whether it had been done by then."""

    sent: int = 0
    lost_before: int = 0
    lost_after: int = 0


@dataclass
class Hand:
    """One person signed in at a browser of their own."""

    house: StruckHouse
    person: Person
    tally: Tally = field(default_factory=Tally)
    cookie: str = ""
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    _lost: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        client = Client()
        client.force_login(Person.objects.get(pk=self.person.pk))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={self.token}"

    def fill(self, path: str, **values: Any) -> str:
        """Open the form at the address, fill it in, send it; return where it led."""
        page = self._ask("GET", path)
        assert page.status == 200, f"{self.person.name} {path}: {page.status}\n{self.house.pages.said}"
        form = _form_of(page.text, path)
        body = encode_multipart(BOUNDARY, _filled(form, values))
        answer = self._ask("POST", path, body, key=form.fields["_key"])
        self.tally.sent += 1
        assert answer.status == 302, f"{self.person.name} {path}: {answer.status} {_said(answer.text)}"
        return answer.place

    def _ask(self, method: str, path: str, body: bytes = b"", *, key: str = "") -> Answer:
        """Ask until there is an answer; a form is sent again as it was, its key too."""
        deadline = time.monotonic() + PATIENCE
        if key and self.house.before_a_form(key):
            self._send_and_leave(path, body)
        while True:
            began = time.monotonic()
            try:
                answer = self._once(method, path, body)
            except NO_ANSWER as error:
                if key and not isinstance(error, ConnectionRefusedError):
                    self._unanswered(key)
                if began > deadline:
                    raise AssertionError(f"{method} {path}: no answer in {PATIENCE:.0f} s") from error
                time.sleep(0.1)
                continue
            if key:
                self.house.answered_in(time.monotonic() - began)
            return answer

    def _unanswered(self, key: str) -> None:
        """Note once for a form whether it had been done when its answer was lost."""
        if key in self._lost:
            return
        self._lost.add(key)
        if ActKey.objects.filter(key=key).exists():
            self.tally.lost_after += 1
        else:
            self.tally.lost_before += 1

    def _once(self, method: str, path: str, body: bytes) -> Answer:
        with closing(self._request(method, path, body)) as line:
            response = line.getresponse()
            text = response.read().decode()
            return Answer(response.status, urlparse(response.getheader("Location") or "").path, text)

    def _send_and_leave(self, path: str, body: bytes) -> None:
        """Send a form and hang up, as who clicks twice does."""
        with suppress(*NO_ANSWER):
            self._request("POST", path, body).close()

    def _request(self, method: str, path: str, body: bytes) -> http.client.HTTPConnection:
        line = http.client.HTTPConnection(HOST, self.house.port, timeout=30)
        headers = {"Cookie": self.cookie, "Host": f"{HOST}:{self.house.port}"}
        if method == "POST":
            came_from = f"http://{HOST}:{self.house.port}{path}"
            headers |= {"Content-Type": MULTIPART_CONTENT, "X-CSRFToken": self.token, "Referer": came_from}
        line.request(method, path, body or None, headers)
        return line

    def leave(self) -> None:
        """Close the thread's own connection to the database."""
        connection.close()


def _form_of(text: str, path: str) -> Any:
    """Return the form of the page that carries a key and goes to the address, or to the page itself."""
    forms = lxml.html.fromstring(text).forms
    return next(form for form in forms if form.get("action") in (path, None) and "_key" in form.fields)


def _filled(form: Any, values: dict[str, Any]) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for name, value in form.form_values():
        if name not in values:
            filled.setdefault(name, []).append(value)
    for name, value in values.items():
        filled[name] = value() if callable(value) else value
    return {name: value for name, value in filled.items() if value is not None}


def _said(text: str) -> str:
    found = lxml.html.fromstring(text).xpath("//*[@role='alert'] | //*[contains(@class, 'zs-note')] | //h1")
    return " ".join(" ".join(node.text_content().split()) for node in found)[:600]


def small_file(name: str) -> SimpleUploadedFile:
    """Return a text to attach."""
    return SimpleUploadedFile(f"{name}.txt", f"{name}\n请认真贯彻落实。\n".encode(), "text/plain")
