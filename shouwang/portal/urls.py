from django.urls import include, path

from shouwang.portal import coming, matter, mine, own, views, where

app_name = "portal"
urlpatterns = [
    path("transparency/", include("shouwang.portal.transparency")),
    path("", views.home, name="home"),
    path("report/", views.report, name="report"),
    path("find/", views.find, name="find"),
    path("where/", where.where, name="where"),
    path("r/", matter.receipt, name="open"),
    path("r/<str:code>", matter.receipt, name="receipt"),
    path("follow/<uuid:key>/", matter.follow, name="follow"),
    path("follow/<uuid:key>/add/", matter.add, name="add"),
    path("follow/<uuid:key>/photos/", matter.photos, name="photos"),
    path("follow/<uuid:key>/photos/<uuid:evidence>/", matter.photo, name="photo"),
    path("follow/<uuid:key>/withdraw/", matter.withdraw, name="withdraw"),
    path("follow/<uuid:key>/place/", matter.place, name="place"),
    path("account/", mine.account, name="account"),
    path("account/claim/", mine.claim, name="claim"),
    path("account/new/", coming.join, name="join"),
    path("account/in/", coming.sign_in, name="sign_in"),
    path("account/out/", coming.sign_out, name="sign_out"),
    path("account/lost/", coming.lost, name="lost"),
    path("account/in/passkey/ask", coming.passkey_ask, name="passkey_ask"),
    path("account/in/passkey", coming.passkey_in, name="passkey_in"),
    path("account/settings/", own.settings, name="settings"),
    path("account/contact/", own.contact, name="contact"),
    path("account/password/", own.password, name="password"),
    path("account/passkey/", own.passkey_new, name="passkey_new"),
    path("account/passkey/<uuid:key>/remove/", own.passkey_remove, name="passkey_remove"),
    path("account/browsers/end/", own.sessions_end, name="sessions_end"),
    path("account/browsers/<uuid:key>/end/", own.session_end, name="session_end"),
    path("account/codes/", own.recovery_codes, name="recovery_codes"),
    path("account/delete/", own.delete, name="delete"),
    path("follow/<uuid:key>/answer/", matter.answer_here, name="answer_here"),
    path("answer/<str:token>", matter.answer, name="answer"),
]
