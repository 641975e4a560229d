from __future__ import annotations

import json

from msgspec.structs import replace

from tuiretro.core.promises import WHO_COULD_SEE
from tuiretro.core.self_check_words import NOT_IN_THE_AUDIT
from tuiretro.export.audit_text import audit_json, audit_text
from tuiretro.model.audit import Audit, Check, KeptField, KeptFile, KeptTable

AUDIT = Audit(
    place="/home/mina/tuiretro",
    files=(
        KeptFile(
            "workspace.json",
            "0600",
            1312,
            "The teams and their settings.",
            tables=(
                KeptTable(
                    "teams",
                    1,
                    (
                        KeptField("name", "Atlas", "The team's name, on every screen."),
                        KeptField("mood", "not shown", "Nobody has said why this is kept.", known=False),
                    ),
                ),
            ),
        ),
        KeptFile("a1/rounds/b2/round.json", "0600", None, "The open round.", tables=(KeptTable("boxes", None, ()),)),
        KeptFile("\x1b[2Jstray", "0644", 3, "Nobody has said why this is kept.", known=False),
    ),
    can_be_found_out=("The team's name.",),
    cannot_be_found_out=("Who answered.",),
    checks=(Check("No temporary file is left."), Check("Files are 0600.", ("stray is 0644.",))),
)


def test_the_text_tells_the_verdict_first_and_then_everything() -> None:
    assert audit_text(AUDIT) == (
        "Everything that tuiretro keeps in /home/mina/tuiretro\n"
        "3 files; 1 of 2 checks passed\n"
        "\n"
        "CHECKS\n"
        "  pass  No temporary file is left.\n"
        "  FAIL  Files are 0600.\n"
        "        stray is 0644.\n"
        "\n"
        "WHAT CAN BE FOUND OUT\n"
        "  - The team's name.\n"
        "\n"
        "WHAT CANNOT BE FOUND OUT\n"
        "  - Who answered.\n"
        "\n"
        f"{WHO_COULD_SEE}\n"
        f"{NOT_IN_THE_AUDIT}\n"
        "\n"
        "workspace.json  (0600, 1,312 bytes)\n"
        "  The teams and their settings.\n"
        "  teams (1)\n"
        "    name: Atlas\n"
        "        The team's name, on every screen.\n"
        "    mood: not shown\n"
        "        FAULT: Nobody has said why this is kept.\n"
        "\n"
        "a1/rounds/b2/round.json  (0600)\n"
        "  The open round.\n"
        "  boxes\n"
        "\n"
        "[2Jstray  (0644, 3 bytes)\n"
        "  FAULT: Nobody has said why this is kept.\n"
    )


def test_the_json_holds_the_same_with_a_verdict() -> None:
    text = audit_json(AUDIT)
    document = json.loads(text)
    assert list(document) == [
        "schema",
        "passed",
        "place",
        "files",
        "can_be_found_out",
        "cannot_be_found_out",
        "checks",
    ]
    assert document["passed"] is False
    assert document["checks"][1] == {"sentence": "Files are 0600.", "passed": False, "faults": ["stray is 0644."]}
    assert document["files"][1]["size"] is None
    assert text.endswith("}\n")
    assert "\x1b" not in text


def test_an_audit_passes_when_all_its_checks_do() -> None:
    assert not AUDIT.passed
    assert Audit("", (), (), (), (Check("Fine."),)).passed


def test_no_text_of_strangers_turns_the_json_round() -> None:
    place, fault = "/home/\u202eanim", "\u2066stray is 0644."
    found = replace(AUDIT, place=place, checks=(Check("Files are 0600.", (fault,)),))

    document = json.loads(audit_json(found))

    assert document["place"] == "/home/anim"
    assert document["checks"][0]["faults"] == ["stray is 0644."]
    assert document["files"][2]["path"] == "[2Jstray"
