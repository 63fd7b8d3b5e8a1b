"""What the one public port adds to asking the process behind it directly.

.venv/bin/python -m bench.front [--requests 2000]
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AIM_ADDED_MS = 2
PORT = 8199


async def measure(var: Path, requests: int) -> None:
    import aiohttp

    direct = aiohttp.UnixConnector(path=str(var / "run" / "web.sock"))
    async with aiohttp.ClientSession(connector=direct) as behind, aiohttp.ClientSession() as public:
        asked = {"direct": (behind, "http://127.0.0.1/healthz"), "front": (public, f"http://127.0.0.1:{PORT}/healthz")}
        times: dict[str, list[float]] = {"direct": [], "front": []}
        for _ in range(requests):
            for name, (session, url) in asked.items():
                began = time.perf_counter()
                async with session.get(url) as answer:
                    await answer.read()
                times[name].append((time.perf_counter() - began) * 1000)
    for name, found in times.items():
        found.sort()
        print(f"{name:8} p50 {at(found, 50):.2f} ms, p95 {at(found, 95):.2f} ms, p99 {at(found, 99):.2f} ms")
    print(f"added    p50 {at(times['front'], 50) - at(times['direct'], 50):.2f} ms (aim: ≤ {AIM_ADDED_MS} ms)")


def at(found: list[float], percent: int) -> float:
    return found[len(found) * percent // 100]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        variables = os.environ | {"SHOUWANG_VAR": folder, "SHOUWANG_PORT": str(PORT)}
        command = [sys.executable, "-m", "shouwang.config.command_line", "start"]
        town = subprocess.Popen(
            command, env=variables, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, text=True
        )
        try:
            assert town.stdout
            if not any("is ready" in line for line in town.stdout):
                return 1
            asyncio.run(measure(Path(folder), options.requests))
        finally:
            town.terminate()
            town.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
