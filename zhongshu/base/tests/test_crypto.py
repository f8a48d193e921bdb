"""国密: the provider agrees with the published examples; keys are private files; sealed texts cannot be bent."""

import base64
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.base import crypto, keys

PHONE = "13800000000"


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.ZHONGSHU_KEYS_DIR = tmp_path / "keys"


def test_sm3_agrees_with_the_examples_of_the_standard():
    """GB/T 32905-2016, appendix A."""
    assert crypto.sm3("abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert crypto.sm3(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_hmac_sm3_is_the_hmac_construction_over_sm3():
    def plain(data: bytes) -> bytes:
        return bytes.fromhex(crypto.sm3(data))

    key = bytes(range(32)).ljust(64, b"\0")
    inner = plain(bytes(b ^ 0x36 for b in key) + b"text")
    outer = plain(bytes(b ^ 0x5C for b in key) + inner)
    assert crypto.hmac_sm3(bytes(range(32)), "text") == outer.hex()


def test_sm4_gcm_agrees_with_the_published_example():
    """RFC 8998, appendix A.1."""
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    nonce = bytes.fromhex("00001234567800000000abcd")
    bound_to = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = bytes.fromhex(
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    plain = b"".join(bytes([b]) * 8 for b in bytes.fromhex("aabbccddeeffeeaa"))
    assert crypto.SoftwareCrypto().decrypt(key, nonce + sealed, bound_to) == plain


@given(
    plain=st.text(st.characters(exclude_categories=["Cs"])), bound_to=st.sampled_from(["", "person.phone"])
)
def test_what_is_sealed_can_be_opened(plain, bound_to):
    assert crypto.decrypt_text(crypto.encrypt_text(plain, bound_to), bound_to) == plain


def test_the_same_number_never_looks_the_same():
    one, other = crypto.encrypt_text(PHONE), crypto.encrypt_text(PHONE)
    assert one != other
    assert PHONE not in one


@pytest.mark.parametrize("place", [0, 12, 20, -1])
def test_a_sealed_text_that_was_changed_does_not_open(place):
    raw = bytearray(base64.b64decode(crypto.encrypt_text(PHONE).removeprefix("sm4:")))
    raw[place] ^= 1
    with pytest.raises(crypto.Undecipherable):
        crypto.decrypt_text("sm4:" + base64.b64encode(raw).decode())


@pytest.mark.parametrize("text", ["", PHONE, "sm4:", "sm4:%%%", "sm4:AAAA"])
def test_what_was_never_sealed_does_not_open(text):
    with pytest.raises(crypto.Undecipherable):
        crypto.decrypt_text(text)


def test_a_text_sealed_for_one_column_does_not_open_in_another():
    with pytest.raises(crypto.Undecipherable):
        crypto.decrypt_text(crypto.encrypt_text(PHONE, "phone"), "id_number")


def test_a_blind_index_finds_without_opening():
    assert crypto.blind_index(PHONE) == crypto.blind_index(PHONE) != crypto.blind_index(PHONE[:-1] + "1")


def test_a_key_is_made_once_and_private(tmp_path):
    made = keys.key("trail")
    path = tmp_path / "keys" / "trail.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_text() == made.hex() + "\n"
    keys._file_key.cache_clear()
    assert keys.key("trail") == made


def test_two_processes_that_make_a_key_at_once_agree(tmp_path, monkeypatch):
    """The other one was faster between the look and the link."""
    other = tmp_path / "keys" / "trail.key"

    def faster(source: str, target: str) -> None:
        other.write_text("ab" * 32)
        raise FileExistsError

    monkeypatch.setattr(os, "link", faster)
    assert keys.key("trail") == bytes.fromhex("ab" * 32)
    assert [path.name for path in other.parent.iterdir()] == ["trail.key"]


def test_a_key_from_the_environment_comes_first(monkeypatch, tmp_path):
    monkeypatch.setenv("ZHONGSHU_TRAIL_KEY", "cd" * 32)
    assert keys.key("trail") == bytes.fromhex("cd" * 32)
    assert not (tmp_path / "keys").exists()
    monkeypatch.setenv("ZHONGSHU_TRAIL_KEY", "cd" * 8)
    with pytest.raises(ValueError, match="32 bytes"):
        keys.key("trail")


def test_a_site_may_bring_its_own_provider(settings):
    settings.ZHONGSHU_CRYPTO = f"{__name__}.Machine"
    crypto.provider.cache_clear()
    try:
        assert crypto.sm3("x") == "from the machine"
    finally:
        crypto.provider.cache_clear()


class Machine(crypto.SoftwareCrypto):
    def sm3(self, data: bytes) -> str:
        return "from the machine"
