"""Draws the pictures of docs/how-to/plot.md beside itself: `python docs/images/draw.py`."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

import conflict_events as ce

PICTURES = {"timeline": ce.plot.timeline, "map": ce.plot.map, "sides": lambda: ce.plot.sides(measure="deaths")}

for name, draw in PICTURES.items():
    path = Path(__file__).with_name(f"{name}.png")
    draw().figure.savefig(path, dpi=90, metadata={"Software": None})
    with Image.open(path) as image:
        small = image.convert("RGB").quantize(160, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
