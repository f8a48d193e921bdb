"""`zhongshu init`: a real installation, by questions or from a file of answers."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhongshu.base.actors import SYSTEM
from zhongshu.matters.installation import ADMINS, Admin, Plan, install
from zhongshu.people.models import Role

ASKED = {
    "government": "政府全称（如 某某县人民政府）",
    "government_short": "政府简称（如 县政府）",
    "office": "办公室全称（如 某某县人民政府办公室）",
    "office_short": "办公室简称（如 县政府办）",
    "doc_prefix": "办公室的机关代字（可空）",
    "fonds_no": "全宗号（可空）",
}


class Command(BaseCommand):
    help = "正式安装：建立数据库、办公室和三个管理员（没有默认账号），首次口令只显示一次"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--answers", type=Path, help="JSON 文件，代替逐项提问")
        parser.add_argument("--example", action="store_true", help="输出一份可以照着填的 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["example"]:
            self.stdout.write(json.dumps(_example(), ensure_ascii=False, indent=1))
            return
        if settings.ZHONGSHU_DEMO:
            raise CommandError("演示环境（ZHONGSHU_DEMO）不能做正式安装，请换一个数据目录并去掉这个变量。")
        call_command("migrate", interactive=False, verbosity=0)
        plan = _plan(_read(options["answers"]) if options["answers"] else self._ask())
        call_command("keys", stdout=StringIO())
        issued = install(plan, by=SYSTEM)
        names = dict(Role.objects.filter(code__in=ADMINS).values_list("code", "name"))
        call_command("seed_calendar", stdout=StringIO())
        told = [
            {
                "role": names[code],
                "username": one.person.username,
                "name": one.person.name,
                "password": one.password,
            }
            for code, one in issued.items()
        ]
        self.stdout.write(
            json.dumps({"office": plan.office, "administrators": told}, ensure_ascii=False, indent=1)
        )
        self.stderr.write("首次口令只显示这一次，请分别交给三人；首次登录须改口令并启用第二因素。")

    def _ask(self) -> dict[str, Any]:
        answers: dict[str, Any] = {name: input(f"{words}：").strip() for name, words in ASKED.items()}
        names = {"sys_admin": "系统管理员", "sec_admin": "安全保密管理员", "audit_admin": "安全审计员"}
        answers["admins"] = {
            code: {"username": input(f"{name}的账号：").strip(), "name": input(f"{name}的姓名：").strip()}
            for code, name in names.items()
        }
        return answers


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} 读不出来：{error}") from error
    if not isinstance(found, dict):
        raise CommandError(f"{path} 应是一个 JSON 对象，可用 --example 看样子")
    return found


def _plan(answers: dict[str, Any]) -> Plan:
    unknown = set(answers) - set(ASKED) - {"admins"}
    if unknown:
        raise CommandError(f"不认识的项：{'、'.join(sorted(unknown))}")
    given = {name: str(value).strip() for name, value in answers.items() if name != "admins" and value}
    try:
        admins = {
            code: Admin(a["username"].strip(), a["name"].strip()) for code, a in answers["admins"].items()
        }
        return Plan(admins=admins, **given)
    except (KeyError, TypeError, AttributeError) as error:
        raise CommandError("答案不全：需要 government、office 和 admins，可用 --example 看样子") from error


def _example() -> dict[str, Any]:
    blank = {"username": "", "name": ""}
    return {**dict.fromkeys(ASKED, ""), "admins": dict.fromkeys(ADMINS, blank)}
