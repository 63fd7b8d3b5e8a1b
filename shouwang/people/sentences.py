"""What acts on posts, sessions, proofs, phones and grants are called."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import Text, name_by, say
from shouwang.people.models import Person
from shouwang.people.models.grant import GrantKind
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.verbs import LABELS

ROLE_LABELS = {name: role.label for name, role in ROLE_TABLE.items()}
VERB_LABELS = {verb.value: label for verb, label in LABELS.items()}
GRANT_KINDS = dict(GrantKind.choices)


def _person_names(ids: set[UUID]) -> Mapping[UUID, Text]:
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))


name_by("person", _person_names)

say("post.give", _("{who} gave {to} the post {role}"), to="person", role=ROLE_LABELS)
say("post.end", _("{who} ended a post: {role}"), role=ROLE_LABELS)
say("post.accept", _("{who} signed for the post"))
say("post.pass_on", _("{who} wrote down what the next holder should know"))
say("post.take_over", _("{who} took the post over"))
say("staffing_rule.set", _("{who} set the staffing rule {rule}"))
say("staffing_rule.end", _("{who} ended the staffing rule {rule}"))
say("posting.propose", _("{who} proposed to post {to}: {role}"), to="person", role=ROLE_LABELS)
say("posting.approve", _("{who} approved the posting of {to}"), to="person")
say("posting.refuse", _("{who} refused the posting of {to}"), to="person")
say("posting.withdraw", _("{who} took a proposed posting back"))
say("posting.return", _("{who} noted that {to} is back from a posting"), to="person")
say("duty_entry.sign", _("{who} signed for a day of duty"))
say("duty_entry.strike", _("{who} struck out a day of duty"))
say("role.narrow", _("{who} took “{without}” from {role} for a time"), role=ROLE_LABELS, without=VERB_LABELS)
say("role.restore", _("{who} gave a right back to a role"))
say("tiers.adopt", _("{who} put the tiers {preset} in force"))
say("person.invite", _("{who} invited a colleague"))
say("person.invite_again", _("{who} made a new link for a colleague"))
say("person.join", _("{who} opened an account"))
say("person.come_back", _("{who} came back in after losing the way to sign in"))
say("person.change_contact", _("{who} changed number or mailbox"))
say("person.delete_account", _("{who} deleted an account"))
say("grants.let_go", _("{n_let_go} matters are behind their receipts again"))
say("contact.ask_proof", _("Somebody asked for a code to prove a number"))
say("person.close", _("{who} closed an account"))
say("password.set", _("{who} set a password"))
say("code_app.confirm", _("{who} set up a code app"))
say("recovery_code.use", _("{who} used a recovery code"))
say("recovery_codes.make", _("{who} made recovery codes"))
say("passkey.keep", _("{who} made a passkey"))
say("passkey.remove", _("{who} removed a passkey"))
say("sign_in.fail", _("Signing in failed"))
say("session.open", _("{who} signed in"))
say("session.end", _("{who} ended a session of {of}"), of="person")
say("session.begin_administration", _("{who} switched administration on"))
say("session.end_administration", _("{who} switched administration off"))
say("administration.request", _("{who} opened {path} in administration"))
say("grant.give", _("{who} gave a grant: {kind}"), kind=GRANT_KINDS)
say("grant.revoke", _("{who} took a grant back: {kind}"), kind=GRANT_KINDS)
say("device.ask", _("A phone of {of} asks to be bound"), of="person")
say("device.approve", _("{who} bound a phone to {of}"), of="person")
say("device.lose", _("{who} reported a phone of {of} lost"), of="person")
say("device.end", _("The key on a phone of {of} is destroyed"), of="person")
say("workstation.register", _("{who} registered a desk"))
say("workstation.end", _("{who} took a desk off"))
