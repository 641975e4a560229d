"""The runs of eight words of the article that the twenty mistakes come from, kept as hashes only.

The article is no part of the repository: `python -m tests.surveys.source_runs ARTICLE.txt` writes the hashes anew.
"""

from __future__ import annotations

import re
import sys
import textwrap
from base64 import b64decode, b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

KEPT = Path(__file__).parents[1] / "golden" / "source_runs.txt"
LENGTH = 8
"""Words of a run: shorter ones belong to nobody."""
_DIGEST = 5
"""Bytes; among the runs of the whole catalogue, one false alarm is expected in thousands of catalogues."""
_LINK_TARGET = re.compile(r"(?<=\])\([^)\s]*\)")
_HEADER = """\
# Hashes of every run of eight words of 'Common Project Management Mistakes to Avoid for AI & Machine Learning',
# file 000_a46d089e90dece83.txt, with and without the targets of its links. They show whether a text copies the article
# and do not give the article back. Made by tests/surveys/source_runs.py: 5-byte blake2b digests, sorted, in base64.
"""


def runs(text: str) -> Iterator[str]:
    """Every run of eight words: lower case, letters a to z, digits and straight apostrophes alone."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    for start in range(len(words) - LENGTH + 1):
        yield " ".join(words[start : start + LENGTH])


def hashed(text: str) -> frozenset[bytes]:
    """The digests of a text's runs."""
    return frozenset(_digest(run) for run in runs(text))


def copied(text: str, known: frozenset[bytes]) -> list[str]:
    """The runs of a text whose digests are known."""
    return [run for run in runs(text) if _digest(run) in known]


@cache
def kept() -> frozenset[bytes]:
    """The digests of the article's runs."""
    return parsed(KEPT.read_text("ascii"))


def parsed(file: str) -> frozenset[bytes]:
    """The digests in a file of hashes."""
    whole = b64decode("".join(line for line in file.splitlines() if not line.startswith("#")), validate=True)
    return frozenset(whole[at : at + _DIGEST] for at in range(0, len(whole), _DIGEST))


def written(article: str) -> str:
    """The file of hashes for an article."""
    digests = hashed(article) | hashed(_LINK_TARGET.sub("", article))
    return _HEADER + textwrap.fill(b64encode(b"".join(sorted(digests))).decode("ascii"), 120) + "\n"


def _digest(run: str) -> bytes:
    return blake2b(run.encode(), digest_size=_DIGEST).digest()


if __name__ == "__main__":
    KEPT.write_text(written(Path(sys.argv[1]).read_text("utf-8")), "ascii")
