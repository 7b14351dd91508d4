"""The name of a draft says what it is of."""

import pytest

from console.domain.draft import DRAFT, NOBODY, draft_name, draft_of


@pytest.mark.parametrize("of", ["i-1", NOBODY])
def test_what_a_draft_is_of_is_read_from_its_name(of):
    name = draft_name("incident.note", of)
    assert name.startswith(DRAFT)
    assert draft_of(name) == of


def test_a_form_of_no_record_has_a_draft_too():
    assert draft_name("incident.create") == "draft/incident.create/-"
