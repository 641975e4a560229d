from __future__ import annotations

from tuiretro.model.checkup import Checkup, Point


def test_a_point_needs_somebody_before_it_counts_as_mended() -> None:
    assert Point("x").state == "well"
    assert Point("x", mended=("a",)).state == "mended"
    assert Point("x", mended=("a",), faults=("b",)).state == "needs you"


def test_a_workspace_is_well_if_nothing_needs_a_person() -> None:
    assert Checkup("p", True, (Point("x"), Point("y", mended=("a",)))).is_well
    assert not Checkup("p", True, (Point("x"), Point("y", faults=("a",)))).is_well
