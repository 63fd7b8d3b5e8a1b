"""What acts on areas are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("area.draw", _("{who} drew new borders for {areas} areas"))
say("area.check", _("{who} checked the new borders"))
say("area.approve", _("{who} approved the new borders"))
say("area.bring_into_force", _("{who} brought new borders of {areas} areas into force"))
say("area.rename", _("{who} proposed to call {was_called} {called}"))
say("area.class", _("{who} changed the urban–rural class of {called} from {was_class} to {became}"))
say("area.lay", _("{who} laid {areas} areas by a sheet and corrected {changed}"))
say("address.plan", _("{who} entered the address {called}"))
say("address.use", _("{who} put the address in use"))
say("address.rename", _("{who} renamed {was_called} to {called}"))
say("address.call", _("{who} noted that people say {called}"))
say("address.move", _("{who} moved the point of the address"))
say("address.verify", _("{who} saw the address on the spot"))
say("address.demolish", _("{who} ended {called}: demolished"))
say("address.merge", _("{who} merged {called} into {became}"))
say("address.split", _("{who} split {called} into {became}"))
say("room.open", _("{who} opened {called}"))
say("room.change", _("{who} changed what hangs at the door of {called}"))
say("room.close", _("{who} closed {called}"))
say("room.move", _("{who} moved {called}"))
say("address.photograph", _("{who} photographed the door plate on the spot"))
say("layer.make", _("{who} made the layer {called}"))
say("layer.rename", _("{who} renamed {was_called} to {called}"))
say("layer.retire", _("{who} retired the layer {called}"))
say("layer.draw", _("{who} drew {areas} areas in the layer {called}"))
say("layer.name_area", _("{who} renamed {was_called} to {called}"))
say("layer.drop_area", _("{who} took {called} out of its layer"))
