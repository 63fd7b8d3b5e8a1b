"""What acts on the town as a whole are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("backup.make", _("The town was backed up: {rows} rows, {files} files and keys"))
say("backup.try", _("A backup was put back beside the town for a try and was whole: {rows} rows, {files} files"))
