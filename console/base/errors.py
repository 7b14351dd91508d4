"""The ways a step or a file can fail that are not bugs. Anything else that is raised is a bug."""


class Refused(Exception):
    """The step is not allowed now. Says why by a text key; changes nothing."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key = key
        self.args_by_name: dict[str, object] = args

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value}" for name, value in self.args_by_name.items())
        return f"{self.key}({said})"


class Conflict(Refused):
    """The step rests on something that another person has changed since."""


class Unreachable(Exception):
    """The centre cannot be reached. Work goes on; the act waits."""

    def __init__(self, why: str = "", retry_ms: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.retry_ms = retry_ms


class Faulty(Unreachable):
    """The centre answered that it failed itself (5xx): perhaps of this very act."""


class Gone(Exception):
    """What the seat knows of the centre's log no longer holds: it is to be read anew.

    ``why`` is cursor_expired, epoch or scope_changed.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class SignedOut(Exception):
    """The centre does not know this person (any more): sign-in is needed; acts wait."""


class BadData(Exception):
    """A file or message from outside is wrong. Names the file, the place in it, and why."""

    def __init__(self, file: str, where: str, why: str) -> None:
        super().__init__(f"{file}: {where}: {why}")
        self.file = file
        self.where = where
        self.why = why
