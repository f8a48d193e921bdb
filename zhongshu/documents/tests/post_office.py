"""A small IMAP server in a thread of the test: as much of the protocol as a mailbox taker speaks."""

import re
import socketserver
import threading
from dataclasses import dataclass, field

LITERAL = re.compile(rb'"((?:[^"\\]|\\.)*)"|(\S+)')


@dataclass
class Letter:
    """One mail in the box."""

    uid: int
    raw: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class PostOffice:
    """The mailbox and what was said to it."""

    user: str = "office"
    password: str = "open-sesame"
    letters: list[Letter] = field(default_factory=list)
    done: list[bytes] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)
    drops_after: str = ""

    def receive(self, raw: bytes) -> Letter:
        letter = Letter(len(self.letters) + 1, raw)
        self.letters.append(letter)
        return letter


class Counter(socketserver.StreamRequestHandler):
    """Serves one connection."""

    def handle(self) -> None:
        self.say(b"* OK ready")
        while line := self.rfile.readline():
            self.office.said.append(line)
            tag, command, *rest = [a or b for a, b in LITERAL.findall(line)]
            verb = (command + b" " + rest[0] if command.upper() == b"UID" else command).upper()
            if self.office.drops_after and verb.decode() == self.office.drops_after:
                return
            if verb == b"LOGOUT":
                self.say(b"* BYE", tag + b" OK bye")
                return
            self.answer(tag, verb, rest)

    @property
    def office(self) -> PostOffice:
        return self.server.office

    def answer(self, tag: bytes, verb: bytes, rest: list[bytes]) -> None:
        office = self.office
        match verb:
            case b"CAPABILITY":
                self.say(b"* CAPABILITY IMAP4rev1", tag + b" OK done")
            case b"LOGIN" if [part.decode() for part in rest] != [office.user, office.password]:
                self.say(tag + b" NO [AUTHENTICATIONFAILED] wrong")
            case b"SELECT" if rest[0] != b"INBOX":
                self.say(tag + b" NO no such folder")
            case b"SELECT":
                self.say(b"* %d EXISTS" % len(office.letters), tag + b" OK [READ-WRITE]")
            case b"UID SEARCH":
                new = [b"%d" % letter.uid for letter in office.letters if r"\Seen" not in letter.flags]
                self.say(b"* SEARCH " + b" ".join(new), tag + b" OK done")
            case b"UID FETCH":
                self.fetch(tag, self.letter(rest[1]), b" ".join(rest[2:]))
            case b"UID STORE":
                self.letter(rest[1]).flags |= set(b" ".join(rest[3:]).decode().strip("()").split())
                self.say(tag + b" OK done")
            case b"UID COPY":
                office.done.append(self.letter(rest[1]).raw)
                self.say(tag + b" OK done")
            case b"EXPUNGE":
                office.letters = [letter for letter in office.letters if r"\Deleted" not in letter.flags]
                self.say(tag + b" OK done")
            case _:
                self.say(tag + b" OK done")

    def fetch(self, tag: bytes, letter: Letter, what: bytes) -> None:
        if b"SIZE" in what:
            self.say(b"* 1 FETCH (UID %d RFC822.SIZE %d)" % (letter.uid, len(letter.raw)), tag + b" OK done")
            return
        most = int(re.search(rb"<0\.(\d+)>", what)[1])
        raw = letter.raw[:most]
        self.say(b"* 1 FETCH (UID %d BODY[]<0> {%d}" % (letter.uid, len(raw)))
        self.wfile.write(raw)
        self.say(b")", tag + b" OK done")

    def letter(self, uid: bytes) -> Letter:
        return next(letter for letter in self.office.letters if letter.uid == int(uid))

    def say(self, *lines: bytes) -> None:
        for line in lines:
            self.wfile.write(line + b"\r\n")


class Building(socketserver.ThreadingTCPServer):
    """Where the post office is."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, office: PostOffice) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.office = office
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
