"""The permission table, read from the code: which role may open which address. `python -m tests.permission_table` writes it."""

import os
from collections.abc import Iterator
from pathlib import Path

import django
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "permissions.md"
HEAD = """# 权限表

由代码生成（`make permissions`），逐行审过；与代码不一致时测试不通过。
“登录”指任何登录的人；“公开”指不必登录。打得开地址，不等于看得到某一件：具体的件由“是否与己有关”决定（`access_*`），
无关的人一律得到 404，分不出它存不存在。角色与权限的对应是出厂默认，安全管理员可以改。

"""


def patterns(found: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Walk all addresses of the house."""
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield "/" + prefix + str(pattern.pattern), pattern


def rows() -> list[tuple[str, str, str]]:
    """Return address, permission, and the roles that hold it by default."""
    from zhongshu.ui import permissions  # noqa: PLC0415 - Django must be set up first

    by_code = {p.code: p for p in permissions.declared()}
    found = []
    for address, pattern in patterns(get_resolver().url_patterns):
        code = permissions.permission_of(pattern.callback)
        if code in (None, permissions.OPEN, permissions.SIGNED_IN):
            said = {None: "？", permissions.OPEN: "公开", permissions.SIGNED_IN: "登录"}[code]
            found.append((address, said, ""))
            continue
        codes = str(code).split("|")
        roles = sorted({role for one in codes for role in by_code[one].roles})
        found.append((address, "、".join(by_code[one].label for one in codes), " ".join(roles)))
    return sorted(found)


def text() -> str:
    """Return the whole page."""
    lines = ["| 地址 | 权限 | 出厂时持有的角色 |", "|---|---|---|"]
    lines += [f"| `{address}` | {label} | {roles} |" for address, label, roles in rows()]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.settings")
    django.setup()
    PAGE.write_text(text(), encoding="utf-8")
