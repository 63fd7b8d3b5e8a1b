"""A vehicle stands open: the photo of it is kept with the matter, and goes when the plate goes."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from shouwang.core import clock, keyring
from shouwang.evidence import storage
from shouwang.evidence.models import Evidence
from shouwang.evidence.models.evidence import EvidenceState
from shouwang.registry.models import Search, VehicleAsk
from shouwang.registry.purging import run_purges

pytestmark = [pytest.mark.committed]


@pytest.fixture(autouse=True)
def _folders(tmp_path, monkeypatch):
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    monkeypatch.setattr(storage.settings, "FILES", tmp_path / "files")


def a_photo() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(file, "JPEG")
    return file.getvalue()


@pytest.mark.item("S-PAT-003")
def test_a_photo_is_kept_with_the_matter_and_goes_with_the_plate(world, desk_of, as_role):
    fang, page = desk_of(world.fang), reverse("desk:vehicles")
    given = {"plate": "湘A12345", "reason": "unlocked", "place_text": "桥西路12号"}
    refused = fang.post(page, given | {"photo": SimpleUploadedFile("car.jpg", b"no picture")})
    assert refused.status_code == 422
    with as_role("jobs"):
        assert not VehicleAsk.objects.exists()

    sent = fang.post(page, given | {"photo": SimpleUploadedFile("car.jpg", a_photo())})

    assert sent.status_code == 302, sent.content.decode()
    with as_role("jobs"):
        photo = Evidence.objects.get(matter=VehicleAsk.objects.get().matter)
        run_purges(at=clock.now() + dt.timedelta(days=29))
        assert Evidence.objects.get(pk=photo.pk).state != EvidenceState.DESTROYED
        run_purges(at=clock.now() + dt.timedelta(days=31))
    assert Evidence.objects.get(pk=photo.pk).state == EvidenceState.DESTROYED


@pytest.mark.item("S-REG-003", "S-PAT-003")
def test_a_plate_in_the_search_box_leads_to_the_owner_by_a_message_and_shows_nobody(world, desk_of, as_role):
    shen, found = desk_of(world.shen), "/desk/find/candidates/"
    assert shen.post(found, {"who": "湘 A·12345"}).status_code == 403  # what for comes first, here too
    shen.post("/desk/find/purpose/", {"purpose": "visit"})

    told = {"who": "湘 A·12345", "place": "桥西路12号"}
    page = shen.post(found, told, headers={"HX-Request": "true"}).content.decode()

    assert "湘A12345" in page
    assert "find-one" not in page
    assert 'value="桥西路12号"' in page
    assert f'action="{reverse("desk:vehicles")}"' in page
    sent = shen.post(reverse("desk:vehicles"), {"plate": "湘A12345", "reason": "unlocked", "place_text": "桥西路12号"})
    assert "told=no" in sent["Location"]
    with as_role("jobs"):
        assert VehicleAsk.objects.count() == 1
        assert not Search.objects.exists()  # no register was asked
    whole = shen.post(found, {"who": "湘A12345"}).content.decode()
    assert "湘A12345" in whole.split("find-plate")[1]
