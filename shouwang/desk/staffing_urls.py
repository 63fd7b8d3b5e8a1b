from django.urls import path

from shouwang.desk.views import postings, staffing, strength

urlpatterns = [
    path("staffing/", staffing.staffing, name="staffing"),
    path("staffing/staffing.csv", staffing.file, name="staffing_file"),
    path("staffing/rules/", staffing.rules, name="staffing_rules"),
    path("staffing/postings/", postings.postings, name="postings"),
    path("staffing/postings/postings.csv", postings.file, name="postings_file"),
    path("staffing/postings/new/", postings.new, name="posting_new"),
    path("staffing/postings/<uuid:key>/", postings.posting, name="posting"),
    path("staffing/strength/", strength.strength, name="strength"),
    path("staffing/days/", strength.days, name="duty_days"),
    path("staffing/days/days.csv", strength.file, name="duty_days_file"),
    path("staffing/mine/", strength.mine, name="own_days"),
]
