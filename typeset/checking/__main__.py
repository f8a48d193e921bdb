"""Command line: `python -m typeset.checking FILE.docx [--profile NAME] [--json] [--brief]`; one finding a line."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from typeset.checking.checkers import CHECKERS, REFUSALS
from typeset.checking.findings import WORDS, Finding, failed
from typeset.profiles import DEFAULT, NotAProfile, Profile, load_profile, names


def main(argv: Sequence[str] | None = None, *, prog: str = "python -m typeset.checking") -> int:
    """Check one file; exit 1 when a figure fails or the file is refused, 2 when misused."""
    parser = argparse.ArgumentParser(prog=prog, description="按 GB/T 9704 或本地细则检查公文版式")
    add_arguments(parser)
    given = parser.parse_args(argv)
    checker = CHECKERS.get(given.file.suffix[1:].lower())
    if checker is None:
        parser.error(f"不会查 {given.file.suffix or given.file.name}；可查 {'、'.join(CHECKERS)}")
    try:
        profile = load_profile(given.profile)
        findings = checker(given.file, profile)
    except OSError as error:
        parser.error(f"打不开 {given.file}：{error.strerror}")
    except NotAProfile as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    except REFUSALS as refused:
        sys.stderr.write(f"{refused.message}（{refused.code}）\n")
        return 1
    sys.stdout.write(
        as_json(findings, profile) if given.json else as_text(findings, profile, brief=given.brief)
    )
    return 1 if failed(findings) else 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments, here and for the office's command of the same name."""
    parser.add_argument("file", type=Path, metavar="FILE", help=f"要查的文件：{'、'.join(CHECKERS)}")
    parser.add_argument(
        "--profile",
        default=DEFAULT,
        metavar="NAME",
        help=f"格式细则：{'、'.join(names())}，或一个 .json 文件",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--brief", action="store_true", help="只列不合格和提示的")


def as_text(findings: list[Finding], profile: Profile, *, brief: bool) -> str:
    """Return the profile's name, one finding a line, and the counts."""
    rows = [each.as_line() for each in findings if not brief or each.verdict in ("fail", "warn")]
    counts = "，".join(
        f"{word} {sum(each.verdict == verdict for each in findings)} 项" for verdict, word in WORDS.items()
    )
    return "\n".join([f"依据：{profile.name}", *rows, counts]) + "\n"


def as_json(findings: list[Finding], profile: Profile) -> str:
    """Return everything as JSON."""
    report = {
        "profile": profile.id,
        "profile_name": profile.name,
        "failed": len(failed(findings)),
        "findings": [each.as_json() for each in findings],
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
