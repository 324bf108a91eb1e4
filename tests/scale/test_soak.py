"""A short form of `make soak`: builds killed at random moments lose nothing, repeat nothing, and end in the same bytes."""

from benchmarks.soak import soak


def test_killed_builds_end_in_the_same_bytes(tmp_path):
    counts = soak(5, 7, tmp_path, number=40, say=False)
    assert counts["kills"] == 5
    assert counts["lost"] == counts["twice"] == counts["different"] == 0
