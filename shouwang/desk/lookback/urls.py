"""Addresses of looking back."""

from django.urls import path

from shouwang.desk.lookback import comparing, exports, findings, kept_tracks, presences, replays, reviews, told

urlpatterns = [
    path("", replays.replays, name="replays"),
    path("replays/<uuid:key>/", replays.replay, name="replay"),
    path("replays/<uuid:key>/page.json", replays.replay_page, name="replay_page"),
    path("presences/", presences.presences, name="presences"),
    path("presences/new/", presences.new, name="presence_new"),
    path("presences/<uuid:key>/", presences.presence, name="presence"),
    path("presences/<uuid:key>/decision/", presences.decided, name="presence_decided"),
    path("tracks/", kept_tracks.kept_tracks, name="kept_tracks"),
    path("tracks/new/", kept_tracks.new, name="kept_track_new"),
    path("tracks/<uuid:key>/decision/", kept_tracks.decided, name="kept_track_decided"),
    path("tracks/archives/<uuid:key>/", kept_tracks.archive, name="kept_track"),
    path("exports/new/", exports.export, name="export"),
    path("compared/", comparing.compared, name="compared"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<uuid:key>/words/", findings.words, name="finding_words"),
    path("hearings/", findings.hearings, name="hearings"),
    path("hearings/<uuid:key>/", findings.settled, name="finding_settled"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/new/", reviews.new, name="review_new"),
    path("reviews/<uuid:key>/", reviews.review, name="review"),
    path("reviews/<uuid:key>/acts/", reviews.acts, name="review_acts"),
    path("reviews/<uuid:key>/report/", reviews.report, name="review_report"),
    path("reviews/<uuid:key>/answer/", reviews.answered, name="review_answer"),
    path("told/", told.told, name="told"),
    path("told/<uuid:key>/words/", told.words, name="told_words"),
]
