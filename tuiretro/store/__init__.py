"""Where a workspace is kept. `protocol` says what a store does; `tinydb_store` keeps it on disk, `memory` in memory.

Nothing outside this package knows about files of a workspace, locks, seals or TinyDB.
"""
