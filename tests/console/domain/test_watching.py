"""A pass says who it is for, and never its password."""

from console.domain.watching import Pass


def test_a_password_is_not_shown():
    made = Pass(user="yu", password="s3cret", hosts=("10.0.0.1:8554",))
    assert "s3cret" not in f"{made!r} {made}"
    assert "yu" in repr(made)
