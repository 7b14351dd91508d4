"""Under which names a seat keeps what was typed into a form and not sent yet."""

DRAFT = "draft/"
NOBODY = "-"
"""In place of a record or an act, where a form is of neither."""


def draft_name(command: str, of: str = NOBODY) -> str:
    """Name the draft of a command's form; ``of``: the record, or the act, that it is about."""
    return f"{DRAFT}{command}/{of}"


def draft_of(name: str) -> str:
    """Give the record or the act that a draft of this name is about."""
    return name.rsplit("/", 1)[-1]
