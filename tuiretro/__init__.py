"""Anonymous sprint surveys, honest trends and retrospectives for AI and ML teams, in the terminal.

This module owns the version and imports nothing, so that every command pays only for what it uses.
"""

__version__ = "0.1.0"
