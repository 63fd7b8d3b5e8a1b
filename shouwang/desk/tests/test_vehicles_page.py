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
from shouwang.registry.models import VehicleAsk
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
