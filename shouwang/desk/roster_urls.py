from django.urls import path

from shouwang.desk.views import check_ins, day_logs, own_duty, rosters, watches

urlpatterns = [
    path("rosters/", rosters.rosters, name="duty_rosters"),
    path("rosters/models/", rosters.model_new, name="duty_model_new"),
    path("rosters/models/<uuid:key>/", rosters.model, name="duty_model"),
    path("rosters/today/", own_duty.day, name="duty_day"),
    path("rosters/mine/", own_duty.own_duty, name="own_duty"),
    path("rosters/mine/calendar/", own_duty.feed, name="duty_feed"),
    path("rosters/absences/<uuid:key>/", own_duty.absence, name="duty_absence"),
    path("rosters/swaps/", own_duty.swap_new, name="duty_swap_new"),
    path("rosters/swaps/<uuid:key>/", own_duty.swap, name="duty_swap"),
    path("rosters/turns/<uuid:key>/", own_duty.missed, name="duty_missed"),
    path("rosters/units/<uuid:key>/", own_duty.sign_on, name="duty_sign_on"),
    path("rosters/watches/", watches.watches, name="watches"),
    path("rosters/watches/<uuid:key>/", watches.watch, name="watch_act"),
    path("daylog/", day_logs.day_logs, name="day_logs"),
    path("daylog/<uuid:key>/", day_logs.day_log, name="day_log"),
    path("daylog/<uuid:key>/file/", day_logs.day_log_file, name="day_log_file"),
    path("rosters/check-ins/", check_ins.check_ins, name="check_ins"),
    path("calendar/<str:token>.ics", own_duty.calendar, name="calendar"),
    path("rosters/<uuid:key>/", rosters.one, name="duty_roster"),
    path("rosters/<uuid:key>/edits/", rosters.edit, name="duty_roster_edit"),
    path("rosters/<uuid:key>/approval/", rosters.approval, name="duty_roster_approval"),
]
