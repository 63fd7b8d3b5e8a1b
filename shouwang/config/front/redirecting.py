"""The plain port beside HTTPS: it says where the secure page is, and nothing else."""

import asyncio

from shouwang.config.environment import Environment

PATIENCE_S = 5
LONGEST_LINE = 8 * 1024


async def start(environment: Environment) -> asyncio.Server:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                target, host = await _asked(reader)
                writer.write(redirect(target, host or environment.host, environment.port))
                await writer.drain()
        except (TimeoutError, ValueError, OSError):
            pass  # whoever does not ask properly is let go without an answer
        finally:
            writer.close()

    return await asyncio.start_server(answer, environment.host, environment.redirect_port, limit=LONGEST_LINE)


def redirect(target: str, host: str, port: int) -> bytes:
    """308: the method and the body stay as they were."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host
    where = name if port == 443 else f"{name}:{port}"
    head = f"HTTP/1.1 308 Permanent Redirect\r\nLocation: https://{where}{target}\r\n"
    return f"{head}Content-Length: 0\r\nConnection: close\r\n\r\n".encode("latin-1")


async def _asked(reader: asyncio.StreamReader) -> tuple[str, str]:
    """(path and query, Host) of the request."""
    _, target, _ = (await reader.readline()).decode("latin-1").split()
    host = ""
    while (line := (await reader.readline()).decode("latin-1").strip()) and not host:
        name, _, value = line.partition(":")
        if name.lower() == "host":
            host = value.strip()
    if not target.startswith("/"):
        raise ValueError("not a path of ours")
    return target, host
