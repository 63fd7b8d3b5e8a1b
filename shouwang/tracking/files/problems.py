"""Why a file is no track: each says what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem


class NotATrackFile(Problem):
    code, status = "track_file.unknown", 415
    says = _("This is neither a GPX nor an NMEA file. Export the track from the device as GPX.")


class OtherXml(Problem):
    code, status = "track_file.other_xml", 415
    says = _("This file begins with “{name}”, so it is no GPX. Export the track from the device as GPX.")


class XmlForbidden(Problem):
    code, status = "track_file.forbidden_xml", 400
    says = _("This file declares a document type or is nested too deep. Tracks never need that, so it was not read.")


class XmlBroken(Problem):
    code, status = "track_file.broken_xml", 400
    says = _(
        "The file breaks off or is damaged at line {line}, before its first position. Take it from the device again."
    )


class NoDates(Problem):
    code, status = "track_file.no_dates", 400
    says = _("The sentences of this NMEA file tell no date. Let the device write RMC sentences too.")


class NoPositions(Problem):
    code, status = "track_file.no_positions", 400
    says = _("There is no track in this file. Choose the track, not waypoints or a route.")


class TooManyPositions(Problem):
    code, status = "track_file.too_many", 413
    says = _("More than {most} positions in one file. Export one shift at a time.")


class FileTooLarge(Problem):
    code, status = "track_file.too_large", 413
    says = _("The file is larger than {most} MB. Export one shift at a time.")


class TooManyFiles(Problem):
    code, status = "track_file.too_often", 429
    says = _("Too many files within the hour. Wait a few minutes, then bring the next one.")
