"""Video rounds (S-CMD-009): which cameras there are, who looked through one for what, and clips asked for (VID-05).

No picture is kept here and none is searched: a person looks, and what he saw becomes a call.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models import Matter
from shouwang.places.models import Area


class CameraOwner(models.TextChoices):
    """Who may put one up in public (VID-01)."""

    GOVERNMENT = "government", _("A government department")
    OPERATOR = "operator", _("Whoever runs the public place")
    DUTY_BODY = "duty_body", _("A body with a safety duty")


class RoundPurpose(models.TextChoices):
    DISTRESS = "distress", _("Somebody may need help")
    CROWD = "crowd", _("Crowding at an event or a station")
    TRAFFIC = "traffic", _("Traffic and roads")
    WEATHER = "weather", _("Water, snow or fire")
    CALL = "call", _("A call that is running")


class ClipState(models.TextChoices):
    ASKED = "asked", _("Clip asked for")
    APPROVED = "approved", _("Clip approved")
    REFUSED = "refused", _("Clip refused")
    TAKEN = "taken", _("Clip taken out")


class Camera(models.Model):
    """A camera of the register: where, whose, what it is there for, and its filing with the county police (VID-04)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60)
    place_text = models.CharField(max_length=200)
    lon = models.FloatField()
    lat = models.FloatField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    owner = models.CharField(max_length=12, choices=CameraOwner.choices)
    purpose = models.CharField(max_length=120)
    filing = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    entered_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(STAFF, "entered_by") | every(
        PUBLIC, "name", "place_text", "lon", "lat", "area", "owner", "purpose", "filing", "since", "until"
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=models.Q(until__isnull=True), name="camera_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class VideoRound(models.Model):
    """One person looked through one camera, from then, for this purpose. `matter`: the call that it led to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    camera = models.ForeignKey(Camera, on_delete=models.PROTECT, related_name="rounds")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    person = models.UUIDField()
    purpose = models.CharField(max_length=12, choices=RoundPurpose.choices)
    words = models.CharField(max_length=200, blank=True, default="")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="video_rounds")

    data_map = every(TECHNICAL, "id") | every(
        STAFF, "camera", "began_at", "ended_at", "person", "purpose", "words", "matter"
    )

    class Meta:
        indexes = [models.Index(fields=["camera", "began_at"], name="video_round_of")]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.began_at:%F %T}"


class ClipRequest(models.Model):
    """A clip of a camera, asked for one open matter with a reason; somebody else decides. The clip is never here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    camera = models.ForeignKey(Camera, on_delete=models.PROTECT, related_name="clips")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="clips")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    content = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=8, choices=ClipState.choices, default=ClipState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.UUIDField(null=True, blank=True)

    data_map = every(TECHNICAL, "id") | every(
        STAFF, "camera", "matter", "starts_at", "ends_at", "reason", "content", "state", "asked_at", "asked_by",
        "decided_at", "decided_by", "taken_at", "taken_by",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["camera", "asked_at"], name="clip_of")]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.state}"
