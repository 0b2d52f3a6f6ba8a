"""The certificate of an offer, printed for somebody made up, with “SPECIMEN” across it."""

import typst

from workflow.domain.look import USUAL, Look
from workflow.english import the
from workflow.errors import BadInput, NotFound
from workflow.preview.made_up import SCHOOL, STAFF, MadeUp, MadeUpLinks
from workflow.usecases.certificate_text import Holder, printed_for
from workflow.usecases.printing.printer import Kind, specimen_of
from workflow.usecases.printing.specimen import NO_NUMBER


def preview_certificate(about: MadeUp, kind: Kind, phase: int | None = None, council: Look = USUAL) -> bytes:
    """For the first phase, or another. Raises NotFound, or BadInput for a design that cannot be printed."""
    offer = about.offer
    level = min(offer.phase, default=0) if phase is None else phase
    if offer.certificate is None or level not in offer.phase:
        raise NotFound(f"There is no such certificate in {the(offer.offer.title)}.")
    holder = Holder(STAFF[0], level, SCHOOL, about.reference)
    printed = printed_for(offer, holder, serial=NO_NUMBER, earned_on=about.on)
    link = MadeUpLinks().verify(NO_NUMBER)
    try:
        return specimen_of(offer.certificate_template or "", printed, link, kind, offer.offer.brand.over(council))
    except typst.TypstError as error:
        raise BadInput(f"The certificate cannot be printed: {error}") from error
