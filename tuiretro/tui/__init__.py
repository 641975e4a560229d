"""The app: the only package that imports textual. Screens show values and return values; they hold no rules."""
