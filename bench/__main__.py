"""Measure the house: `python -m bench --sizes 10000 --database sqlite`; JSON on standard output.

One run fills one database with one size, serves it as in production (granian, WhiteNoise), and asks for desk, register, sheet and
search as a clerk who sees all, a liaison and an outsider, each beside two floors: an empty view and a bare view.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="件数")
    parser.add_argument("--requests", type=int, default=400, help="每项请求数")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2, help="每个网页进程的线程数，同 docs/deploy")
    parser.add_argument("--port", type=int, default=8123)
    parser.add_argument("--keep", action="store_true", help="库已填好，直接测")
    parser.add_argument("--out", type=Path, help="结果另存为文件")
    given = parser.parse_args()
    result = measure_all(given)
    text = json.dumps(result, ensure_ascii=False, indent=2)
    sys.stdout.write(text + "\n")
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")


def measure_all(given: argparse.Namespace) -> dict[str, Any]:
    """Fill, serve, measure."""
    import django  # noqa: PLC0415 - the settings are chosen by now

    django.setup()
    from bench import fill, pages, steps  # noqa: PLC0415

    result: dict[str, Any] = {
        "machine": machine(), "clients": given.clients, "workers": given.workers, "threads": given.threads,
    }  # fmt: skip
    if not given.keep:
        fill.prepare()
        pages.choose_people()
        started = time.perf_counter()
        result["filled"] = {**fill.fill(given.size), "seconds": round(time.perf_counter() - started, 1)}
    pages.choose_people()
    result["steps"] = steps.one_step()
    result["queries"] = pages.query_counts()
    server = serve(given)
    try:
        wait_for(given.port)
        result["pages"] = pages.measure_pages(given, server.pid)
        result["search"] = pages.measure_search(given, server.pid)
        result["export"] = pages.measure_export(given, server.pid)
    finally:
        server.terminate()
        server.wait(20)
    return result


def machine() -> dict[str, Any]:
    """Say on what it was measured."""
    from django.db import connection  # noqa: PLC0415

    return {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "database": connection.vendor,
        "load": round(os.getloadavg()[0], 2),
    }


def serve(given: argparse.Namespace) -> subprocess.Popen[bytes]:
    """Start the server of the house."""
    granian = Path(sys.executable).parent / "granian"
    command = [
        str(granian), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(given.port),
        "--workers", str(given.workers), "--blocking-threads", str(given.threads), "--log-level", "warning",
        "zhongshu.wsgi:application",
    ]  # fmt: skip
    return subprocess.Popen(command, env={**os.environ, "ZHONGSHU_LOG_LEVEL": "ERROR"})


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    import http.client  # noqa: PLC0415

    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/bench/empty/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")


if __name__ == "__main__":
    main()
