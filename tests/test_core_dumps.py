"""A crash of Python itself leaves no picture of the memory on disk."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")

AT_FIRST_IMPORT = """
import resource, sys
from tuiretro.__main__ import main

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "tuiretro.cli.main":
            print(resource.getrlimit(resource.RLIMIT_CORE))
            raise SystemExit(0)

hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
sys.meta_path.insert(0, Watch())
sys.argv = ["tuiretro", "team", "list"]
main()
"""
"""The program, which says what its limit is when it comes to its commands."""


def test_no_core_is_dumped_from_before_the_first_command_on() -> None:
    done = subprocess.run([sys.executable, "-c", AT_FIRST_IMPORT], capture_output=True, text=True, check=False)
    assert done.stdout == "(0, 0)\n", done.stderr
