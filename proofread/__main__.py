"""Command line: `python -m proofread FILE [--json]`, `python -m proofread --lines < sentences`, `--rules`."""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from proofread import Finding, Lists, Settings, all_rules, check
from proofread.lines import mended
from proofread.reading import text_of_file

SHOWN = 40


def main(argv: list[str] | None = None, *, prog: str = "python -m proofread") -> int:
    """Print the findings of one file; exit 1 when the file is refused, 2 when misused."""
    parser = argparse.ArgumentParser(prog=prog, description="校对公文")
    add_arguments(parser)
    given = parser.parse_args(argv)
    if given.rules:
        sys.stdout.writelines(as_table())
        return 0
    if given.lines:
        sys.stdout.writelines(f"{mended(line.rstrip(chr(10)))}\n" for line in sys.stdin)
        return 0
    if given.file is None:
        parser.error("请给出要校对的文件，或用 --lines 从标准输入逐行读句子")
    try:
        settings, lists = settings_of(given), Lists.from_folder(given.lists) if given.lists else Lists()
    except (OSError, ValueError) as error:
        parser.error(str(error))
    return report(given.file, settings, lists, as_json=given.json)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments, here and for the office's command of the same name."""
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="DOCX 或纯文本")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--lines", action="store_true", help="从标准输入逐行读句子，逐行输出改好的句子")
    parser.add_argument("--rules", action="store_true", help="列出全部规则")
    parser.add_argument("--office", type=Path, metavar="JSON", help="本单位的设置：关掉的规则、自己的词")
    parser.add_argument("--lists", type=Path, metavar="DIR", help="名录目录：人员、单位、行政区划、文件库")
    parser.add_argument(
        "--off", action="append", default=[], metavar="RULE", help="关掉的规则编号或类别，可写几次"
    )
    parser.add_argument("--public", action="store_true", help="这份文字要公开，个人信息一律按错误报")


def settings_of(given: argparse.Namespace) -> Settings:
    """Return the settings of the file named, with what the command line adds; raises `ValueError` or `OSError`."""
    settings = Settings.load(given.office) if given.office else Settings()
    settings = replace(settings, off=settings.off | frozenset(given.off))
    return replace(settings, is_public=True) if given.public else settings


def report(file: Path, settings: Settings, lists: Lists, *, as_json: bool) -> int:
    """Proofread a file and print what was found."""
    try:
        text = text_of_file(file)
        found = check(text, settings, lists)
    except (OSError, ValueError) as error:
        message = f"打不开 {file}：{error.strerror}" if isinstance(error, OSError) else str(error)
        sys.stderr.write(f"{message}\n")
        return 1
    if as_json:
        rows = [each.as_json() for each in found]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.writelines(as_lines(found))
    return 0


def as_lines(found: Iterable[Finding]) -> Iterable[str]:
    """Yield a line a finding: line of the text, severity, kind, what is wrong, what to write, why, rule and source."""
    for each in found:
        wrong = each.wrong.replace("\n", "⏎")
        wrong = wrong if len(wrong) <= SHOWN else f"{wrong[: SHOWN - 1]}…"
        right = f" → {each.suggestion}" if each.suggestion else ""
        yield (
            f"第{each.para + 1}行 {each.severity} {each.kind}：“{wrong}”{right}；"
            f"{each.reason}（{each.rule}，{each.source}）\n"
        )


def as_table() -> Iterable[str]:
    """Yield a line a rule."""
    for rule in all_rules():
        yield f"{rule.id}\t{rule.kind}\t{rule.severity}\t{rule.reason}\t{rule.source}\n"


if __name__ == "__main__":
    sys.exit(main())
