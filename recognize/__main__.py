"""Command line: `python -m recognize FILE [--json] [--no-ocr] [--pages N]`."""

import argparse
import json
import sys
from pathlib import Path

from recognize import OcrOptions, Recognition, Unreadable, recognize
from recognize.fields import LABELS
from recognize.limits import MAX_BYTES


def main(argv: list[str] | None = None, *, prog: str = "python -m recognize") -> int:
    """Print the fields of one file; exit 1 when it is refused, 2 when misused."""
    parser = argparse.ArgumentParser(prog=prog, description="识别文件中的公文要素")
    add_arguments(parser)
    given = parser.parse_args(argv)
    if given.pages is not None and given.pages < 1:
        parser.error("--pages 至少为 1")
    ocr = None if given.no_ocr else OcrOptions(most_pages=given.pages)
    try:
        with given.file.open("rb") as file:
            found = recognize(file.read(MAX_BYTES + 1), ocr, None if given.json else show_progress)
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


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments, here and for the office's command of the same name."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="PDF、DOCX、OFD、XLSX、TXT，或 JPG、PNG、TIFF、BMP、WEBP 图片"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--no-ocr", action="store_true", help="只读文字层，不识别扫描件和照片上的字")
    parser.add_argument(
        "--pages", type=int, metavar="N", help="最多识别 N 页图像（前三分之二和后三分之一），不填则每页都识别"
    )


def show_progress(done: int, total: int) -> None:
    """Tell a waiting person how far the pictures are read, where there is a terminal."""
    if total and sys.stderr.isatty():
        sys.stderr.write(f"\r识别图像 {done}/{total}" + ("\n" if done == total else ""))


def as_text(found: Recognition) -> str:
    """Return one line a field: name, value, how sure, why; then what a person should look at."""
    rows = []
    for name, field in found.fields.items():
        plain = field.as_json()["value"]
        value = (
            "、".join(map(str, plain)) if isinstance(plain, list) else "—" if plain is None else str(plain)
        )
        rows.append(f"{LABELS[name]}\t{value}\t{field.confidence:.2f}\t{field.rule}")
    for numbers, words in ((found.hardly_read, "几乎读不出字，请人看"), (found.skipped, "没有识别")):
        if numbers:
            rows.append(f"第 {'、'.join(map(str, numbers))} 页{words}")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
