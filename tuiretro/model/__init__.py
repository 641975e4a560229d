"""The values that everything else speaks in: frozen Structs, no input or output, no clock.

Nothing here knows where values are stored or how they are shown.
"""
