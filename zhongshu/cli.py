"""The office's command line: `zhongshu COMMAND …`; each command is a management command of one of our rooms."""

import os
import sys

import django
from django.core.management import get_commands, load_command_class

from zhongshu.base.refusals import Refused

OURS = ("zhongshu.", "demo")
DJANGOS = frozenset({"migrate", "collectstatic", "check"})
USAGE = "用法：zhongshu 命令 [选项]      每个命令都有 --help\n\n"


def main(argv: list[str] | None = None) -> None:
    """Run one command; exit 0 when done, 1 when refused or found wanting, 2 when misused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.settings")
    words = sys.argv[1:] if argv is None else argv
    django.setup()
    if not words or words[0] in {"-h", "--help", "help"}:
        (sys.stdout if words else sys.stderr).write(overview())
        sys.exit(0 if words else 2)
    run(words[0], words[1:])


def run(name: str, rest: list[str]) -> None:
    """Run a command by its name as typed."""
    app = commands().get(name)
    if app is None:
        sys.stderr.write(f"没有“{name}”这个命令。\n\n{overview()}")
        sys.exit(2)
    command = load_command_class(app, name.replace("-", "_"))
    try:
        command.run_from_argv(["zhongshu", name, *rest])
    except Refused as refused:
        for refusal in refused.refusals:
            sys.stderr.write(f"{refusal.message}（{refusal.code}）\n")
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read has seen enough (… | head); what is still in the buffer must not be tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


def commands() -> dict[str, str]:
    """Return the commands as typed and the apps they come from."""
    known = get_commands().items()
    return {
        name.replace("_", "-"): app for name, app in sorted(known) if app.startswith(OURS) or name in DJANGOS
    }


def overview() -> str:
    """List all commands with a line on each."""
    lines = [f"  {name:<20}{_line(app, name)}" for name, app in commands().items()]
    return USAGE + "\n".join(lines) + "\n"


def _line(app: str, name: str) -> str:
    own = {"migrate": "建立或升级数据库", "collectstatic": "收集静态文件", "check": "检查配置"}
    return own.get(name) or load_command_class(app, name.replace("-", "_")).help.strip().splitlines()[0]


if __name__ == "__main__":
    main()
