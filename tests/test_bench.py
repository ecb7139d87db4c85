"""What `./run bench` makes of its measurements: numbers, ratios, verdicts, a picture. Nothing is measured here."""

import json
import math
import os
import xml.etree.ElementTree as ET
from collections import defaultdict
from dataclasses import fields

import pytest

from bench.__main__ import README
from bench.asks import CARDS_EACH, in_turn, new_cards, our_asks, their_asks
from bench.chart import Curve, Panel, drawing, marks
from bench.cpu import family, kernel_ticks, on_processor_ns, used_ns
from bench.figures import OURS, Figure
from bench.ratio import Spread, ratios, short, spread
from bench.rows import JOBS
from bench.tools import Tools
from bench.two import carries
from server import protocol

SVG = "{http://www.w3.org/2000/svg}"


def test_half_of_all_rounds_lie_between_the_quartiles() -> None:
    assert spread([5, 1, 4, 2, 3]) == Spread(2, 3, 4)
    assert str(spread([5, 1, 4, 2, 3])) == "3.00 [2.00-4.00]"
    assert str(spread([7])) == "7.00"


def test_sides_are_compared_round_by_round_so_that_a_busy_moment_meets_both() -> None:
    quiet, busy = 1.0, 50.0
    assert ratios([2 * quiet, 2 * busy, 2 * quiet], [quiet, busy, quiet]) == Spread(2, 2, 2)
    with pytest.raises(ValueError, match="shorter"):
        ratios([1, 2], [1])


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (0.1234, "0.123"), (1.4, "1.40"), (12.34, "12.3"), (1234.5, "1,234")]
)
def test_a_number_is_said_with_the_digits_that_mean_something(number: float, said: str) -> None:
    assert short(number) == said


def test_the_kernel_counts_time_on_a_processor_in_nanoseconds() -> None:
    assert on_processor_ns("123456789 1000 42\n") == 123456789


def test_what_the_kernel_works_for_a_process_is_read_behind_its_name() -> None:
    fields = " ".join(str(number) for number in range(4, 53))
    assert kernel_ticks(f"42 (a name) with (1 2 3 S) S {fields}") == 15


def test_what_this_process_works_is_counted_for_it() -> None:
    before = used_ns([os.getpid()])
    sum(number * number for number in range(200_000))
    assert used_ns([os.getpid()]) > before
    assert family(os.getpid())[0] == os.getpid()


def test_a_row_shows_both_sides_the_ratio_and_whether_that_is_enough() -> None:
    figure = Figure("One room", "µs", {OURS: [3, 3], "floor": [2, 2], "nchan": [3, 3]}, {"floor": 1.4, "nchan": 1.1})
    text = "\n".join(figure.lines())
    assert "One room, µs, median [quartiles] of 2 rounds" in text
    assert "ours is 1.50 times that, to reach: 1.40, not reached" in text
    assert "ours is 1.00 times that, to reach: 1.10, reached" in text
    assert [one.split("  ")[0] for one in figure.verdicts()] == ["NOT REACHED", "reached"]


def test_a_row_that_could_not_run_says_why() -> None:
    assert Figure("One room", missing="no C compiler").lines() == ["One room: not run, no C compiler"]
    half = Figure("One room", "µs", {OURS: [3]}, {"nchan": 1.1})
    assert half.lines()[-1].split() == ["nchan:", "not", "there"]
    assert half.verdicts() == ["not run      One room: nchan is not there"]


def test_askers_take_turns_in_every_room_so_that_nobody_asks_faster_than_a_person_may() -> None:
    askers = [[1, 2], [4, 5]]
    assert [in_turn(askers, number) for number in range(5)] == [(1, 0), (4, 0), (2, 0), (5, 0), (1, 1)]


def test_every_ask_can_be_read_and_follows_from_the_one_before() -> None:
    versions: dict[str, int] = defaultdict(int)
    refs = set()
    for asker, frame in our_asks("0123abcd", [[1, 2, 3]], range(400)):
        ask = json.loads(frame)
        protocol.decode(frame)
        assert (asker, ask["ref"]) not in refs
        refs.add((asker, ask["ref"]))
        if ask["ask"] == "card.add":
            assert ask["id"] not in versions
            versions[ask["id"]] = 1
        elif ask["ask"] == "card.edit":
            assert ask["was"] == versions[ask["card"]]
            versions[ask["card"]] += 1
        else:
            assert versions[ask["card"]]
    assert len(versions) == 3 * CARDS_EACH


def test_a_board_is_filled_with_as_many_cards_as_wished() -> None:
    cards = [json.loads(frame) for _, frame in new_cards("0123abcd", [1, 2], 7)]
    assert len({card["id"] for card in cards}) == 7


def test_others_are_given_changes_of_the_size_that_ours_have() -> None:
    ((asker, frame),) = their_asks('42["change",%s]', 400, [[1, 2]], range(1, 2))
    said = json.loads(frame.removeprefix('42["change",').removesuffix("]"))
    assert (asker, said["is"], said["seq"]) == (2, "change", 2)
    assert len(frame) == 400 + len('42["change",]')


@pytest.mark.parametrize("highest", [0.3, 7, 10, 99, 1_234])
def test_a_scale_goes_from_nought_past_the_highest_in_a_few_round_steps(highest: float) -> None:
    scale = marks(highest)
    assert scale[0] == 0
    assert scale[-2] < highest <= scale[-1] or math.isclose(scale[-1], highest)
    assert 3 <= len(scale) <= 7


def test_the_picture_is_sound_and_shows_every_point_inside_it() -> None:
    panel = Panel("people & cards", "µs", Curve(((10, 5.0), (100, 7.0), (2000, 6.0))))
    picture = ET.fromstring(drawing("What a change <costs>", [panel, panel]))
    _, _, width, height = (float(one) for one in picture.attrib["viewBox"].split())
    dots = list(picture.iter(f"{SVG}circle"))
    assert len(dots) == 6
    assert all(0 < float(dot.attrib["cx"]) < width and 0 < float(dot.attrib["cy"]) < height for dot in dots)
    assert {"2,000", "people & cards"} <= {text.text for text in picture.iter(f"{SVG}text")}


def test_every_row_is_explained_and_asks_only_for_tools_that_are_looked_for() -> None:
    explained = README.read_text("utf-8")
    assert [name for name in JOBS if f"`{name}`" not in explained] == []
    assert {need for job in JOBS.values() for need in job.needs} <= {field.name for field in fields(Tools)}


def test_what_is_missing_is_said_by_the_rows_that_need_it() -> None:
    nothing = Tools(load=None, floor=None, nchan=None, socketio=None, redis=None, chromium=None)
    everything = Tools(**dict.fromkeys((field.name for field in fields(Tools)), README))
    assert JOBS["redis"].missing(nothing).startswith("no C compiler")
    assert "no redis-server" in JOBS["redis"].missing(nothing)
    assert JOBS["times"].missing(nothing) == ""
    assert [name for name, job in JOBS.items() if job.missing(everything)] == []


def test_what_a_machine_carries_is_said_with_its_arithmetic() -> None:
    text = " ".join(carries(500, 800, 50))
    assert "1,000,000 / 500 µs = 2,000 changes a second" in text
    assert "1,000,000 / 50 µs = 20,000 changes a second" in text
    assert "up to N = 10.0" in text
