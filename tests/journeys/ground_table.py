"""Every address with a key: of what kind of thing the key is, or why ground plays no part (S3).

A new address with a key and without a line here fails the tests.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

# Why ground plays no part.
WORD = "word"  # of a closed list, not of a row
PUBLIC = "public"  # shown to everybody
SECRET = "secret"  # the key, or the cookie or signature that must come with it, is itself the right
OWN = "own"  # of the asker's own things alone, wherever they lie
TOWN = "town"  # of the whole town
OWED = "owed"  # ground does play a part, and nothing is planted for it here yet: this list only becomes shorter
REASONS = {WORD, PUBLIC, SECRET, OWN, TOWN, OWED}

BY_DAY = {"begins": dt.time(9), "ends": dt.time(10)}

# kind → the model of the key, with what the thing must be to be seen at all
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "matter": ("matters.Matter", {"kind": "incident", "state": "received", "phase": "active"}),
    "directive": ("matters.Matter", {"kind": "directive", "state": "issued", "phase": "active"}),
    "event": ("matters.Matter", {"kind": "event", "state": "planned", "phase": "active"}),
    "unit": ("duty.Unit", {"form": "car"}),
    "booth": ("duty.Unit", {"form": "booth"}),
    "alert": ("duty.Alert", {"kind": "unsigned"}),
    "watch": ("duty.Watch", {}),
    "equipment": ("duty.Item", {}),
    "stock count": ("duty.StockCount", {}),
    "recording": ("duty.Crew", {"recorder": "R-1"}),
    "beat": ("beats.Beat", {}),
    "night zone": ("beats.NightZone", {}),
    "announcement": ("beats.Message", BY_DAY),
    "sound": ("beats.Recording", {}),
    "address": ("places.Address", {}),
    "move": ("dispatch.MoveUp", {}),
    "camera": ("command.Camera", {}),
    "clip": ("command.ClipRequest", {}),
    "opening": ("matters.Opening", {}),
    "evidence": ("evidence.Evidence", {"kind": "photo", "content_type": "image/jpeg"}),
    "assignment": ("dispatch.Assignment", {}),
    "sheet": ("matters.Sheet", {"kind": "shift"}),
    "linkage request": ("command.LinkageRequest", {}),
    "patrol": ("patrols.Order", {"state": "planned"}),
    "partner": ("patrols.Partner", {}),
    "series": ("patrols.Series", {}),
    "link": ("patrols.Link", {}),
    "sweep": ("hazard.Sweep", {}),
    "safety item": ("hazard.SafetyItem", {}),
    "room": ("territory.PoliceRoom", {}),
    "layer": ("places.FreeLayer", {}),
    "plan": ("planning.Plan", {}),
    "route": ("planning.RoutePlan", {}),
    "device": ("visit.Device", {}),
    "wish": ("visit.Wish", {}),
    "round": ("rounds.Round", {}),
    "duty model": ("duty.DutyModel", {}),
    "roster": ("duty.Roster", {"state": "in_force"}),
    "turn": ("duty.Turn", {}),
    "absence": ("duty.Absence", {}),
    "swap": ("duty.Swap", {}),
    "level order": ("duty.LevelOrder", {}),
    "mobilisation": ("duty.Mobilisation", {}),
    "card": ("dispatch.Card", {}),
    "drill": ("dispatch.Drill", {}),
    "batch": ("sheets.Batch", {}),
    "pair": ("linkage.Pair", {}),
    "emergency": ("registry.Emergency", {}),
    "phone": ("people.Device", {}),
    "post": ("people.Post", {"role": "auxiliary"}),
    "person": ("people.Post", {"role": "patrol_helper"}),
    "screen": ("people.Grant", {"kind": "screen"}),
    "workstation": ("people.Workstation", {}),
    "grid": ("places.Area", {}),
}


def _of(kind: str, *names: str) -> dict[str, str]:
    return dict.fromkeys((name if ":" in name else f"desk:{name}" for name in names), kind)


GROUND: dict[str, str] = {
    **_of(
        "matter", "matter", "step", "step_form", "note", "watch", "parent", "tell", "apart", "look", "send", "excused"
    ),
    **_of("directive", "directive", "directive_step"),
    **_of(
        "event", "event", "event_sheet", "event_map", "event_step", "event_post_new", "event_post_act", "event_count"
    ),
    **_of("unit", "token", "crew", "track", "duty_sign_on"),
    **_of("booth", "booth"),
    **_of("alert", "acknowledge"),
    **_of("watch", "watch_act"),
    **_of("equipment", "equipment_item"),
    **_of("stock count", "stock_count"),
    **_of("recording", "recording"),
    **_of("beat", "beat", "beat_map", "beat_plates", "beat_drawing"),
    **_of("night zone", "night_zone", "night_zone_map"),
    **_of("announcement", "announcement"),
    **_of("sound", "announcement_sound"),
    **_of("address", "address", "address_act", "plates", "photograph", "plate_photo"),
    **_of("move", "move_send", "move_refuse"),
    **_of("camera", "camera", "camera_look", "clip_new"),
    **_of("clip", "clip_act"),
    **_of("opening", "request_settled"),
    **_of("evidence", "evidence"),
    **_of("assignment", "recall"),
    **_of("sheet", "sheet"),
    **_of("linkage request", "linkage_answer", "linkage_notice"),
    **_of("patrol", "patrol", "patrol_sheet", "patrol_step", "patrol_edit", "patrol_put_on", "patrol_slot_act"),
    **_of("patrol", "patrol_point", "patrol_point_drop", "patrol_beat_places", "patrol_mark_known"),
    **_of("partner", "patrol_certificate", "patrol_partner", "patrol_partner_end"),
    **_of("series", "patrol_series_act"),
    **_of("link", "patrol_command"),
    **_of("sweep", "sweep", "sweep_look", "sweep_result"),
    **_of("safety item", "item_act"),
    **_of("room", "room"),
    **_of("layer", "layer", "layer_areas"),
    **_of("plan", "plan", "plan_move", "plan_draw"),
    **_of("route", "patrol_route", "patrol_route_file", "patrol_route_order", "patrol_route_accept"),
    **_of("route", "patrol_route_rest"),
    **_of("device", "device_act"),
    **_of("wish", "wish_end"),
    **_of("round", "round", "round_stop", "round_act"),
    **_of("duty model", "duty_model"),
    **_of("roster", "duty_roster", "duty_roster_edit", "duty_roster_approval"),
    **_of("turn", "duty_missed"),
    **_of("absence", "duty_absence"),
    **_of("swap", "duty_swap"),
    **_of("level order", "level", "level_act"),
    **_of("mobilisation", "mobilisation", "mobilisation_act"),
    **_of("card", "catch_up:enter"),
    **_of("drill", "catch_up:drill_end"),
    **_of("batch", "imports:batch", "imports:columns", "imports:faults", "imports:taking", "imports:undoing"),
    **_of("batch", "imports:dropping"),
    **_of("pair", "imports:pair", "imports:same", "imports:different", "imports:parted"),
    **_of("emergency", "emergency"),
    **_of("phone", "people:phone_approve"),
    **_of("post", "people:post_cover", "people:post_end"),
    **_of("person", "people:invite_again", "people:sessions_end", "people:person_close"),
    **_of("screen", "people:screen_end"),
    **_of("workstation", "people:workstation_end"),
    **_of(
        "grid", "grid", "grid_name", "grid_class", "grid_sheet", "board_posted", "past", "borders", "territory:today"
    ),
    **_of(WORD, "directive_new", "event_new", "note_new", "imports:template", "administration:terminal"),
    **_of(WORD, "portal:wish", "tracking:ingest"),
    "map-style": WORD,
    "map-tile": PUBLIC,
    **_of(PUBLIC, "transparency:tile", "transparency:proof", "transparency:consistency"),
    **_of(PUBLIC, "portal:grid", "portal:grid_board"),
    **_of(SECRET, "devices:state", "calendar", "evidence:upload", "evidence:parts", "portal:receipt", "portal:photo"),
    **_of(SECRET, "people:invitation", "people:first", "people:first_seat", "people:screen", "people:screen_in"),
    **_of(SECRET, "portal:photos", "portal:follow", "portal:add", "portal:place", "portal:answer", "portal:withdraw"),
    **_of(SECRET, "portal:answer_here", "portal:premises", "portal:premises_in", "portal:premises_say"),
    **_of(OWN, "draft_dropped", "look_end", "own_words", "finding_words", "told_words", "review_answer", "building"),
    **_of(OWN, "wished", "patrol_mine_act", "mobilisation_answer", "field:call_back", "devices:destroyed"),
    **_of(OWN, "people:session_end", "people:passkey_remove", "people:post_accept", "people:post_pass_on"),
    **_of(OWN, "people:phone_lost", "portal:passkey_remove", "portal:session_end", "portal:vehicle_end"),
    **_of(OWN, "portal:vehicle_coming", "portal:take_back", "portal:deletion"),
    **_of(TOWN, "level_set"),
    **_of(OWED, "posting", "aside_settled", "replay", "replay_page", "presence", "presence_decided", "kept_track"),
    **_of(OWED, "kept_track_decided", "review", "review_acts", "review_report", "finding_settled", "joint_task"),
    **_of(OWED, "joint_act", "kin", "heard", "paper", "slip", "linkage_end", "territory:cut", "territory:act"),
    **_of(OWED, "evidence:finish", "evidence:shown", "evidence:small", "evidence:original", "evidence:blur"),
}

# Which word a door takes that takes one.
WORDS = {
    "desk:step": "arrive", "desk:step_form": "arrive", "desk:item_act": "check", "desk:device_act": "back",
    "desk:round_act": "begin", "desk:patrol_series_act": "end", "desk:clip_act": "grant",
}  # fmt: skip

# Doors that also ask for a second thing or a state: another ground's is asked for here, one's own by their own tests.
FURTHER = {
    *_of("", "directive_step", "event_step", "announcement_sound", "emergency", "catch_up:drill_end"),
    *_of("", "address_act", "plate_photo", "patrol_step", "patrol_slot_act", "patrol_point_drop", "patrol_mark_known"),
    *_of("", "sweep_look", "sweep_result", "room", "patrol_route_file", "patrol_route_rest", "round_stop"),
    *_of("", "duty_missed", "duty_absence", "duty_swap", "level_act", "mobilisation_act", "people:screen_end"),
    *_of("", "round_act", "item_act", "device_act", "clip_act", "event_post_act", "patrol_series_act", "joint_act"),
}

# Doors that refuse another ground's in their act, in other words than 404.
IN_THE_ACT = {
    "desk:patrol_command": 400, "imports:same": 400, "imports:pair": 403, "imports:different": 403,
    "imports:parted": 403, "desk:linkage_answer": 400,
}  # fmt: skip
