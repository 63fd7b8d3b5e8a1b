"""Tracks as devices write them."""

import datetime as dt
from functools import reduce
from operator import xor

GPX = """<?xml version="1.0" encoding="{encoding}"?>
<gpx version="1.1" creator="测试" xmlns="http://www.topografix.com/GPX/1/1" xmlns:e="http://example.org/e"><trk><name>夜巡</name><trkseg>
{points}
</trkseg></trk></gpx>
"""


def gpx(*times: dt.datetime | str, lon: float = 111.42, encoding: str = "UTF-8") -> bytes:
    points = "\n".join(point(time, lon + n / 1e5) for n, time in enumerate(times))
    return GPX.format(points=points, encoding=encoding).encode("gb18030" if encoding.startswith("GB") else encoding)


def point(time: dt.datetime | str, lon: float = 111.42, lat: float = 27.69) -> str:
    text = time if isinstance(time, str) else f"{time:%Y-%m-%dT%H:%M:%SZ}"
    return f'<trkpt lat="{lat}" lon="{lon}"><time>{text}</time><extensions><e:speed>3.5</e:speed></extensions></trkpt>'


def rmc(time: dt.datetime, *, state: str = "A", lat: str = "2741.4000,N", lon: str = "11125.2000,E") -> str:
    return sealed(f"GPRMC,{time:%H%M%S}.00,{state},{lat},{lon},6.8,90.0,{time:%d%m%y},,,A")


def sealed(body: str) -> str:
    return f"${body}*{reduce(xor, body.encode(), 0):02X}"
