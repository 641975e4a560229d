"""The command line: what people type, and what is printed.

Owns words, options and formats. Must not import textual, decide anything that the app would decide too, or touch the
store but through the services. Imports what a command needs inside that command.
"""
