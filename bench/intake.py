"""Measure 来文拖放: `python -m bench.intake`; JSON on standard output.

Keys: the open documents of ../shared/data/gov_docs are printed as PDF, read and filled into the form; what is left to the clerk's
hands is counted, beside typing the same fields. Likes: as many signatures as asked are laid down, a tenth of them near-copies of
fifty texts, and a new text is looked up; its time is given as a ratio to one look-up by an index.
"""

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django
from django.db import connection

from bench.papers import FIELDS, Paper, papers, plain
from bench.recognize import printed
from recognize import read, recognize_layer

# Ctrl+Enter, and the space that says 不涉及国家秘密.
CONFIRMING = 2
MATTERS_AT_ONCE = 2000
LOOKS = 200
LETTERS = 400
CLONES = 50


def main() -> None:
    """Make a database, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.intake", description=__doc__)
    parser.add_argument("--signatures", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="印好的 PDF 存在这里，下次不再印")
    parser.add_argument("--out", type=Path, help="结果另存为文件")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.settings")
    django.setup()
    name = connection.creation.create_test_db(verbosity=0)
    try:
        office = found_office()
        result = {"database": connection.vendor, "keys": keys(office, given.keep)}
        result["likes"] = likes(office, given.signatures)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    text = json.dumps(result, ensure_ascii=False, indent=1)
    sys.stdout.write(text + "\n")
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")


def found_office() -> int:
    """Found an office of a county that none of the papers comes from."""
    from zhongshu.base import clock  # noqa: PLC0415 - Django must be set up first
    from zhongshu.people.models import OrgUnit, Principal, PrincipalKind, UnitType  # noqa: PLC0415

    unit = OrgUnit.objects.create(
        principal=Principal.objects.create(kind=PrincipalKind.UNIT),
        name="云岭县人民政府办公室",
        short_name="县政府办",
        unit_type=UnitType.GOV_OFFICE,
        is_tenant=True,
        valid_from=clock.today(),
    )
    return unit.pk


def keys(office: int, keep: Path | None) -> dict[str, Any]:
    """Count what the clerk has to touch of the fields that have a gold, and which wrong ones she is not led to."""
    told = [_paper(paper, office, keep) for paper in papers()]
    right = {name: sum(name in each["right"] for each in told) for name in FIELDS}
    pressed = [each["pressed"] for each in told]
    return {
        "documents": len(told),
        "right_without_touching": right,
        "all_right": sum(not each["wrong"] for each in told),
        "wrong": [each for each in told if each["wrong"]],
        "wrong_and_not_led_to": sum(len(set(each["wrong"]) - set(each["visited"])) for each in told),
        "visited": dict(Counter(name for each in told for name in each["visited"]).most_common()),
        "fields_visited_a_document": round(statistics.mean(len(each["visited"]) for each in told), 2),
        "keys_a_document": {
            "mean": round(statistics.mean(pressed), 1),
            "median": statistics.median(pressed),
            "most": max(pressed),
        },
        "characters_typed_without_recognition": round(statistics.mean(each["by_hand"] for each in told), 1),
    }


def _paper(paper: Paper, office: int, keep: Path | None) -> dict[str, Any]:
    from zhongshu.documents.intake.filling import fill  # noqa: PLC0415
    from zhongshu.documents.intake.seen import Seen, seen_file  # noqa: PLC0415

    layer = read(printed(paper, keep))
    found = {**recognize_layer(layer).as_json(), "layer": asdict(layer)}
    form = fill(Seen((seen_file("f", found, len(layer.pages)),)), tenant_id=office)
    right = [name for name in FIELDS if _is_right(paper.gold[name], form.value(name))]
    wrong = [name for name in FIELDS if name not in right]
    typed = sum(len(paper.gold[name] or "") + 1 for name in wrong)
    return {
        "id": paper.id,
        "right": right,
        "wrong": wrong,
        "visited": form.unsure,
        "pressed": CONFIRMING + len(form.unsure) + typed,
        "by_hand": sum(len(paper.gold[name] or "") for name in FIELDS),
    }


def _is_right(gold: str | None, value: str) -> bool:
    """Compare; an order's number is cited under either name of the order."""
    if gold and gold.startswith("国令第"):
        return plain(value).endswith("国务院令" + plain(gold)[2:])
    return plain(value) == plain(gold or "")


def likes(office: int, count: int) -> dict[str, Any]:
    """Lay signatures down and look new texts up."""
    from zhongshu.documents.intake import likeness, twins  # noqa: PLC0415
    from zhongshu.matters.models import Matter  # noqa: PLC0415

    pick = random.Random(2026)
    clones = [_text(pick) for _ in range(CLONES)]
    started = time.perf_counter()
    addresses = _lay(office, count, clones, pick)
    seconds = time.perf_counter() - started
    new = [likeness.signature(likeness.shingles(_text(pick))) for _ in range(LOOKS)]
    copies = [
        likeness.signature(likeness.shingles(_changed(pick.choice(clones), pick))) for _ in range(LOOKS)
    ]
    asked = pick.sample(addresses, LOOKS)
    by_model = _median([lambda n=n: Matter.objects.get(public_id=n) for n in asked])
    plainly = _median([lambda n=n: _plainly(n) for n in asked])
    of_new = _median([lambda v=values: twins.proposed(v, office) for values in new])
    of_copies = _median([lambda v=values: twins.proposed(v, office) for values in copies])
    return {
        "signatures": count,
        "laid_a_second": round(count / seconds),
        "signing_ms": round(1000 * _median([lambda t=t: _signed(t) for t in clones]), 2),
        "plain_lookup_ms": round(1000 * plainly, 3),
        "plain_lookup_by_model_ms": round(1000 * by_model, 3),
        "new_text_ratio": round(of_new / plainly, 1),
        "copy_ratio": round(of_copies / plainly, 1),
        "copies_found": sum(bool(twins.proposed(values, office)) for values in copies),
        "false_candidates": sum(len(twins.proposed(values, office)) for values in new),
        "looks": LOOKS,
    }


def _plainly(public_id: str) -> None:
    """Look one row up by a unique index, as plainly as the buckets are looked up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM matters_matter WHERE public_id = %s", [public_id])
        cursor.fetchone()


def _signed(text: str) -> tuple[int, ...]:
    from zhongshu.documents.intake import likeness  # noqa: PLC0415

    return likeness.signature(likeness.shingles(text))


def _lay(office: int, count: int, clones: list[str], pick: random.Random) -> list[str]:
    from zhongshu.documents.intake import likeness  # noqa: PLC0415
    from zhongshu.documents.models import PaperSignature, SignatureBand  # noqa: PLC0415
    from zhongshu.matters.models import Matter  # noqa: PLC0415

    addresses: list[str] = []
    for begin in range(0, count, MATTERS_AT_ONCE):
        names = [f"收〔2026〕{n}号" for n in range(begin, min(begin + MATTERS_AT_ONCE, count))]
        matters = Matter.objects.bulk_create(
            Matter(kind="incoming", tenant_id=office, title="来文", number=name) for name in names
        )
        texts = [_changed(pick.choice(clones), pick) if pick.random() < 0.1 else _text(pick) for _ in matters]
        signed = [_signed(text) for text in texts]
        rows = PaperSignature.objects.bulk_create(
            PaperSignature(matter=m, tenant_id=office, values=likeness.packed(v), text_digest="")
            for m, v in zip(matters, signed, strict=True)
        )
        SignatureBand.objects.bulk_create(
            SignatureBand(signature=row, bucket=bucket)
            for row, values in zip(rows, signed, strict=True)
            for bucket in likeness.buckets(values, office)
        )
        addresses += [matter.public_id for matter in matters]
    return addresses


def _text(pick: random.Random) -> str:
    return "".join(chr(0x4E00 + pick.randrange(2500)) for _ in range(LETTERS))


def _changed(text: str, pick: random.Random) -> str:
    """Return a near-copy: three places of it read otherwise."""
    letters = list(text)
    for _ in range(3):
        letters[pick.randrange(len(letters))] = "改"
    return "".join(letters)


def _median(looks: list[Callable[[], Any]]) -> float:
    spent = []
    for look in looks:
        started = time.perf_counter()
        look()
        spent.append(time.perf_counter() - started)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
