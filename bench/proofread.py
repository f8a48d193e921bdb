"""Measure `proofread`: `python -m bench.proofread`; JSON on standard output.

Made papers with one defect each (found when a finding of the defect's kind is there that the clean paper lacks), the checked
figures of the county documents, alarms on 48 documents of the State Council and 21 provincial work reports, and speed.
With --gongwen PYTHON, the interpreter of a venv with the package gongwen-skill, its `check` sees the same made papers as DOCX.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx

from bench.papers import DATA
from bench.proofread_papers import CLEAN, DEFECTS, Defect
from proofread import Finding, Settings, all_rules, check
from proofread.findings import ERROR
from proofread.reading import text_of_file

RULES_ALONE = Settings(off=frozenset({"SPELL-01"}))
# What ../shared/data/gov_docs/PROVENANCE.md says is wrong in the county documents: id, what is wrong, the words.
COUNTY = (
    ("cty-04", "时限早于成文日期", "2021年3月15日"),
    ("cty-08", "书名号嵌套", "《政府工作报告》"),
    ("cty-09", "162/222写作72.9%", "72.9%"),
    ("cty-09", "“其它”", "其它"),
    ("cty-10", "13次会议却有第十六次", "第十六次县长办公会"),
    ("cty-10", "“95%”后缺句号", "%"),
    ("cty-12", "标题二月、正文3月", "2017年3月"),
    ("cty-13", "重复百分号", "%%"),
    ("cty-13", "英文直引号", '"'),
)
TYPES = {
    "notice": "notice",
    "request": "request",
    "report": "report",
    "bulletin": "bulletin",
    "public": "announcement",
}
THEIRS = """
import json, logging, sys, time
logging.disable(logging.CRITICAL)
from engine.core.document.parser import parse_docx
from engine.core.rules.engine import RuleEngine
engine, out = RuleEngine(), {}
for name, path, kind in json.load(sys.stdin):
    began = time.perf_counter()
    issues = engine.check(parse_docx(path), kind)
    out[name] = [sorted({(i.rule_id, str(i.original_text)) for i in issues}), time.perf_counter() - began]
print(json.dumps(out))
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.proofread", description=__doc__)
    parser.add_argument("--gongwen", metavar="PYTHON", help="装有 gongwen-skill 的 Python")
    parser.add_argument("--spelling", action="store_true", help="真文件也查拼写（慢）")
    given = parser.parse_args()
    settings = Settings() if given.spelling else RULES_ALONE
    rules = all_rules()
    result: dict[str, Any] = {
        "rules": len(rules),
        "words": sum(len(rule.words) for rule in rules),
        "made": made(),
        "county": county(),
        "state_council": real(state_council(), settings),
        "work_reports": real(work_reports(), settings),
        "speed": speed(),
        "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if given.gongwen:
        result["gongwen_skill"] = theirs(given.gongwen)
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")


def made() -> dict[str, Any]:
    """Return what is found of the made defects, and what is said of the clean papers."""
    clean = {name: check(text, RULES_ALONE) for name, text in CLEAN.items()}
    began = time.perf_counter()
    found = {defect.id: found_in(defect) for defect in DEFECTS}
    took = time.perf_counter() - began
    return {
        "defects": len(DEFECTS),
        "found": sum(found.values()),
        "missed": [f"{defect.id} {defect.what}" for defect in DEFECTS if not found[defect.id]],
        "alarms_on_clean": {name: len(findings) for name, findings in clean.items()},
        "ms_a_paper": round(took / len(DEFECTS) * 1000, 2),
    }


def found_in(defect: Defect) -> bool:
    """Say whether a finding of the defect's kind is there."""
    return any(each.kind == defect.kind for each in check(with_defect(defect), RULES_ALONE))


def with_defect(defect: Defect) -> str:
    """Return the paper with its defect."""
    text = CLEAN[defect.paper]
    assert defect.written in text, defect.id
    return text.replace(defect.written, defect.instead, 1)


def county() -> dict[str, Any]:
    """Return which of the known errors of the county documents are named."""
    rows = {row["id"]: row for row in json_lines("county_doc_excerpts.jsonl")}
    named = {}
    for name, what, words in COUNTY:
        row = rows[name]
        text = "\n".join((row["title"], row["text"], *signed(row)))
        named[f"{name} {what}"] = any(each.wrong == words for each in check(text, RULES_ALONE))
    return {
        "known": len(COUNTY),
        "found": sum(named.values()),
        "missed": [k for k, v in named.items() if not v],
    }


def signed(row: dict[str, Any]) -> list[str]:
    """Return signature and date where the text, being an excerpt, lacks them and the file knows the day."""
    parts = row["date"].split("-")
    if len(parts) < 3 or f"{parts[0]}年{int(parts[1])}月{int(parts[2])}日" in row["text"]:
        return []
    return [row["issuer"], f"{parts[0]}年{int(parts[1])}月{int(parts[2])}日"]


def real(texts: dict[str, str], settings: Settings) -> dict[str, Any]:
    """Return the alarms on real papers, each 错误 in full, so that a person can judge it."""
    letters, errors, advice = 0, [], Counter[str]()
    for name, text in texts.items():
        letters += len(text)
        for each in check(text, settings):
            if each.severity == ERROR:
                errors.append(
                    {"in": name, "rule": each.rule, "wrong": shown(text, each), "reason": each.reason}
                )
            else:
                advice[each.rule] += 1
    return {
        "documents": len(texts),
        "characters": letters,
        "errors": len(errors),
        "errors_in_10000": round(len(errors) / letters * 10_000, 2),
        "advice": dict(advice.most_common()),
        "each_error": errors,
    }


def shown(text: str, each: Finding) -> str:
    """Return what is wrong between a few words of what stands around it."""
    begin, end = max(0, each.start - 8), each.end + 8
    return f"{text[begin : each.start]}【{each.wrong}】{text[each.end : end]}".replace("\n", "⏎")


def speed() -> dict[str, float]:
    """Return characters a second on one core, in a warm process, rules alone and with spelling."""
    text = "\n".join(list(state_council().values())[:8])
    return {
        "rules": per_second(text, lambda: check(text, RULES_ALONE)),
        "rules_and_spelling": per_second(text, lambda: check(text)),
    }


def per_second(text: str, run: Callable[[], object]) -> float:
    """Return characters of processor time a second, the first run left out."""
    run()
    began = time.process_time()
    run()
    return round(len(text) / (time.process_time() - began))


def theirs(python: str) -> dict[str, Any]:
    """Return what gongwen-skill finds on the same made papers: anything it says that it does not say of the clean one."""
    with tempfile.TemporaryDirectory() as folder:
        texts = {**CLEAN, **{defect.id: with_defect(defect) for defect in DEFECTS}}
        kinds = {**TYPES, **{defect.id: TYPES[defect.paper] for defect in DEFECTS}}
        tasks = []
        for name, text in texts.items():
            path = Path(folder) / f"{name}.docx"
            document = docx.Document()
            for line in text.splitlines():
                document.add_paragraph(line)
            document.save(str(path))
            tasks.append((name, str(path), kinds[name]))
        run = subprocess.run(
            [python, "-c", THEIRS], input=json.dumps(tasks), capture_output=True, text=True, check=True
        )
    said = json.loads(run.stdout.splitlines()[-1])
    clean = {name: {tuple(issue) for issue in said[name][0]} for name in CLEAN}
    found = [d.id for d in DEFECTS if {tuple(issue) for issue in said[d.id][0]} - clean[d.paper]]
    return {
        "defects": len(DEFECTS),
        "found": len(found),
        "ids": found,
        "alarms_on_clean": {name: len(issues) for name, issues in clean.items()},
        "ms_a_paper": round(sum(said[d.id][1] for d in DEFECTS) / len(DEFECTS) * 1000, 2),
    }


def json_lines(name: str) -> list[dict[str, Any]]:
    """Read a file of ../shared/data/gov_docs."""
    lines = (DATA / "gov_docs" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def state_council() -> dict[str, str]:
    """Return the documents of the State Council."""
    return {row["id"]: row["text"] for row in json_lines("state_council_docs.jsonl")}


def work_reports() -> dict[str, str]:
    """Return the provincial work reports."""
    return {path.stem: text_of_file(path) for path in sorted((DATA / "work_reports").glob("*.docx"))}


if __name__ == "__main__":
    main()
