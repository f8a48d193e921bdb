"""Command line: `python -m recognize FILE [--json]`."""

import argparse
import json
import sys
from pathlib import Path

from recognize import Recognition, Unreadable, recognize
from recognize.fields import LABELS
from recognize.limits import MAX_BYTES


def main(argv: list[str] | None = None) -> int:
    """Print the fields of one file; exit 1 when it is refused, 2 when misused."""
    parser = argparse.ArgumentParser(prog="python -m recognize", description="从文件的文字层识别公文要素")
    parser.add_argument("file", type=Path, metavar="FILE", help="PDF、DOCX、OFD、XLSX 或 TXT")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    given = parser.parse_args(argv)
    try:
        with given.file.open("rb") as file:
            found = recognize(file.read(MAX_BYTES + 1))
    except OSError as error:
        parser.error(f"打不开 {given.file}：{error.strerror}")
    except Unreadable as refused:
        report = {"refused": {"code": refused.code, "message": refused.message}}
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n" if given.json else "")
        sys.stderr.write(f"{refused.message}（{refused.code}）\n")
        return 1
    sys.stdout.write(
        json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n" if given.json else as_text(found)
    )
    return 0


def as_text(found: Recognition) -> str:
    """Return one line a field: name, value, how sure, why."""
    rows = []
    for name, field in found.fields.items():
        plain = field.as_json()["value"]
        value = (
            "、".join(map(str, plain)) if isinstance(plain, list) else "—" if plain is None else str(plain)
        )
        rows.append(f"{LABELS[name]}\t{value}\t{field.confidence:.2f}\t{field.rule}")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
