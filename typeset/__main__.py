"""Command line: `python -m typeset IN.(json|docx|txt) -o OUT.(pdf|docx|ofd|png|svg|json) [--profile NAME]`."""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from typeset.fonts import Faces
from typeset.layout.compiling import NotSet
from typeset.layout.pictures import UnusablePicture
from typeset.model import Content, NotAModel, as_json, from_json
from typeset.profiles import DEFAULT, NotAProfile, load_profile, names
from typeset.reading import Unreadable
from typeset.reading import read as read_document
from typeset.writing import WRITERS
from typeset.writing.ofd import NotConverted

log = logging.getLogger("typeset")
MOST_BYTES = 60_000_000
ENDINGS = (*WRITERS, "json")


def main(argv: Sequence[str] | None = None, *, prog: str = "python -m typeset") -> int:
    """Set one paper; exit 1 when it is refused, 2 when misused."""
    parser = argparse.ArgumentParser(prog=prog, description="按 GB/T 9704 排印公文和办公室用纸")
    add_arguments(parser)
    given = parser.parse_args(argv)
    logging.basicConfig(format="%(message)s", level=logging.WARNING if given.quiet else logging.INFO)
    if given.fonts:
        sys.stdout.write("\n".join(Faces.find().report()) + "\n")
        return 0
    if given.source is None or given.output is None:
        parser.error("要给出内容文件和 -o 输出文件")
    ending = given.output.suffix[1:].lower()
    if ending not in ENDINGS:
        parser.error(f"不会写 {given.output.suffix or given.output.name}；可写 {'、'.join(ENDINGS)}")
    try:
        profile = load_profile(given.profile)
        content = read(given.source)
        written = as_bytes(content) if ending == "json" else WRITERS[ending](content, profile)
        save(given.output, written)
    except OSError as error:
        parser.error(f"{error.filename}：{error.strerror}")
    except (NotAModel, NotAProfile, UnusablePicture) as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    except (Unreadable, NotConverted) as refused:
        sys.stderr.write(f"{refused.message}（{refused.code}）\n")
        return 1
    except NotSet as failed:
        sys.stderr.write(f"排版没有成功：{failed}\n")
        return 1
    sys.stderr.write(f"{given.output}（{profile.name}）\n")
    return 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments, here and for the office's command of the same name."""
    parser.add_argument("source", type=Path, nargs="?", metavar="IN", help="内容模型的 JSON，或 DOCX、纯文本")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help=f"输出文件，按扩展名：{'、'.join(ENDINGS)}"
    )
    parser.add_argument(
        "--profile",
        default=DEFAULT,
        metavar="NAME",
        help=f"格式细则：{'、'.join(names())}，或一个 .json 文件",
    )
    parser.add_argument("--fonts", action="store_true", help="只列出各用途实际使用的字体")
    parser.add_argument("--quiet", action="store_true", help="不报告使用了哪些字体")


def read(path: Path) -> Content:
    """Return the content of a file; raises `NotAModel` or `Unreadable`. Says what of a document was not understood."""
    if path.suffix.lower() != ".json":
        reading = read_document(path.read_bytes())
        for oddity in reading.oddities:
            log.warning(
                "%s%s：%s（%s）",
                oddity.where and f"{oddity.where}　",
                oddity.kind,
                oddity.text[:60],
                oddity.done,
            )
        return reading.document
    if path.stat().st_size > MOST_BYTES:
        raise NotAModel("", "", f"内容文件超过 {MOST_BYTES // 1_000_000} MB")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        raise NotAModel("", "", "内容文件嵌套过深") from None
    except ValueError as error:
        raise NotAModel("", "", f"内容文件不是 UTF-8 的 JSON：{error}") from None
    return from_json(data, pictures=path.resolve().parent)


def as_bytes(content: Content) -> bytes:
    """Return the content as JSON, to be mended by hand and set again."""
    return (json.dumps(as_json(content), ensure_ascii=False, indent=1) + "\n").encode()


def save(output: Path, written: bytes | list[bytes]) -> None:
    """Write the file; of several pages as pictures each gets its number: 文件-1.png, 文件-2.png."""
    if isinstance(written, bytes):
        output.write_bytes(written)
    elif len(written) == 1:
        output.write_bytes(written[0])
    else:
        for number, page in enumerate(written, start=1):
            output.with_stem(f"{output.stem}-{number}").write_bytes(page)


if __name__ == "__main__":
    sys.exit(main())
