"""Faults planted in the core, one at a time: the control of the simulation. Each must be found."""

from typing import NamedTuple


class Fault(NamedTuple):
    name: str
    right: str
    wrong: str


FAULTS = (
    Fault("a busy unit is sent", "if current is not None and board.matters[current.matter].open:", "if False:"),
    Fault(
        "a unit off shift is sent",
        "if unit.shift is None:\n        return OffShift(unit.id)",
        "if False:\n        return OffShift(unit.id)",
    ),
    Fault("a unit away is sent", "if unit.away is not None:", "if False:"),
    Fault(
        "a closed matter gets a crew",
        "if not matter.open:\n        return MatterEnded(matter.id)",
        "if False:\n        return MatterEnded(matter.id)",
    ),
    Fault("help is refused", "if others and not isinstance(event, ev.AddCrew):", "if others:"),
    Fault("a sent crew is not told", 'draft.tell(sent, "task")', "pass"),
    Fault("a recalled crew is not told", 'draft.tell(assignment, "recalled")', "pass"),
    Fault("a closed matter's crew is not told", 'draft.tell(assignment, "closed")', "pass"),
    Fault("sending does not move the matter", 'draft.move_matter(matter.id, "sent", sent.id)', "pass"),
    Fault(
        "every crew moves the matter",
        "matter.after(reached) if matter",
        "matter.after(reached) or matter.state if matter",
    ),
    Fault("a late stamp turns the state back", "state=assignment.state if late else reached", "state=reached"),
    Fault("late stamps keep the phone's time", "_fitted(assignment, reached, draft.now)", "draft.now"),
    Fault("stamps may lie before the last one", "return min([max([at, *before]), *after])", "return min([at, *after])"),
    Fault("a stamp is set twice", "if reached in assignment.stamps:", "if False:"),
    Fault(
        "an ended assignment goes on",
        "if not assignment.is_open:\n        return AssignmentEnded(",
        "if False:\n        return AssignmentEnded(",
    ),
    Fault("cleared without having arrived", '"arrived" not in assignment.stamps:', "False:"),
    Fault(
        "clearing does not end the matter",
        'draft.end(assignment, "cleared", "", "ended")\n        draft.leave_matter(assignment)',
        'draft.end(assignment, "cleared", "", "ended")',
    ),
    Fault("the first to clear ends it for all", "if not self.board.on(assignment.matter):", "if True:"),
    Fault(
        "a served matter goes back to the desk",
        '"cleared" if self.board.was_served(assignment.matter) else "emptied"',
        '"emptied"',
    ),
    Fault(
        "a matter without crew looks served",
        '"cleared" if self.board.was_served(assignment.matter) else "emptied"',
        '"cleared"',
    ),
    Fault(
        "returned in silence",
        'draft.alert("returned", assignment)\n    return None\n\n\ndef _recall',
        "return None\n\n\ndef _recall",
    ),
    Fault("returned without a reason", "if not event.reason.strip():", "if False:"),
    Fault(
        "a shift ends in silence",
        'draft.leave_matter(current)\n        draft.alert("returned", current)',
        "draft.leave_matter(current)",
    ),
    Fault(
        "a shift's end keeps the task",
        'if current is not None:\n        draft.end(current, "returned"',
        'if False:\n        draft.end(current, "returned"',
    ),
    Fault("support is not heard", 'draft.alert("support", assignment)', "pass"),
    Fault("closing keeps the crews", "for assignment in draft.board.on(matter.id):", "for assignment in ():"),
    Fault("merging loses the crews", "for assignment in draft.board.on(event.matter):", "for assignment in ():"),
    Fault("merging keeps the alerts behind", "draft.effects += [RaiseAlert(alert) for", "[RaiseAlert(alert) for"),
    Fault("settling is forgotten", "self.effects += [SettleAlert(alert, why) for alert in settled]", "pass"),
    Fault("raising is forgotten", "self.effects.append(RaiseAlert(alert))", "pass"),
    Fault(
        "a receipt silences the desk",
        "draft.write(replace(received, read_at=at) if read else received)",
        'draft.write(replace(received, read_at=at) if read else received); draft.settle("signed", lambda alert: True)',
    ),
    Fault("unsigned is never noticed", "if waited_s >= limits.signed_s and", "if False and"),
    Fault("unsigned is noticed too early", "waited_s >= limits.signed_s", "waited_s >= 40"),
    Fault("a phone that has the task is called", "assignment.delivered_at is None and ", ""),
    Fault("a silent phone is never called", "draft.effects.append(FallBack(seen.unit, seen.id))", "pass"),
    Fault("a silent phone is called all the time", " and assignment.fallback_at is None", ""),
    Fault(
        "faster by a negative time",
        "max(0.0, (now - assignment.sent_at).total_seconds())",
        "(now - assignment.sent_at).total_seconds()",
    ),
)
