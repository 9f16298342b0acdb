"""How much of a customer's name is shown to whom. Names are written surname first."""


def short_name(name: str | None) -> str:
    """For the workshop's ticket and tray: "Иванова М. П."."""
    surname, *rest = (name or "").split()[:3] or [""]
    return " ".join([surname, *(f"{word[0].upper()}." for word in rest)])


def addressed(name: str | None) -> str:
    """For a page that a stranger may open: "Мария Петровна И.", never a full surname."""
    surname, *rest = (name or "").split()[:3] or [""]
    if not surname:
        return ""
    return " ".join([*rest, f"{surname[0].upper()}."])
