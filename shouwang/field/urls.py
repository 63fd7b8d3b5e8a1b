from django.urls import path

from shouwang.field import finding, owners, patrols, taking, views, walking

app_name = "field"
urlpatterns = [
    path("", views.shell, name="shell"),
    path("worker.js", views.worker, name="worker"),
    path("now.json", views.now, name="now"),
    path("steps/", views.steps, name="steps"),
    path("ground.json", taking.ground, name="ground"),
    path("dwellings/", taking.dwellings, name="dwellings"),
    path("round.json", walking.walk, name="round"),
    path("patrol.json", patrols.patrol, name="patrol"),
    path("find.json", finding.purposes, name="find"),
    path("find/", finding.begin, name="find_begin"),
    path("find/candidates/", finding.candidates, name="find_candidates"),
    path("find/record/", finding.record, name="find_record"),
    path("find/owner/", owners.tell, name="find_owner"),
    path("tasks/", views.tasks, name="tasks"),
    path("position/", views.position, name="position"),
    path("messages/read/", views.read_messages, name="read_messages"),
    path("matters/<uuid:key>/callback/", views.call_back, name="call_back"),
]
