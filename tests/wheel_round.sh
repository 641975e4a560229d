#!/usr/bin/env bash
# A whole round with an installed tuiretro and nothing of the checkout: catalogue, open, seven sheets, close, results.
# Usage: wheel_round.sh WORKSPACE   (tuiretro and python are taken from PATH)
set -euo pipefail
export TUIRETRO_WORKSPACE=$1 TUIRETRO_TODAY=2026-11-23
sheets=$(mktemp -d)
trap 'rm -rf "$sheets"' EXIT

tuiretro --version
tuiretro survey list
tuiretro survey show process --format json | python -c '
import json, sys
shown = json.load(sys.stdin)
assert shown["schema"] == 1 and len(shown["items"]) == 80, shown
print("wheel round: the process survey read, with", len(shown["items"]), "statements")
'
tuiretro template list
tuiretro template show data-card | grep "^# Data card"
tuiretro team add Atlas --people 7 --starts 2026-11-16 --every "2 weeks"
tuiretro round open
tuiretro round status --format json | python -c '
import json, pathlib, sys
items = [item["id"] for item in json.load(sys.stdin)["round"]["items"]]
for person in range(7):
    answers = {item: 1 + (person + place) % 5 for place, item in enumerate(items)}
    pathlib.Path(sys.argv[1], f"{person}.json").write_text(json.dumps({"answers": answers}))
' "$sheets"
for sheet in "$sheets"/*.json; do
    tuiretro answer --from "$sheet"
done
tuiretro round close --yes
tuiretro results
tuiretro results --format json | python -c '
import json, sys
shown = json.load(sys.stdin)
assert shown["schema"] == 1, shown
print("wheel round: results of sprint", shown["sprint"]["number"], "read back")
'
tuiretro audit >/dev/null
