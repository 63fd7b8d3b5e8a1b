"""Files as people send them, and as nobody should."""

from __future__ import annotations

import io
import struct
import wave
import zipfile
import zlib

from PIL import Image


def photo(*, width: int = 640, height: int = 480, exif: bool = True, form: str = "JPEG") -> bytes:
    """A photo with a place (Guixi), a time and a maker in its metadata."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    out = io.BytesIO()
    picture.save(out, form, exif=_exif() if exif else b"", quality=90)
    return out.getvalue()


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CANARY-maker"
    exif[0x0112] = 6  # to be turned by a quarter
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 12:30:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (28.0, 17.0, 30.0), "E", (117.0, 14.0, 6.0)
    return exif.tobytes()


def zip_called_jpg() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.jpg", photo())
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A well-formed PNG of any size in a few bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * 10))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("P", (8, 8), n) for n in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(range(256)) * 20)
    told = b"INFOIART" + struct.pack("<I", 12) + b"CANARY-name\0"
    data = out.getvalue() + b"LIST" + struct.pack("<I", len(told)) + told
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def m4a() -> bytes:
    def box(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + name + body

    dated = box(b"mvhd", bytes(4) + b"\xe0\x11\x22\x33" * 2 + bytes(88))
    told = box(b"udta", box(b"meta", b"CANARY-place"))
    track = box(b"trak", box(b"udta", b"CANARY-title"))
    return box(b"ftyp", b"M4A \0\0\0\0M4A mp42") + box(b"moov", dated + track + told) + box(b"mdat", b"SOUND" * 40)


def webm() -> bytes:
    def element(name: bytes, body: bytes) -> bytes:
        return name + (1 << 56 | len(body)).to_bytes(8) + body

    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm"))
    info = element(b"\x15\x49\xa9\x66", element(b"\x7b\xa9", b"CANARY-title") + element(b"\x44\x61", bytes(8)))
    tags = element(b"\x12\x54\xc3\x67", b"CANARY-tags")
    cluster = b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff" + element(b"\xa3", b"SOUND" * 40)
    segment = b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"
    return head + segment + info + tags + cluster


def ogg() -> bytes:
    def page(number: int, body: bytes, flags: int = 0) -> bytes:
        lacing = bytes([255] * (len(body) // 255) + [len(body) % 255])
        head = b"OggS\0" + bytes([flags]) + bytes(8) + b"SERI" + struct.pack("<I", number) + bytes(4)
        return head + bytes([len(lacing)]) + lacing + body

    told = b"CANARY-artist=somebody" * 3
    tags = b"OpusTags" + struct.pack("<I", 4) + b"libx" + struct.pack("<II", 1, len(told)) + told
    return page(0, b"OpusHead" + bytes(11), 2) + page(1, tags) + page(2, b"SOUND" * 40, 4)
