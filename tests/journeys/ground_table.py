"""What each address with a key takes, and so whose it is: an address of staff without a line here fails the tests.

`ON_GROUND`  a planted thing (`kinds_on_ground.py`, `kinds_of_people.py`) → the addresses that take its key: whoever
             holds the same role next door gets 404.
`OWN`        the same of things that belong to one person: his colleague of the same role on the same ground gets 404.
`RESIDENTS`  the same of residents: another resident gets 404.
`NO_GROUND`  addresses for which ground plays no part, and why.
`SHOWN_ELSEWHERE`  addresses whose things need a town of their own: the test that asserts own and other.
"""

from __future__ import annotations

ON_GROUND: dict[str, tuple[str, ...]] = {
    "matter": (
        "desk:matter", "desk:step", "desk:step_form", "desk:note", "desk:apart", "desk:watch", "desk:parent",
        "desk:tell", "desk:send", "desk:excused", "desk:look",
    ),
    "opening": ("desk:request_settled",),
    "evidence": ("desk:evidence",),
    "assignment": ("desk:recall",),
    "linkage": ("desk:linkage_answer", "desk:linkage_notice"),
    "linkage rule": ("desk:linkage_end",),
    "sent step": ("desk:aside_settled",),
    "sheet": ("desk:sheet",),
    "directive": ("desk:directive", "desk:directive_step"),
    "joint task": ("desk:joint_task", "desk:joint_act"),
    "event": (
        "desk:event", "desk:event_sheet", "desk:event_map", "desk:event_step", "desk:event_amend",
        "desk:event_post_new", "desk:event_post_act", "desk:event_count",
    ),
    "hazard": ("desk:paper",),
    "advice": ("desk:slip",),
    "safety item": ("desk:item_act",),
    "sweep": ("desk:sweep", "desk:sweep_look", "desk:sweep_result"),
    "visit device": ("desk:device_act",),
    "wish": ("desk:wish_end",),
    "round": ("desk:round", "desk:round_stop", "desk:round_act"),
    "unit": ("desk:crew", "desk:token", "desk:track", "desk:duty_sign_on"),
    "booth": ("desk:booth",),
    "item": ("desk:equipment_item",),
    "stock count": ("desk:stock_count",),
    "recording": ("desk:recording",),
    "duty model": ("desk:duty_model",),
    "roster": ("desk:duty_roster", "desk:duty_roster_edit", "desk:duty_roster_approval"),
    "turn": ("desk:duty_missed",),
    "absence": ("desk:duty_absence",),
    "swap": ("desk:duty_swap",),
    "watch": ("desk:watch_act", "desk:day_log", "desk:day_log_file"),
    "level order": ("desk:level", "desk:level_act"),
    "mobilisation": ("desk:mobilisation", "desk:mobilisation_act"),
    "posting": ("desk:posting",),
    "move": ("desk:move_send", "desk:move_refuse"),
    "closed road": ("desk:road_open",),
    "drill": ("catch_up:drill_end",),
    "card": ("catch_up:enter",),
    "address": ("desk:address", "desk:address_act", "desk:photograph", "desk:plate_photo", "desk:plates"),
    "beat": ("desk:beat", "desk:beat_drawing", "desk:beat_map", "desk:beat_plates"),
    "night zone": ("desk:night_zone", "desk:night_zone_map"),
    "announcement": ("desk:announcement",),
    "recorded announcement": ("desk:announcement_sound",),
    "area": (
        "desk:grid", "desk:board_posted", "desk:grid_name", "desk:grid_class", "desk:grid_sheet", "desk:past",
        "desk:borders", "territory:today", "desk:station_board",
    ),
    "cut": ("territory:cut", "territory:act"),
    "room": ("desk:room",),
    "layer": ("desk:layer", "desk:layer_areas"),
    "plan": ("desk:plan", "desk:plan_move", "desk:plan_draw"),
    "patrol order": (
        "desk:patrol", "desk:patrol_edit", "desk:patrol_sheet", "desk:patrol_step", "desk:patrol_put_on",
        "desk:patrol_slot_act", "desk:patrol_point", "desk:patrol_beat_places", "desk:patrol_mark_known",
        "desk:patrol_point_drop",
    ),
    "patrol series": ("desk:patrol_series_act",),
    "patrol link": ("desk:patrol_command",),
    "partner": ("desk:patrol_partner", "desk:patrol_certificate", "desk:patrol_partner_end"),
    "patrol route": (
        "desk:patrol_route", "desk:patrol_route_file", "desk:patrol_route_order", "desk:patrol_route_accept",
        "desk:patrol_route_rest",
    ),
    "camera": ("desk:camera", "desk:camera_look", "desk:clip_new"),
    "clip": ("desk:clip_act",),
    "finding": ("desk:finding_settled",),
    "presence": ("desk:presence_decided",),
    "kept track": ("desk:kept_track_decided",),
    "kept archive": ("desk:kept_track",),
    "review": ("desk:review", "desk:review_acts", "desk:review_report"),
    "odd look": ("desk:heard",),
    "emergency": ("desk:emergency", "desk:kin"),
    "pair": ("imports:pair", "imports:same", "imports:different", "imports:parted"),
    "batch": (
        "imports:batch", "imports:columns", "imports:faults", "imports:taking", "imports:undoing", "imports:dropping",
    ),
    "phone": ("people:phone_approve", "people:phone_lost"),
    "post": ("people:post_cover", "people:post_end"),
    "person": ("people:invite_again", "people:sessions_end", "people:person_close"),
    "screen": ("people:screen_end",),
    "workstation": ("people:workstation_end",),
}  # fmt: skip

OWN: dict[str, tuple[str, ...]] = {
    "draft": ("desk:draft_dropped",),
    "emergency": ("desk:building", "desk:wished"),
    "odd look": ("desk:own_words",),
    "mobilisation call": ("desk:mobilisation_answer",),
    "patrol slot": ("desk:patrol_mine_act",),
    "video look": ("desk:look_end",),
    "replay": ("desk:replay", "desk:replay_page"),
    "presence answered": ("desk:presence",),
    "finding heard": ("desk:finding_words",),
    "told": ("desk:told_words",),
    "review heard": ("desk:review_answer",),
    "session": ("people:session_end",),
    "passkey": ("people:passkey_remove",),
    "post": ("people:post_accept", "people:post_pass_on"),
}

RESIDENTS: dict[str, tuple[str, ...]] = {
    "resident's passkey": ("portal:passkey_remove",),
    "resident's session": ("portal:session_end",),
    "resident's vehicle": ("portal:vehicle_end",),
    "resident's declaration": ("portal:take_back",),
    "resident's deletion": ("portal:deletion",),
    "vehicle call": ("portal:vehicle_coming",),
}

REASONS = {
    "token": "the address itself is the secret",
    "town": "the same for all of the town",
    "admin": "administration is for the whole town",
}
NO_GROUND: dict[str, str] = {
    "desk:level_set": "town",
}

# Addresses that open transactions of their own, which a test that is rolled back cannot give: refusals only.
COMMITS = {"desk:look", "imports:pair", "imports:same", "imports:different", "imports:parted"}

SHOWN_ELSEWHERE: dict[str, str] = {
    "devices:destroyed": "tests/journeys/test_own_ground_of_a_phone.py",
    "field:call_back": "tests/journeys/test_own_ground_of_a_phone.py",
}

# Where something else than 404 is answered, it is what is answered where there is no such thing: the database refuses
# a look at a pair; who drops a draft is shown his own; a declaration or a vehicle call is nothing to be answered.
ANSWERED = dict.fromkeys(("imports:pair", "imports:same", "imports:different", "imports:parted"), 403)
ANSWERED |= {"desk:draft_dropped": 200, "portal:take_back": 409, "portal:vehicle_coming": 403}

# Words in an address that are no key, and what a form must say so that the row is looked for at all.
WORDS = {
    "desk:step": "arrive", "desk:step_form": "arrive", "desk:directive_step": "sign", "desk:joint_act": "join",
    "desk:event_step": "approve", "desk:event_post_act": "drop", "desk:item_act": "check", "desk:round_act": "begin",
    "desk:device_act": "back", "desk:patrol_step": "brief", "desk:patrol_slot_act": "off",
    "desk:patrol_mine_act": "safe", "desk:patrol_series_act": "end", "desk:clip_act": "refuse",
}  # fmt: skip
SAID: dict[str, dict[str, str]] = {
    "desk:track": {"purpose": "complaint", "reason": "somebody complained"},
    "desk:linkage_answer": {"answer": "coming"},
    "desk:duty_absence": {"act": "refuse"},
    "desk:duty_swap": {"act": "refuse"},
    "desk:address_act": {"act": "verify"},
    "desk:room": {"act": "close"},
    "desk:finding_settled": {"outcome": "explained", "note": "was there"},
    "desk:presence_decided": {"decision": "refuse", "because": "not needed here"},
    "desk:kept_track_decided": {"decision": "refuse"},
    "desk:kept_track": {"reason": "a complaint was made"},
    "desk:heard": {"outcome": "explained", "note": "was there"},
    "desk:own_words": {"words": "was there"},
    "desk:finding_words": {"cause": "mistake", "words": "was there"},
    "desk:told_words": {"words": "was there"},
    "desk:review_answer": {"words": "was there"},
    "desk:level_act": {"act": "refuse", "why": "not needed"},
    "desk:mobilisation_act": {"act": "chase"},
    "desk:review_acts": {"act": "close"},
    "territory:act": {"act": "check"},
    "desk:patrol_route_rest": {"here": "0"},
    "desk:watch_act": {"act": "drop"},
    "desk:duty_missed": {"done": "somebody else came"},
}
