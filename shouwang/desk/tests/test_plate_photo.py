"""A door plate is photographed on the address page; what is kept tells nothing of where and by which phone."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from shouwang.places.models import Address
from shouwang.territory.models import PlatePhoto


@pytest.fixture
def address(world, as_role):
    with as_role("jobs"):
        return Address.objects.create(
            element="street", number=900_001, path="/900001/", name="桥西路", full_text="桥西路", lon=111.427,
            lat=27.686, area=world.qiaoxi_04, status="in_use", source="desk",
        )  # fmt: skip


def photo(**more) -> SimpleUploadedFile:
    picture = Image.new("RGB", (640, 480), "navy")
    exif = picture.getexif()
    exif[0x010F], exif[0x0110] = "MAKER-OF-PHONES", "MODEL-7"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("plate.jpg", more.get("data", out.getvalue()), "image/jpeg")


def test_a_plate_is_photographed_and_the_copy_has_no_metadata(desk, address):
    sent = photo()
    assert b"MAKER-OF-PHONES" in sent.read()
    sent.seek(0)

    assert desk("shen").post(f"/desk/addresses/{address.pk}/photos/", {"photo": sent}).status_code == 302

    page = desk("shen").get(f"/desk/addresses/{address.pk}/").content.decode()
    assert "plate.jpg" in page
    shown = desk("lu").get(f"/desk/addresses/{address.pk}/plate.jpg")
    assert shown["Content-Type"] == "image/jpeg"
    assert b"MAKER-OF-PHONES" not in shown.content
    assert Image.open(io.BytesIO(shown.content)).getexif() == {}
    address.refresh_from_db()
    assert address.verified_at is not None


def test_what_is_no_photo_is_refused_and_the_neighbour_neither_sees_nor_adds_one(desk, address):
    wrong = desk("shen").post(f"/desk/addresses/{address.pk}/photos/", {"photo": photo(data=b"<svg/>")})
    assert 400 <= wrong.status_code < 500
    assert desk("zhao").post(f"/desk/addresses/{address.pk}/photos/", {"photo": photo()}).status_code == 404
    assert desk("lu").post(f"/desk/addresses/{address.pk}/photos/", {"photo": photo()}).status_code == 403
    assert desk("shen").get(f"/desk/addresses/{address.pk}/plate.jpg").status_code == 404
    assert not PlatePhoto.objects.exists()
