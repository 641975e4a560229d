from __future__ import annotations

import importlib
import pkgutil

import msgspec
import pytest

import tuiretro.model

VALUES = [
    value
    for module in pkgutil.iter_modules(tuiretro.model.__path__, "tuiretro.model.")
    for value in vars(importlib.import_module(module.name)).values()
    if isinstance(value, type) and issubclass(value, msgspec.Struct) and value.__module__ == module.name
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_every_value_is_frozen(value: type[msgspec.Struct]) -> None:
    assert value.__struct_config__.frozen


def test_there_are_values_in_every_module() -> None:
    modules = {module.name for module in pkgutil.iter_modules(tuiretro.model.__path__, "tuiretro.model.")}

    assert {value.__module__ for value in VALUES} == modules
