"""What letters about getting in say, as Markdown with placeholders."""

from workflow.offer.emails.email_template import EmailTemplate

_ENDS = """Kind regards,

{{ provider }}
"""
_BY_MISTAKE = "If you did not ask for this, you need not do anything: without the link nothing happens."
_ASKED = (
    "It was asked for on {{ when }}, from this device: {{ asked_from }}. If that was not you, you need not "
    "do anything: without the link nothing happens, and nobody else has been sent it."
)


def _letter(name: str, subject: str, *paragraphs: str) -> EmailTemplate:
    body = "\n\n".join(("Dear {{ name }},", *paragraphs, _ENDS))
    return EmailTemplate(name=name, subject=subject, to=("advisor",), body=body)


LETTERS = {
    one.name: one
    for one in (
        _letter(
            "invitation",
            "Your account for Recognition",
            "You have been given an account for Recognition, the service for schools that work towards recognition as "
            "mentors, coaches and leaders. Your role is {{ role }}.",
            "Open this page and choose a password:",
            "[Choose your password]({{ link }})",
            "The link can be used once, within {{ valid }}. After that, ask whoever invited you for another.",
            "You will need an authenticator app on your telephone or computer. Any will do.",
        ),
        _letter(
            "new_password",
            "Choose a new password for Recognition",
            "Somebody, probably you, asked for a new password for your account. Open this page and choose one:",
            "[Choose a new password]({{ link }})",
            "The link can be used once, within {{ valid }}.",
            _BY_MISTAKE,
        ),
        _letter(
            "school_link",
            "Your link to the page of {{ school }}: {{ offer }}",
            "Here is your link to the page of {{ school }} about the {{ offer }}, for which you are the school lead. "
            "Open it and press the button there. Then you can name people, choose dates and tell us what we need:",
            "[Go on to your school’s page]({{ link }})",
            "The link can be used once, within {{ valid }}. You can ask for another at any time.",
            _ASKED,
        ),
        _letter(
            "participant_link",
            "Your link to your own page at {{ school }}: {{ offer }}",
            "Here is your link to your own page, as you take part in the {{ offer }} at {{ school }}. Open it and "
            "press the button there. Then you can send in your evidence and say how your name is written:",
            "[Go on to your own page]({{ link }})",
            "The link can be used once, within {{ valid }}. You can ask for another at any time.",
            _ASKED,
        ),
        _letter(
            "address_changed",
            "Your email address for Recognition was changed",
            "On {{ when }} the email address of your account was changed to {{ email }}. You sign in with that one "
            "from now on, and are signed out wherever you were signed in.",
            "If you did not expect that, tell the people who look after accounts at once.",
        ),
        _letter(
            "data_asked",
            "Somebody asks about their data in Recognition",
            "On {{ when }} somebody who takes part asked the council to put right or to erase what is kept about them. "
            "By law they have an answer within one month.",
            "You find it on the page “Privacy”, once you are signed in:",
            "[Read it and answer it]({{ privacy_link }})",
        ),
        _letter(
            "data_answered",
            "We have answered what you asked about your data",
            "You asked us about the data that we keep about you, as you take part at {{ school }}. Our answer stands "
            "on your own page:",
            "[Open your own page]({{ page }})",
            "Ask for a link there, come in, and choose “Your data”.",
        ),
        _letter(
            "reader_invitation",
            "See where {{ schools }} are with Recognition",
            "{{ invited_by }} has invited you to see where {{ schools }} are on their way to recognition as mentors, "
            "coaches and leaders.",
            "For each school you see where it is, what is due next and from whom, which meetings are ahead, who takes "
            "part and how far they have come, and their certificates. You do not see what anybody sends in. You only "
            "read: nothing that you do there changes anything.",
            "Open this page and press the button there:",
            "[Go on to your schools]({{ link }})",
            "The link can be used once, within {{ valid }}. After that you can ask for another at any time here, with "
            "this email address: {{ door }}",
            "The invitation holds until {{ until }}. If you did not expect it, write to {{ help_address }}.",
        ),
        _letter(
            "reader_link",
            "Your link to {{ schools }}",
            "Here is your link to see where {{ schools }} are. Open it and press the button there:",
            "[Go on to your schools]({{ link }})",
            "The link can be used once, within {{ valid }}. You can ask for another at any time.",
            _ASKED,
        ),
        _letter(
            "reader_ended",
            "Your invitation to see where schools are has ended",
            "Your invitation to see where {{ schools }} are has been ended. You are signed out, and no link that you "
            "were sent holds any more.",
            "You need not do anything. If you still need to see these schools, write to {{ help_address }}.",
        ),
        _letter(
            "password_changed",
            "Your password for Recognition was changed",
            "The password of your account was changed on {{ when }}. You are signed out wherever you were signed in "
            "with the old one.",
            "If it was you, all is well. If it was not, choose another at once, and tell the people who look after "
            "accounts:",
            "[Choose another password]({{ help_link }})",
        ),
        _letter(
            "factors_removed",
            "Your second step for Recognition was removed",
            "On {{ when }} the authenticator app, passkeys and recovery codes of your account were removed. You set up "
            "a new one when you sign in next.",
            "If you did not ask for that, tell the people who look after accounts at once.",
        ),
        _letter(
            "contact_offered",
            "Will you be the {{ contact }} of {{ school }}?",
            "{{ asked_by }} has proposed you as the {{ contact }} of {{ school }}, which works towards recognition as "
            "mentors, coaches and leaders. Open this page to say yes or no:",
            "[Say yes or no]({{ link }})",
            "The link can be used once, within {{ valid }}. Nothing changes until you say yes.",
        ),
        _letter(
            "contact_asked",
            "Somebody else is proposed as the {{ contact }} of {{ school }}",
            "{{ asked_by }} asked on {{ when }} that {{ person }} become the {{ contact }} of {{ school }} in your "
            "place. {{ person }} has been asked, and you are told when it is done.",
            "If that is not right, write to {{ help_address }} and give the reference {{ reference }}.",
        ),
        _letter(
            "contact_done",
            "{{ person }} is the {{ contact }} of {{ school }} now",
            "{{ person }} has taken over from you as the {{ contact }} of {{ school }}, as {{ asked_by }} had asked. "
            "Letters go there from now on, and meetings that are ahead leave your calendar by a letter of their own.",
            "Thank you for what you did. If this is not right, write to {{ help_address }} and give the reference "
            "{{ reference }}.",
        ),
    )
}
