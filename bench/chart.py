"""A picture of curves as SVG, drawn with a few lines of our own: readable on white and on black. Knows no servers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

WIDTH, HEIGHT = 300, 220
"""Of one panel."""
LEFT, RIGHT, TOP, BOTTOM = 46, 16, 44, 40
"""What is kept free around its curve."""
TITLE = 30
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
LINES_MOST = 5
LOOK = """
  .ink { fill: #1d2430; font: 12px system-ui, sans-serif }
  .small { font-size: 10.5px }
  .title { font-size: 14px; font-weight: 600 }
  .grid { stroke: #1d2430; stroke-opacity: .18 }
  .curve { fill: none; stroke: #0b62a8; stroke-width: 2 }
  .dot { fill: #0b62a8 }
  @media (prefers-color-scheme: dark) {
    .ink { fill: #e8ecf2 }
    .grid { stroke: #e8ecf2; stroke-opacity: .25 }
    .curve { stroke: #74b9f2 }
    .dot { fill: #74b9f2 }
  }
"""


@dataclass(frozen=True)
class Curve:
    """Points from left to right: a size above zero, and what it costs."""

    points: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, points: Sequence[Any], field: str) -> Curve:
        """One field of things that have a size."""
        return cls(tuple((float(one.size), float(getattr(one, field))) for one in points))


@dataclass(frozen=True)
class Panel:
    """One curve, what stands below it, and what is measured."""

    below: str
    measured: str
    curve: Curve


def drawing(title: str, panels: Sequence[Panel]) -> str:
    """The whole picture. Sizes grow by factors, costs by steps from nought."""
    width, height = WIDTH * len(panels), HEIGHT + TITLE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        f' role="img" aria-label="{escape(title)}">',
        f"<style>{LOOK}</style>",
        _text(12, 20, title, "title"),
        *(f'<g transform="translate({WIDTH * at} {TITLE})">{_panel(one)}</g>' for at, one in enumerate(panels)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def marks(highest: float) -> list[float]:
    """Round numbers from nought to at least the highest, not many."""
    size = 10.0 ** math.floor(math.log10(highest or 1.0) - math.log10(LINES_MOST) + 1e-9)
    step = next(step * size for step in STEPS if step * size * LINES_MOST >= highest)
    return [step * number for number in range(math.ceil(highest / step - 1e-9) + 1)]


def _panel(panel: Panel) -> str:
    points = panel.curve.points
    up = marks(max(cost for _, cost in points))
    low, high = math.log(points[0][0]), math.log(points[-1][0])

    def across(size: float) -> float:
        share = (math.log(size) - low) / (high - low) if high > low else 0.5
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def down(cost: float) -> float:
        return HEIGHT - BOTTOM - cost / up[-1] * (HEIGHT - TOP - BOTTOM)

    path = " ".join(f"{across(size):.1f},{down(cost):.1f}" for size, cost in points)
    return "\n".join(
        [
            _text(12, TOP - 20, panel.measured, "small"),
            *(f'<path class="grid" d="M{LEFT} {down(one):.1f}H{WIDTH - RIGHT}"/>' for one in up),
            *(_text(LEFT - 6, down(one) + 4, f"{one:,.10g}", "small", "end") for one in up),
            f'<polyline class="curve" points="{path}"/>',
            *(f'<circle class="dot" cx="{across(x):.1f}" cy="{down(y):.1f}" r="3"/>' for x, y in points),
            *(_text(across(x), HEIGHT - BOTTOM + 16, f"{x:,.0f}", "small", "middle") for x, _ in points),
            _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, panel.below, "", "middle"),
        ]
    )


def _text(x: float, y: float, words: str, look: str, anchor: str = "start") -> str:
    return f'<text class="ink {look}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
