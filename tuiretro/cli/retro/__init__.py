"""The commands of a retro, and its line-by-line mode for screen readers and pipes.

Owns the words that a terminal without the app prints and asks. What a step does is the service's.
"""
