"""Results kept by identity."""

from charters import keeping
from charters.keeping import kept_for_each


class Thing:
    """Something without a hash of its own value."""

    def __init__(self, size):
        self.size = size

    def __eq__(self, other):
        return self.size == other.size

    __hash__ = None


def test_each_thing_is_looked_at_once():
    """The same thing once, an equal one again."""
    seen = []

    @kept_for_each
    def size(thing):
        seen.append(thing)
        return thing.size

    one, two = Thing(3), Thing(3)
    assert [3, 3, 3] == [size(one), size(one), size(two)]
    assert 2 == len(seen)
    assert seen[0] is one
    assert seen[1] is two


def test_too_many_things_are_found_again(monkeypatch):
    """Nothing wrong is ever returned, however many come and go."""
    monkeypatch.setattr(keeping, "_MOST", 3)
    size = kept_for_each(lambda thing: thing.size)
    assert list(range(50)) == [size(Thing(each)) for each in range(50)]
