"""The mailbox: new mails are fetched by IMAP over TLS, each once, and marked or moved when dealt with."""

import imaplib
import io
import re
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings as site

from zhongshu.base.refusals import Refused
from zhongshu.documents.models import Taker, TakerKind
from zhongshu.documents.taking import entering, mails
from zhongshu.documents.taking.keeping import Tally, Unable, key_of
from zhongshu.documents.taking.mails import Mail
from zhongshu.matters import settings

KIND = TakerKind.MAILBOX
SECONDS = 30.0
AT_ONCE = 20
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_FOREIGN = re.compile(r"[^\x20-\x7e]+")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
TOO_LARGE, BROKEN, STRANGER = "邮件过大", "邮件格式有误", "发件人不在收取范围"


def is_configured() -> bool:
    """Say whether the site names a mailbox."""
    return bool(site.ZHONGSHU_IMAP_HOST and site.ZHONGSHU_IMAP_USER and site.ZHONGSHU_IMAP_PASSWORD)


def take_mail(taker: Taker) -> Tally:
    """Fetch what is new, at most some mails a run."""
    if not is_configured():
        raise Unable("没有设置邮箱：请在环境变量里设置 ZHONGSHU_IMAP_HOST、USER、PASSWORD")
    tally = Tally()
    with _signed_in() as box:
        for uid in _waiting(box)[:AT_ONCE]:
            _deal_with(box, uid, taker, tally)
    return tally


@contextmanager
def _signed_in() -> Iterator[imaplib.IMAP4]:
    """Open the mailbox; errors are told without a word of what the server said."""
    try:
        box = _connected()
    except (OSError, imaplib.IMAP4.error) as error:
        raise Unable(f"连不上邮箱服务器（{type(error).__name__}），请核对地址、端口和证书") from error
    try:
        _sign_in(box)
        yield box
    except (OSError, imaplib.IMAP4.error) as error:
        raise Unable(f"邮箱服务器中断了收取（{type(error).__name__}），稍后再试") from error
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()
        with suppress(OSError):
            box.shutdown()


def _connected() -> imaplib.IMAP4:
    host, port, security = site.ZHONGSHU_IMAP_HOST, site.ZHONGSHU_IMAP_PORT, site.ZHONGSHU_IMAP_SECURITY
    if security == "none":
        if host not in HERE:
            raise Unable("邮箱必须用 TLS 连接：请把 ZHONGSHU_IMAP_SECURITY 设为 tls 或 starttls")
        return imaplib.IMAP4(host, port, timeout=SECONDS)
    context = ssl.create_default_context(cafile=site.ZHONGSHU_IMAP_CA or None)
    if security == "starttls":
        box = imaplib.IMAP4(host, port, timeout=SECONDS)
        box.starttls(context)
        return box
    return imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=SECONDS)


def _sign_in(box: imaplib.IMAP4) -> None:
    try:
        box.login(site.ZHONGSHU_IMAP_USER, site.ZHONGSHU_IMAP_PASSWORD)
    except imaplib.IMAP4.error as error:
        raise Unable("邮箱用户名或口令不对，服务器不让登录") from error
    status, _ = box.select(_quoted(site.ZHONGSHU_IMAP_FOLDER))
    if status != "OK":
        raise Unable(f"邮箱里没有“{site.ZHONGSHU_IMAP_FOLDER}”这个文件夹")


def _quoted(name: str) -> str:
    """Write a folder's name as IMAP has it: modified UTF-7, in quotes."""
    coded = _FOREIGN.sub(lambda run: _base64_of(run.group()), name.replace("&", "&-"))
    return '"' + coded.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _base64_of(run: str) -> str:
    return "&" + b64encode(run.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


def _waiting(box: imaplib.IMAP4) -> list[str]:
    status, found = box.uid("SEARCH", "UNSEEN")
    if status != "OK":
        raise Unable("邮箱不能检索未读邮件")
    return (found[0] or b"").decode("ascii").split()


def _deal_with(box: imaplib.IMAP4, uid: str, taker: Taker, tally: Tally) -> None:
    """Take one mail, or leave it flagged for a person; either way it does not come again."""
    why = _take(box, uid, taker, tally)
    if why:
        tally.refused += 1
        box.uid("STORE", uid, "+FLAGS", r"(\Seen \Flagged)")
        return
    box.uid("STORE", uid, "+FLAGS", r"(\Seen)")
    if site.ZHONGSHU_IMAP_DONE:
        status, _ = box.uid("COPY", uid, _quoted(site.ZHONGSHU_IMAP_DONE))
        if status == "OK":
            box.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
            box.expunge()


def _take(box: imaplib.IMAP4, uid: str, taker: Taker, tally: Tally) -> str:
    """Take a mail's files; return why it was left."""
    most = int(settings.get("documents.take_mail_mb", taker.tenant_id)) << 20
    if _size(box, uid) > most:
        return TOO_LARGE
    raw = _fetched(box, uid, most)
    if len(raw) > most:
        return TOO_LARGE
    try:
        mail = mails.read(raw)
    except mails.Unreadable:
        return BROKEN
    if not _is_welcome(mail, taker.tenant_id):
        return STRANGER
    # The same mail by two roads differs in its headers only.
    whole = key_of(mail.message_id, *(part for file in mail.files for part in (file.name, file.data)))
    if not entering.is_taken(taker.tenant_id, KIND, whole):
        _enter(mail, whole, taker, tally)
        entering.note(taker.tenant_id, KIND, whole)
    return ""


def _enter(mail: Mail, whole: str, taker: Taker, tally: Tally) -> None:
    by = entering.robot(taker.tenant_id)
    for number, file in enumerate(mail.files):
        key = key_of(whole, str(number))
        try:
            drop = entering.take(
                io.BytesIO(file.data), name=file.name, kind=KIND, key=key, hint=mail.hint, by=by
            )
        except Refused as refused:
            entering.note(taker.tenant_id, KIND, key, entering.words_of(refused))
            tally.refused += 1
        else:
            tally.taken += drop is not None


def _is_welcome(mail: Mail, tenant_id: int) -> bool:
    """Say whether the office takes mail from this address; an empty list takes all."""
    known = [str(line).lower() for line in settings.get("documents.take_mail_senders", tenant_id)]
    domain = "@" + mail.address.rpartition("@")[2]
    return not known or mail.address in known or domain in known


def _size(box: imaplib.IMAP4, uid: str) -> int:
    _, answer = box.uid("FETCH", uid, "(RFC822.SIZE)")
    found = _SIZE.search(b" ".join(line for line in answer if isinstance(line, bytes)))
    return int(found.group(1)) if found else 0


def _fetched(box: imaplib.IMAP4, uid: str, most: int) -> bytes:
    """Fetch the mail, not more than may be, without marking it read: that comes when it is safe here."""
    _, answer = box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{most + 1}>)")
    for line in answer:
        if isinstance(line, tuple):
            return bytes(line[1])
    raise Unable("邮箱没有给出邮件内容")
