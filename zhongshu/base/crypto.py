"""The national algorithms behind one provider (SM3, HMAC-SM3, SM4-GCM): a cipher machine can take over."""

import base64
import secrets
from functools import cache
from hmac import compare_digest
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.utils.module_loading import import_string

from zhongshu.base import keys

NONCE, TAG = 12, 16


class Undecipherable(Exception):  # noqa: N818
    """The text was changed, or another key wrote it."""


class CryptoProvider(Protocol):
    """What the house asks of its cryptography."""

    def sm3(self, data: bytes) -> str: ...
    def hmac_sm3(self, key: bytes, data: bytes) -> str: ...
    def encrypt(self, key: bytes, plain: bytes, bound_to: bytes = b"") -> bytes: ...
    def decrypt(self, key: bytes, sealed: bytes, bound_to: bytes = b"") -> bytes: ...


class SoftwareCrypto:
    """The provider that needs no hardware (OpenSSL by way of `cryptography`)."""

    def sm3(self, data: bytes) -> str:
        """Return the SM3 digest in hex."""
        work = hashes.Hash(hashes.SM3())
        work.update(data)
        return work.finalize().hex()

    def hmac_sm3(self, key: bytes, data: bytes) -> str:
        """Return the keyed digest in hex."""
        work = hmac.HMAC(key, hashes.SM3())
        work.update(data)
        return work.finalize().hex()

    def encrypt(self, key: bytes, plain: bytes, bound_to: bytes = b"") -> bytes:
        """Return nonce + ciphertext + tag (SM4-GCM); `bound_to` must be given again to decrypt."""
        nonce = secrets.token_bytes(NONCE)
        work = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
        work.authenticate_additional_data(bound_to)
        return nonce + work.update(plain) + work.finalize() + work.tag

    def decrypt(self, key: bytes, sealed: bytes, bound_to: bytes = b"") -> bytes:
        """Return the plain bytes, or raise Undecipherable."""
        if len(sealed) < NONCE + TAG:
            raise Undecipherable("too short")
        nonce, body, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
        work = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
        work.authenticate_additional_data(bound_to)
        try:
            return work.update(body) + work.finalize()
        except InvalidTag as error:
            raise Undecipherable("changed, or sealed with another key") from error


@cache
def provider() -> CryptoProvider:
    """Return the site's provider (ZHONGSHU_CRYPTO names a class)."""
    made: CryptoProvider = import_string(settings.ZHONGSHU_CRYPTO)()
    return made


def sm3(data: bytes | str) -> str:
    """Return the SM3 digest in hex."""
    return provider().sm3(_bytes(data))


def hmac_sm3(key: bytes, data: bytes | str) -> str:
    """Return the keyed SM3 digest in hex."""
    return provider().hmac_sm3(key, _bytes(data))


def encrypt(plain: bytes, bound_to: bytes = b"") -> bytes:
    """Seal bytes with the data key."""
    return provider().encrypt(keys.key("data", 16), plain, bound_to)


def decrypt(sealed: bytes, bound_to: bytes = b"") -> bytes:
    """Open what `encrypt` sealed."""
    return provider().decrypt(keys.key("data", 16), sealed, bound_to)


SEAL = "sm4:"


def encrypt_text(plain: str, bound_to: str = "") -> str:
    """Seal a short text such as a telephone number; the same text never looks the same twice."""
    return SEAL + base64.b64encode(encrypt(plain.encode(), bound_to.encode())).decode()


def decrypt_text(sealed: str, bound_to: str = "") -> str:
    """Open what `encrypt_text` sealed."""
    if not sealed.startswith(SEAL):
        raise Undecipherable("not a sealed text")
    try:
        raw = base64.b64decode(sealed.removeprefix(SEAL), validate=True)
    except ValueError as error:
        raise Undecipherable("not a sealed text") from error
    return decrypt(raw, bound_to.encode()).decode()


def blind_index(plain: str) -> str:
    """Return a keyed digest by which a sealed text can be looked up exactly."""
    return hmac_sm3(keys.key("index"), plain)


def same(left: str, right: str) -> bool:
    """Compare two digests in constant time."""
    return compare_digest(left, right)


def _bytes(data: bytes | str) -> bytes:
    return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
