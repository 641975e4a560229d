from __future__ import annotations

from tuiretro.model.audit import Audit, Check

FINE = Check("It holds.")
BROKEN = Check("It should hold.", ("It does not.",))


def test_a_check_passes_without_faults() -> None:
    assert FINE.passed
    assert not BROKEN.passed


def test_an_audit_passes_if_every_check_does() -> None:
    assert Audit("memory", (), (), (), ()).passed
    assert Audit("memory", (), (), (), (FINE, FINE)).passed
    assert not Audit("memory", (), (), (), (FINE, BROKEN)).passed
