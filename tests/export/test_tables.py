from __future__ import annotations

from tuiretro.export.tables import pipe_table


def test_columns_are_as_wide_as_their_widest_cell_in_cells_of_a_terminal() -> None:
    assert pipe_table(("A", "日本"), [("日本語", "1"), ("b", "日22")], right=frozenset({1})) == (
        "| A      | 日本 |\n"
        "| :----- | ---: |\n"
        "| 日本語 |    1 |\n"
        "| b      | 日22 |"
    )  # fmt: skip


def test_a_column_is_wide_enough_for_its_rule() -> None:
    assert pipe_table(("", "x"), [("", "1")]) == "|     | x   |\n| :-- | :-- |\n|     | 1   |"
