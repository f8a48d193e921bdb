"""Old registers as workbooks and texts, and an import carried as far as a test asks."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhongshu.documents.models import RegisterImport
from zhongshu.matters import outbox

HEADS = (
    "编号", "收文时间", "来文机关", "来文字号", "标题", "文种", "紧急程度", "份数", "拟办", "批示", "承办", "时限",
    "办结时间", "档号", "备注",
)  # fmt: skip
IMPORTS = reverse("documents:imports")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def line(n: int, **changes: str) -> list[str]:
    """Return one line of a register of 2023."""
    values = {
        "编号": f"收〔2023〕{n}号",
        "收文时间": f"2023.{n % 12 + 1}.{n % 28 + 1}",
        "来文机关": "澜川市水利局",
        "来文字号": f"澜水〔2023〕{n}号",
        "标题": f"关于做好第{n}处水库安全度汛工作的通知",
        "文种": "通知",
        "紧急程度": "平件",
        "份数": "1",
        "办结时间": f"2023年{n % 12 + 1}月{n % 28 + 1}日",
        **changes,
    }
    return [values.get(head, "") for head in HEADS]


def workbook(
    rows: Sequence[Sequence[Any]], *, heads: Sequence[str] = HEADS, above: int = 0, sheet: str = "2023"
) -> bytes:
    """Return an Excel workbook; `above` counts the lines of title over the head."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for n in range(above):
            page.write_string(n, 0, "云岭县人民政府办公室收文登记簿")
        for n, row in enumerate([heads, *rows], above):
            for column, value in enumerate(row):
                page.write(n, column, value) if isinstance(value, int | float) else page.write_string(
                    n, column, value
                )
    return file.getvalue()


def text(rows: Sequence[Sequence[str]], encoding: str) -> bytes:
    """Return a CSV."""
    file = io.StringIO()
    csv.writer(file).writerows([HEADS, *rows])
    return file.getvalue().encode(encoding)


def send(client: Any, data: bytes, name: str = "2023年收文.xlsx", **more: str) -> Any:
    """Upload a register at the page."""
    file = SimpleUploadedFile(name, data, content_type=XLSX)
    return client.post(IMPORTS, {"file": file, "promise": "on", **more})


def waiting_files() -> list[bytes]:
    """Return what lies in the quarantine."""
    folder = Path(settings.ZHONGSHU_QUARANTINE_DIR)
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.stat().st_size]


def work() -> None:
    """Let the worker do all that is promised."""
    while outbox.drain():
        pass


def judged(client: Any, data: bytes, name: str = "2023年收文.xlsx") -> RegisterImport:
    """Upload a register and let it be judged."""
    response = send(client, data, name)
    assert response.status_code == 302, response.text
    work()
    return newest()


def newest() -> RegisterImport:
    """Return the newest import as it stands."""
    return RegisterImport.objects.order_by("-pk")[0]


def page(run: RegisterImport, name: str = "import", *more: str) -> str:
    """Return an address of an import."""
    return reverse(f"documents:{name}", args=[run.public_id, *more])


def begin(client: Any, run: RegisterImport, way: str = "good") -> Any:
    """Order the import."""
    return client.post(page(run, "import_start"), {"way": way})


def imported(client: Any, data: bytes, name: str = "2023年收文.xlsx", way: str = "good") -> RegisterImport:
    """Carry a register to its end."""
    run = judged(client, data, name)
    response = begin(client, run, way)
    assert response.status_code == 302, response.text
    work()
    run.refresh_from_db()
    return run


def findings(run: RegisterImport) -> dict[int, str]:
    """Return what is said of each row."""
    rows = run.rows.order_by("number")
    return {row.number: "；".join(words for _, _, words in row.findings) for row in rows if row.findings}
