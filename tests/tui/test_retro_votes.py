"""Votes, counted together and given alone, and the topics that are discussed by them."""

from __future__ import annotations

from pathlib import Path

from tests.tui.retros import NOTES, Hand, begun, board_at, in_room, names, on_row, retro_at, room_at, room_of, stage
from tests.tui.seat import Seat
from tests.tui.states import opened_at
from tuiretro.core.topics import cast
from tuiretro.model.retro import Counted
from tuiretro.service import retros
from tuiretro.tui.widgets.rows import RowList


async def voting(seat: Seat) -> Seat:
    return await (await seat.press("v")).at("BallotScreen")


def voted(place: Path, **votes: int) -> None:
    """Votes that were counted together: `t3=2` gives topic 3 two."""
    workspace = opened_at(place)
    for key, count in votes.items():
        retros.change(workspace, room_at(place), lambda _, k=key, c=count: (Counted(int(k[1:]), c),))  # type: ignore[misc]


async def test_raised_hands_are_counted_up_and_down_and_never_below_nothing(with_team: Path) -> None:
    begun(with_team, stage="vote", notes=NOTES, grouped=True)
    async with in_room(with_team) as seat:
        await seat.see("Each person has 3 votes; several on one topic are fine.")
        await seat.see("Nobody has voted yet.")
        await seat.see("Build and test (2 notes)")
        await (await on_row(seat, "t3")).press("left", "right", "right", "left")
        await seat.see("1 vote counted.")
        await seat.until(lambda: board_at(with_team).votes == {3: 1})
        assert len(retro_at(with_team).changes) == 7 + 3, "a vote that cannot be taken back is no step"
        assert "vote-show" not in names(seat)
        await (await seat.press("u")).told("Taken back: a count of votes.")
        await seat.see("2 votes counted.")


async def test_the_rules_of_the_vote_are_chosen_and_a_wrong_one_is_said(with_team: Path) -> None:
    begun(with_team, stage="vote", notes=NOTES)
    before = retro_at(with_team).changes
    async with in_room(with_team) as seat:
        await (await (await seat.press("m")).at("Form")).press("ctrl+s")
        await seat.at("RoomScreen")
        assert retro_at(with_team).changes == before
        await (await seat.press("m")).at("Form")
        for values, said in (
            ({"budget": "0"}, "A budget of 0 votes makes no sense"),
            ({"budget": "many"}, "is not a whole number"),
            ({"budget": "2", "several": "maybe"}, "Type yes or no for several votes on one topic."),
        ):
            await seat.fill(**values)
            await (await seat.press("ctrl+s")).see(said)
        await seat.fill(several="no")
        await (await (await seat.press("ctrl+s")).at("RoomScreen")).see("Each person has 2 votes; one on a topic.")
        await (await seat.press("m")).at("Form")
        await (await seat.fill(budget="9", several="Y")).press("ctrl+s")
        await seat.at("RoomScreen")
        await (await voting(seat)).press(*["space"] * 6)
        await seat.see("6 ● slow builds")


async def test_each_person_votes_alone_within_the_budget_and_sees_nobody_elses_votes(with_team: Path) -> None:
    begun(with_team, stage="vote", notes=NOTES)
    async with in_room(with_team) as seat:
        await (await voting(seat)).see("3 votes left of 3")
        await seat.press("left", "space", "space", "plus", "right", "down", "space")
        await (await seat.see("0 votes left of 3")).see("●●● slow builds")
        await (await seat.press("up", "minus", "down", "space")).see("●● slow builds ● flaky tests")
        await (await seat.press("s")).at("PassScreen")
        await seat.see("Only the sum of all votes is kept.")
        await (await seat.press("x")).at("BallotScreen")
        assert "●" not in seat.text
        await (await (await seat.press("s", "space", "escape")).at("Confirm")).see(
            "The votes that you gave are forgotten."
        )
        await (await (await seat.press("n")).at("BallotScreen")).see("2 votes left of 3")
        await (await (await seat.press("escape")).at("Confirm")).press("y")
        await seat.at("RoomScreen")
        await seat.see("1 of 5 have voted by passing the keyboard. Hidden until 4 have;")
        assert not {"vote-show", "vote-more"} & names(seat)
        await stage(await seat.press("n"), "discuss")
        assert "2 votes" not in seat.text, "a stage on, one person's votes are still nobody else's"
        await stage(await seat.press("b"), "vote")
        await voting(seat)
        for _ in range(3):
            await (await (await seat.at("BallotScreen")).press("end", "enter", "s")).at("PassScreen")
            await seat.press("x")
        await (await (await seat.at("BallotScreen")).press("escape")).at("RoomScreen")
        await seat.see("4 of 5 have voted by passing the keyboard. Hidden until r shows them;")
        assert "2 slow" not in seat.words
        await (await (await seat.press("r")).at("Confirm")).see("Nobody can vote alone after that")
        await (await seat.press("n")).at("RoomScreen")
        assert "2 slow" not in seat.words
        assert "vote-alone" in names(seat)
        await (await (await seat.press("r")).at("Confirm")).press("y")
        await (await seat.at("RoomScreen")).see("2 slow builds 1 flaky tests · a demo every week")
        assert not {"vote-show", "vote-alone"} & names(seat), "the fifth ballot would be read from the difference"
        await stage(await seat.press("n"), "discuss")
        assert board_at(with_team).votes == {1: 2, 2: 1, 4: 3}
        await stage(await seat.press("b"), "vote")
        await seat.see("Shown; nobody can vote alone any more.")


async def test_one_vote_on_a_topic_is_one_and_nobody_votes_twice_after_everybody_did(with_team: Path) -> None:
    begun(with_team, stage="vote", notes=NOTES)
    async with in_room(with_team) as seat:
        await (await seat.press("m")).at("Form")
        await (await seat.fill(budget="9", several="n")).press("ctrl+s")
        await seat.at("RoomScreen")
        await (await voting(seat)).press("space", "space")
        await seat.see("8 votes left of 9")
        await (await seat.press("s")).at("PassScreen")
        for _ in range(4):
            await (await (await seat.press("x")).at("BallotScreen")).press("space", "s")
            await seat.at("PassScreen")
        await (await seat.press("x")).at("RoomScreen")
        await seat.told("All 5 people of the team have voted.")


async def test_a_ballot_that_does_not_fit_any_more_is_refused_whole(with_team: Path) -> None:
    workspace = begun(with_team, stage="vote", notes=NOTES)
    async with in_room(with_team) as seat:
        await (await voting(seat)).press("space")
        retros.close(workspace, room_at(with_team))
        await (await seat.press("s")).at("RoomScreen")
        await seat.told("The retro of sprint 1 is over; nothing was changed.")
    assert board_at(with_team).votes == {}


async def test_an_empty_board_has_nothing_to_vote_for(with_team: Path) -> None:
    begun(with_team, stage="vote")
    async with in_room(with_team) as seat:
        await seat.see("b goes back to the notes.")
        await seat.press("v", "right", "left", "r")
        assert seat.screen == "RoomScreen"


async def test_topics_are_discussed_in_the_order_of_their_votes_each_in_its_time(with_team: Path) -> None:
    begun(with_team, stage="vote", notes=NOTES)
    voted(with_team, t3=2, t4=1)
    hand = Hand()
    async with in_room(with_team, clock=hand) as seat:
        await on_row(seat, "t1")
        await stage(await seat.press("n"), "discuss")
        await seat.see("▸ 1. a demo every week 2 votes")
        assert seat.one(RowList).chosen == "t3", "what d marks is the topic under discussion"
        hand.now += 300
        room_of(seat).tick()
        await seat.see("This topic: time is up, 5:00 of 5:00. More time? + yes, a minute d no, the next")
        await (await seat.press("plus")).see("This topic: 5:00 of 6:00.")
        hand.now += 60
        room_of(seat).tick()
        await (await seat.see("More time?")).press("d")
        await seat.see("✓ 1. a demo every week")
        await seat.see("▸ 2. nobody owns churn_table")
        assert seat.one(RowList).chosen == "t4"
        hand.now += 5
        await (await on_row(seat, "t2")).press("enter")
        await seat.see("▸ flaky tests")
        hand.now += 9
        await (await seat.press("d", "d", "d")).see("Every topic has been discussed.")
        await (await on_row(seat, "t3")).press("d")
        await (await seat.see("▸ 1. a demo every week")).press("q")
        await seat.at("HomeScreen")
    clock = retro_at(with_team).clock
    assert clock.spent["topic:3"] == 360
    assert (clock.spent["topic:4"], clock.spent["topic:2"], clock.extra) == (5, 9, {"topic:3": 1})
    assert board_at(with_team).discussed == (2, 4, 1)


async def test_a_discussion_without_notes_gives_the_stage_a_minute(with_team: Path) -> None:
    begun(with_team, stage="discuss")
    async with in_room(with_team) as seat:
        await seat.see("b goes back to the notes.")
        await (await seat.press("enter", "d", "plus")).see("0:00 of 13:00")
        assert not names(seat) & {"topic-pick", "topic-done", "topic-decide"}


def test_the_sum_of_votes_is_all_that_the_file_holds_of_a_ballot(with_team: Path) -> None:
    workspace = begun(with_team, stage="vote", notes=NOTES)
    for given in ({1: 3}, {2: 2, 1: 1}):
        retros.change(
            workspace,
            room_at(with_team),
            lambda room, g=given: (cast(room.retro, room.board, g, people=5, minimum=4),),  # type: ignore[misc]
        )
    assert len(retro_at(with_team).changes) == len(NOTES) + 2
