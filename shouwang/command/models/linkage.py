"""Linkage (S-CMD-013): which branch is asked about which call, within what time, and what it answered."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models import Matter
from shouwang.people.models import Post
from shouwang.places.models import Area


class Branch(models.TextChoices):
    CRIMINAL = "criminal", _("Criminal investigation")
    ORDER = "order", _("Public order")
    TRAFFIC = "traffic", _("Traffic branch")
    PATROL = "patrol", _("Patrol and special police")
    NETWORK = "network", _("Network security")
    ANTI_FRAUD = "anti_fraud", _("Anti-fraud centre")
    STATION = "station", _("Neighbouring station")


class Answer(models.TextChoices):
    COMING = "coming", _("We are coming")
    HELPS = "helps", _("We help from here")
    LATER = "later", _("We take over afterwards")
    NOT_NEEDED = "not_needed", _("Not needed from us")


class BranchDesk(models.Model):
    """A post that reads and answers for a branch, on the ground of one office, from then until it ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    branch = models.CharField(max_length=12, choices=Branch.choices)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    set_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "duty_path") | every(
        STAFF, "branch", "post", "area", "since", "until", "set_by"
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "post"], condition=models.Q(until__isnull=True), name="branch_desk_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.branch}: {self.post_id}"


class LinkageRule(models.Model):
    """Calls of one type (or all of one group) from a level on: ask this branch, answered within so many seconds.

    sort   a call type, or the name of a group with a dot behind it      level   urgency 1 … 4: this one and worse
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    sort = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    branch = models.CharField(max_length=12, choices=Branch.choices)
    answer_s = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    set_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "duty_path") | every(STAFF, "set_by") | every(
        PUBLIC, "area", "sort", "level", "branch", "answer_s", "since", "until"
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "sort", "branch"], condition=models.Q(until__isnull=True), name="linkage_rule_once"
            ),
            models.CheckConstraint(name="linkage_level", condition=models.Q(level__gte=1, level__lte=4)),
        ]
        indexes = [models.Index(fields=["duty_path", "since"], name="linkage_rule_of")]

    def __str__(self) -> str:
        return f"{self.sort} {self.level}: {self.branch}"


class LinkageRequest(models.Model):
    """One branch asked about one call. `posts` are its desks then; passed: unanswered, it is with the duty lead."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="branches_asked")
    rule = models.ForeignKey(LinkageRule, on_delete=models.PROTECT, related_name="requests")
    branch = models.CharField(max_length=12, choices=Branch.choices)
    posts = ArrayField(models.UUIDField(), default=list)
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True, default="")
    words = models.CharField(max_length=200, blank=True, default="")
    passed_at = models.DateTimeField(null=True, blank=True)
    passed_to = models.UUIDField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path", "rule") | every(
        STAFF, "matter", "branch", "posts", "asked_at", "due_at", "answered_at", "answered_by", "answer", "words",
        "passed_at", "passed_to", "settled_at", "settled_by",
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "branch"], name="linkage_branch_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(answered_at__isnull=True, passed_at__isnull=True),
                name="linkage_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.branch} {self.matter_id}"
