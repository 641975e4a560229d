"""One screen a file. A screen gets values, shows them, and returns a value or nothing; it never saves."""
