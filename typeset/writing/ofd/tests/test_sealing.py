"""印章的位置: kept as a property, filled by a sealing service that protects every part."""

import base64
import hashlib

import pytest
from lxml import etree

from typeset.writing.ofd import NotConverted, SealPlace, ofd_of, seal
from typeset.writing.ofd.sealing import place_of
from typeset.writing.ofd.tests.makers import page_by_hand
from typeset.writing.ofd.tests.test_ofd import OFD, parts, xml

PLACE = SealPlace(1, 100.5, 200, 42, 42)


class Service:
    company, seal, signed_at = "某县电子印章系统", b"esl", "20260304120000Z"

    def sign(self, digest, signature_part):
        return digest


def test_the_place_is_kept_as_a_property():
    ofd = ofd_of(page_by_hand("0 0 9 9 re f"), seal_place=PLACE)
    written = xml(ofd, "OFD.xml").find(".//ofd:CustomData[@Name='印章位置']", OFD).text
    assert place_of(written) == PLACE
    assert xml(ofd_of(page_by_hand("")), "OFD.xml").find(".//ofd:CustomDatas", OFD) is None


def test_every_part_is_protected_and_the_digest_is_that_of_the_signature():
    sealed = seal(ofd_of(page_by_hand("0 0 9 9 re f")), PLACE, Service())
    found = parts(sealed)
    signature = found["Doc_0/Signs/Sign_0/Signature.xml"]
    root = etree.fromstring(signature)
    checked = {
        each.get("FileRef").lstrip("/"): base64.b64decode(each.findtext("ofd:CheckValue", None, OFD))
        for each in root.iter("{*}Reference")
    }
    own = {"Doc_0/Signs/Sign_0/Signature.xml", "Doc_0/Signs/Sign_0/SignedValue.dat"}
    assert set(checked) == set(found) - own
    assert all(hashlib.new("sm3", found[name]).digest() == value for name, value in checked.items())
    assert found["Doc_0/Signs/Sign_0/SignedValue.dat"] == hashlib.new("sm3", signature).digest()
    pages = xml(sealed, "Doc_0/Document.xml").findall("ofd:Pages/ofd:Page", OFD)
    assert root.find(".//ofd:StampAnnot", OFD).get("PageRef") == pages[0].get("ID")


def test_no_second_seal_and_no_page_that_is_not_there():
    ofd = ofd_of(page_by_hand(""))
    sealed = seal(ofd, PLACE, Service())
    for data, place in ((sealed, PLACE), (ofd, SealPlace(2, 0, 0))):
        with pytest.raises(NotConverted):
            seal(data, place, Service())
