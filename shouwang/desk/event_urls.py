"""Events and exams kept safe, and joint tasks."""

from django.urls import path

from shouwang.desk.views import events, joint_tasks, running

urlpatterns = [
    path("events/", events.events, name="events"),
    path("events/new/<slug:what>/", events.new, name="event_new"),
    path("events/<uuid:key>/", events.one, name="event"),
    path("events/<uuid:key>/plan/", events.amend, name="event_amend"),
    path("events/<uuid:key>/sheet/", events.sheet, name="event_sheet"),
    path("events/<uuid:key>/posts.json", events.posts, name="event_map"),
    path("events/<uuid:key>/steps/<slug:name>/", events.step, name="event_step"),
    path("events/<uuid:key>/posts/", running.post_new, name="event_post_new"),
    path("events/<uuid:key>/posts/<uuid:post>/<slug:name>/", running.post_act, name="event_post_act"),
    path("events/<uuid:key>/counts/", running.count, name="event_count"),
    path("joint/", joint_tasks.joint_tasks, name="joint_tasks"),
    path("joint/new/", joint_tasks.new, name="joint_new"),
    path("joint/<uuid:key>/", joint_tasks.one, name="joint_task"),
    path("joint/<uuid:key>/<slug:name>/", joint_tasks.act, name="joint_act"),
]
