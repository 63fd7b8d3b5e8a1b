"""Reviews of a serious case: who answered for what and when, from the journal; found by people, after a hearing."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import ACCESS, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models import Matter


class Found(models.TextChoices):
    """What somebody may find of a post. No grade, no order: what spoke for a post stands beside what did not."""

    KEPT = "kept", pgettext_lazy("review", "Did what the post asks, in time")
    LATE = "late", pgettext_lazy("review", "Did it, later than the limit")
    LEFT = "left", pgettext_lazy("review", "Did not do it, though able to")
    UNABLE = "unable", pgettext_lazy("review", "Could not do it from this post")
    UNCLEAR = "unclear", pgettext_lazy("review", "Whose duty it was, was not settled")
    MEANS = "means", pgettext_lazy("review", "Equipment, network or system failed")
    UNKNOWN = "unknown", pgettext_lazy("review", "The record does not show it")


class Review(models.Model):
    """One review of one matter and what belongs to it, opened by one person of the level above.

    matters  the matter and what belonged to it when it was opened
    offices  numbers of the areas whose posts it is about: nobody of these offices sees it
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    matters = ArrayField(models.UUIDField())
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    purpose = models.CharField(max_length=12)
    reason = models.CharField(max_length=120)
    offices = ArrayField(models.BigIntegerField())
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    measures = models.CharField(max_length=500, blank=True, default="")
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id") | every(
        ACCESS, "matter", "matters", "starts_at", "ends_at", "purpose", "reason", "offices", "opened_by", "opened_at",
        "measures", "closed_by", "closed_at",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(closed_at__isnull=True), name="review_one_open_of_matter"
            ),
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="review_ends_after"),
        ]


class Heard(models.Model):
    """One person whose acts are reviewed, with the posts held then, and until when he may answer.

    asked_at  when he was last asked: at the opening, and anew with each finding about a post of his
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="heard")
    person = models.UUIDField()
    posts = ArrayField(models.UUIDField())
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "review") | every(
        ACCESS, "person", "posts", "asked_at", "answer_by", "answered_at"
    )

    class Meta:
        verbose_name_plural = "heard"
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="heard_once_in_a_review")]
        indexes = [models.Index(fields=["person", "-asked_at"], name="heard_person")]

    @property
    def waits(self) -> bool:
        """Asked, and no word since."""
        return self.answered_at is None or self.answered_at < self.asked_at


class Answer(models.Model):
    """Words of one of them; never changed, only added to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    heard = models.ForeignKey(Heard, on_delete=models.CASCADE, related_name="answers")
    words = models.CharField(max_length=1000)
    said_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "heard") | every(ACCESS, "words", "said_at")


class PostFinding(models.Model):
    """What a person found of one post, on the ground of one entry and one rule. Taken back, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="findings")
    post = models.UUIDField()
    found = models.CharField(max_length=8, choices=Found.choices)
    rule = models.CharField(max_length=8)
    entry = models.UUIDField()
    words = models.CharField(max_length=500)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "review") | every(
        ACCESS, "post", "found", "rule", "entry", "words", "made_by", "made_at", "taken_back_at"
    )
