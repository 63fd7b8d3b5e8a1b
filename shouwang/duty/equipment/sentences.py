"""What acts on equipment are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say

say("equipment.take_in", _("{who} took {n_new} things into the ledger and corrected {n_corrected}"))
say("equipment.issue", _("{who} issued a thing"))
say("equipment.return", _("{who} took a thing back"))
say("equipment.fault", _("{who} noted a fault"))
say("equipment.repair", _("{who} sent a thing to repair"))
say("equipment.repaired", _("{who} took a thing back from repair"))
say("equipment.lose", _("{who} noted a thing as lost"))
say("equipment.find", _("{who} noted a thing as found again"))
say("equipment.battery", _("{who} tested a battery"))
say("equipment.test", _("{who} tested a thing"))
say("equipment.retire", _("{who} wrote a thing off"))
say("equipment.kind", _("{who} kept a kind of equipment"))
say("equipment.count", _("{who} began a stock count"))
say("equipment.seen", _("{who} saw {n} things in a stock count"))
say("equipment.unseen", _("{who} took a number out of a stock count"))
say("equipment.explain", _("{who} explained differences of a stock count"))
say("equipment.close_count", _("{who} closed a stock count: {n_seen} seen, {expected} by the ledger"))
say("recording.upload", _("{n_files} files of a recorder were uploaded"))
say("recording.keep", _("{who} keeps a recording for good"))
say("recording.look", _("{who} looked at the list of files of a recording"))
