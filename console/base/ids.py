"""New ids: time-ordered UUIDs (version 7), made where the record or act is born."""

import uuid_utils


def new_id() -> str:
    """Give a new id: 32 hex digits in UUID form; later ids sort after earlier ones."""
    return str(uuid_utils.uuid7())
