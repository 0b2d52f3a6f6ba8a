"""Certificates that have to be withdrawn, replaced or sent again."""

from collections.abc import Mapping
from typing import Any

from workflow.acts.act import COUNCIL, Act, Done, Occasion, says
from workflow.acts.fields import Block, Choice, Choices, Option, PersonName
from workflow.domain.actor import ADVISING_ROLES
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.store.tables.participant import Participant
from workflow.usecases import certificates


def _revoke(on: Occasion, *, serial: str, reason: str | None = None, note: str | None = None) -> Done:
    held = certificates.revoke(on.session, on.engagement_id, serial, reason=reason or "", note=note, **on.who)
    return Done(
        f"The certificate {held.serial} is withdrawn, and {_owner(on, held.participant_id)} is told.",
        console=f"The certificate {held.serial} of {held.name} is withdrawn.",
        where=(),
    )


def _reissue(on: Occasion, *, serial: str, reason: str | None = None, name: str = "") -> Done:
    held = certificates.reissue(on.session, on.engagement_id, serial, reason=reason or "", name=name, **on.who)
    return Done(
        f"A new certificate in place of {held.serial} is on its way to {_owner(on, held.participant_id)}; "
        "the old one is valid until it is printed.",
        where=(),
    )


def _send(on: Occasion, *, serial: str) -> Done:
    held = certificates.send_again(on.session, on.engagement_id, serial, **on.who)
    owner = on.session.get_one(Participant, held.participant_id)
    return Done(f"The certificate {held.serial} goes to {owner.name}, {owner.email}, once more.", where=())


def _owner(on: Occasion, participant_id: int) -> str:
    return on.session.get_one(Participant, participant_id).name


def _reasons(verb: str) -> Choices:
    def among(on: Occasion, _values: Mapping[str, Any]) -> Mapping[str, str]:
        said = on.offer.status_transition.get(("certificate", verb))
        return said.reasons if said else {}

    return among


def _reason(verb: str, label: str) -> Choice:
    why = Option("--reason", "Why; a wrong code lists them all.", metavar="CODE", default="")
    return Choice("reason", among=_reasons(verb), label=label, ask="Choose the reason", console=why)


ACTS = (
    Act(
        name="revoke",
        about="certificate",
        do=_revoke,
        fields=(
            _reason("revoke", "Why is it withdrawn?"),
            Block(
                "note",
                what="The note",
                limit=NOTE_LIMIT,
                label="Note (optional)",
                hint="It is kept in the history.",
                console=Option("--note", "What is written beside the event."),
            ),
        ),
        by=says("certificate", "revoke"),
        pages=ADVISING_ROLES,
        sensitive=True,
        command="certificate revoke",
        help="Withdraw a certificate. Its owner is told, and so is anybody who checks it.",
        example="CMC-26-0042-K 7KQ2-M9RT-WX4H --reason error",
    ),
    Act(
        name="reissue",
        about="certificate",
        do=_reissue,
        fields=(
            _reason("supersede", "What was wrong?"),
            PersonName(
                "name",
                label="Name as it should be printed",
                console=Option("--name", "The right name, which its owner has agreed to.", default=""),
            ),
        ),
        by=says("certificate", "supersede"),
        pages=ADVISING_ROLES,
        command="certificate reissue",
        help="Replace a certificate that says something wrong. The new one goes to its owner by email.",
        example="CMC-26-0042-K 7KQ2-M9RT-WX4H --reason name --name 'Jo R Rowe'",
    ),
    Act(
        name="send_certificate",
        about="certificate",
        do=_send,
        by=COUNCIL,
        pages=ADVISING_ROLES,
        command="certificate send",
        help="Send a certificate to its owner once more, at the address they have now.",
        example="CMC-26-0042-K 7KQ2-M9RT-WX4H",
    ),
)
