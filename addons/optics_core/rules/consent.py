"""What people agree to, and what must be agreed before their data is kept."""

KINDS = ("personal", "medical", "marketing", "sms", "email")
# Without these a patient's card shows a warning.
REQUIRED = ("personal", "medical")
# The kind that lets us write to a person through a channel.
CHANNELS = {"sms": "sms", "email": "email"}


def missing(given: set[str]) -> list[str]:
    """Required kinds that were not given or were withdrawn, in a fixed order."""
    return [kind for kind in REQUIRED if kind not in given]


def filled_in(text: str, values: dict[str, str]) -> str:
    """The lawyer's text with its `{{places}}` filled; an unknown place stays for all to see."""
    for place, value in values.items():
        text = text.replace("{{" + place + "}}", value)
    return text
