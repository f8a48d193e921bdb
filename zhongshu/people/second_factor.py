"""The second factor: time-based codes (RFC 6238) of an authenticator app or token; the secret lies sealed."""

from __future__ import annotations

import base64
import io
import secrets
from urllib.parse import quote, urlencode

import segno
from django.db.models import Q
from django_otp.oath import TOTP

from zhongshu.base import clock
from zhongshu.people.models import Person, SecondFactor

STEP, DIGITS, TOLERANCE = 30, 6, 1


def confirmed(person: Person) -> SecondFactor | None:
    """Return the person's factor, if one is in use."""
    return SecondFactor.objects.filter(person=person, confirmed_at__isnull=False).first()


def begin(person: Person) -> SecondFactor:
    """Return the factor about to be set up, making its secret at the first call."""
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    factor, _ = SecondFactor.objects.get_or_create(person=person, defaults={"secret": secret})
    return factor


def accepts(factor: SecondFactor, code: str) -> bool:
    """Say whether the code is right now, and let it count only once."""
    if not (code.isascii() and code.isdigit() and len(code) == DIGITS):
        return False
    totp = TOTP(base64.b32decode(factor.secret), step=STEP, t0=0, digits=DIGITS)
    totp.time = clock.now().timestamp()
    if not totp.verify(int(code), tolerance=TOLERANCE, min_t=factor.last_counter + 1):
        return False
    counter = totp.t()
    fresh = SecondFactor.objects.filter(Q(pk=factor.pk), last_counter__lt=counter)
    return bool(fresh.update(last_counter=counter))


def address(factor: SecondFactor, issuer: str = "中枢") -> str:
    """Return the otpauth address an authenticator app reads."""
    label = quote(f"{issuer}:{factor.person.username}")
    return (
        f"otpauth://totp/{label}?{urlencode({'secret': factor.secret, 'issuer': issuer, 'digits': DIGITS})}"
    )


def picture(factor: SecondFactor) -> str:
    """Return the address as a QR code in SVG, drawn without inline style."""
    out = io.BytesIO()
    segno.make(address(factor), error="m").save(
        out,
        kind="svg",
        scale=5,
        border=2,
        xmldecl=False,
        svgclass="zs-qr",
        lineclass="",
        title="动态码二维码",
    )
    return out.getvalue().decode()
