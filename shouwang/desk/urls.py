from django.urls import path

from shouwang.desk.views import alerts, board, command, intake, matter, messages, sending, sheets, wall

app_name = "desk"
urlpatterns = [
    path("", board.board, name="board"),
    path("parts/", board.parts, name="parts"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<uuid:key>/", alerts.acknowledge, name="acknowledge"),
    path("map.json", board.map_layers, name="map"),
    path("intake/", intake.intake, name="intake"),
    path("intake/places/", intake.read, name="read"),
    path("command/", command.command, name="command"),
    path("command/words/", command.words, name="words"),
    path("matters/<uuid:key>/", matter.matter, name="matter"),
    path("matters/<uuid:key>/steps/<slug:name>/", matter.step, name="step"),
    path("matters/<uuid:key>/steps/<slug:name>/form/", matter.step_form, name="step_form"),
    path("matters/<uuid:key>/notes/", matter.note, name="note"),
    path("matters/<uuid:key>/apart/", matter.apart, name="apart"),
    path("matters/<uuid:key>/looks/", matter.look, name="look"),
    path("matters/<uuid:key>/assignments/", sending.send, name="send"),
    path("assignments/<uuid:key>/recall/", sending.recall, name="recall"),
    path("messages/", messages.messages, name="messages"),
    path("sheets/", sheets.sheets, name="shift_sheet"),
    path("sheets/<uuid:key>/", sheets.sheet, name="sheet"),
    path("keys/", board.keys, name="keys"),
    path("wall/", wall.wall, name="wall"),
    path("wall/board/", wall.fragment, name="wall_board"),
]
