"""A push to a wall has its time; then seats let go of it, and later the centre."""

from console.central.pruning import DAY, delete_at, prune_at, rules
from console.domain.record import HIDDEN, Showing


def test_a_push_has_its_time_and_the_centre_keeps_it_longer():
    asked = Showing(id="s", asked_at=1_000)
    assert prune_at(asked) == 1_000 + rules().shown_days * DAY
    assert delete_at(asked) == prune_at(asked) + rules().kept_days * DAY
    assert prune_at(Showing(id="s", asked_at=1_000, scope=HIDDEN)) == 0
