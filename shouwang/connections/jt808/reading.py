"""One line of hexadecimal to what it says, for people and for other programs (`bin/shouwang jt808 --decode`). Pure."""

from __future__ import annotations

from typing import Any

from shouwang.connections.jt808.frames import LARGEST, FrameError, read_frame
from shouwang.connections.jt808.positions import Position, read_batch, read_position

POSITION, BATCH, ANSWERED_POSITION = 0x0200, 0x0704, 0x0201
LONGEST_LINE = 4 * LARGEST


def decode_line(line: str) -> dict[str, Any]:
    """`msg_id`, `phone`, `serial`, and the position, the `positions` of a batch, or `body`; or `error` and `code`."""
    try:
        if len(line) > LONGEST_LINE:
            raise FrameError("too_long", "the line is longer than any frame")
        frame = read_frame(bytes.fromhex(line.strip()))
        head: dict[str, Any] = {"msg_id": f"0x{frame.msg_id:04x}", "phone": frame.phone, "serial": frame.serial}
        if frame.version is not None:
            head["version"] = frame.version
        if frame.total > 1:
            return head | {"part": frame.index, "of": frame.total, "body": frame.body.hex()}
        if frame.msg_id == POSITION:
            return head | as_json(read_position(frame.body))
        if frame.msg_id == ANSWERED_POSITION:
            return head | as_json(read_position(frame.body[2:]))
        if frame.msg_id == BATCH:
            return head | {"positions": [as_json(one) for one in read_batch(frame.body)]}
        return head | {"body": frame.body.hex()}
    except FrameError as problem:
        return {"error": str(problem), "code": problem.code}
    except ValueError:
        return {"error": "not hexadecimal", "code": "hex"}


def as_json(position: Position) -> dict[str, Any]:
    """The names of the door: degrees, metres, km/h, ISO 8601 in UTC."""
    return {
        "lat": position.lat,
        "lon": position.lon,
        "altitude_m": position.altitude_m,
        "speed_kmh": position.speed_kmh,
        "heading_deg": position.heading_deg,
        "at": position.at.isoformat() if position.at else None,
        "alarm": position.alarm,
        "status": position.status,
        "extras": position.extras,
    }
