"""Signed links: what lets a school see its own page without an account. Pure; the secret is passed in."""

from typing import Any

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from workflow.errors import NotFound

_DAYS_VALID = 180
_SECONDS_A_DAY = 86_400


class Links:
    """Makes and reads links that begin with `base_url`."""

    def __init__(self, base_url: str, secret: str) -> None:
        self.base_url = base_url
        self._person = URLSafeTimedSerializer(secret, salt="participant")
        self._school = URLSafeTimedSerializer(secret, salt="school-status")

    def school_token(self, reference: str) -> str:
        return str(self._school.dumps(reference))

    def school_reference(self, token: str) -> str:
        """Raises NotFound for a token that was not made here or is too old."""
        return str(_read(self._school, token))

    def person_token(self, reference: str, participant_id: int) -> str:
        return str(self._person.dumps([reference, participant_id]))

    def participant(self, token: str) -> tuple[str, int]:
        """The engagement's reference and the participant's number. Raises NotFound as above."""
        reference, participant_id = _read(self._person, token)
        return str(reference), int(participant_id)

    def person(self, reference: str, participant_id: int) -> str:
        return f"{self.base_url}/school/person/{self.person_token(reference, participant_id)}"

    def status(self, reference: str) -> str:
        return f"{self.base_url}/school/{self.school_token(reference)}"

    def school_page(self, reference: str, page: str) -> str:
        """One of the school's other pages, which asks for a letter first; where it is, for the page without a name."""
        return f"{self.status(reference)}/{page}".removesuffix("/")

    def case(self, reference: str) -> str:
        return f"{self.base_url}/advisor/engagement/{reference}"

    def calendar(self, secret: str) -> str:
        """Not signed: what is in force is in the record, so that it can be withdrawn."""
        return f"{self.base_url}/calendar/{secret}.ics"

    def new_password(self, secret: str) -> str:
        """Not signed: what holds is in the record, and only once."""
        return f"{self.base_url}/sign-in/new-password/{secret}"

    def contact(self, secret: str) -> str:
        """Not signed, likewise."""
        return f"{self.base_url}/contact/{secret}"

    def come_in(self, secret: str) -> str:
        """Likewise: the page with the button that lets a school or a participant in."""
        return f"{self.base_url}/school/link/{secret}"

    def read_schools(self, secret: str) -> str:
        """Likewise: the page with the button that lets in somebody who reads about several schools."""
        return f"{self.base_url}/schools/link/{secret}"

    def school_door(self) -> str:
        """Where whoever has no letter at hand asks for a link."""
        return f"{self.base_url}/school/"

    def verify(self, serial: str) -> str:
        return f"{self.base_url}/verify/{serial}"


def _read(signer: URLSafeTimedSerializer, token: str) -> Any:
    try:
        return signer.loads(token, max_age=_DAYS_VALID * _SECONDS_A_DAY)
    except SignatureExpired:
        raise NotFound("This link is too old. Ask your advisor for a new one.") from None
    except BadSignature:
        raise NotFound(
            "This link is not whole. Open it again from the email, or ask your advisor for a new one."
        ) from None
