"""Colours and shapes, the same in every picture: after Okabe and Ito, safe for colour-blind readers.

Okabe, M. and Ito, K. (2008): Color Universal Design, https://jfly.uni-koeln.de/color/.
"""

GREY, YELLOW, BLUE, SKY, BLACK, GREEN, ORANGE, VERMILION = (
    "#8c8c8c",
    "#f0e442",
    "#0072b2",
    "#56b4e9",
    "#000000",
    "#009e73",
    "#e69f00",
    "#d55e00",
)

FAMILIES = {
    "current": GREY,
    "efficiency": YELLOW,
    "electrification": BLUE,
    "flex_e": SKY,
    "ccs": BLACK,
    "hydrogen": GREEN,
    "green_gas": ORANGE,
    "heat": VERMILION,
}
"""Colour of each family of routes."""

SHAPES = {
    "current": "circle",
    "efficiency": "M-1,-0.4H1V0.4H-1Z",
    "electrification": "square",
    "flex_e": "diamond",
    "ccs": "triangle-down",
    "hydrogen": "triangle-up",
    "green_gas": "cross",
    "heat": "triangle-right",
}
"""Shape of each family on the map, a second sign beside its colour; a path is a bar."""

COMMODITIES = {
    "electricity": BLUE,
    "flexible_electricity": SKY,
    "gas": GREY,
    "green_gas": ORANGE,
    "hydrogen": GREEN,
    "heat": VERMILION,
}
"""Colour of each form of energy."""

CARRIERS = {"hydrogen": GREEN, "co2": BLACK}
"""Colour of each carrier's network."""

INDIGO, CYAN, TEAL, FOREST, OLIVE, SAND, ROSE, WINE, MAGENTA, PALE = (
    "#332288",
    "#88ccee",
    "#44aa99",
    "#117733",
    "#999933",
    "#ddcc77",
    "#cc6677",
    "#882255",
    "#aa4499",
    "#cfd4da",
)

SECTORS = (INDIGO, CYAN, TEAL, SAND, ROSE, FOREST, WINE, OLIVE, MAGENTA)
"""Colours of sectors, the largest first: other ones than those of families, which they are not.

Tol, P. (2021): Colour Schemes, technical note SRON/EPS/TN/09-002, the scheme "muted".
"""

REMOVED = "#a8d5a2"
"""CO2 that is taken out of the air."""

GRANTED = INDIGO
"""Public money that is paid."""

COST_GROUPS = {
    "energy": INDIGO,
    "co2": SAND,
    "sites": TEAL,
    "links": CYAN,
    "hubs": MAGENTA,
    "grid": ROSE,
    "targets": WINE,
    "removed": FOREST,
}
"""Colour of each group of terms of the cost."""

INK, FAINT, GRID, PAPER = "#1f2933", "#9aa5b1", "#e4e7eb", "#ffffff"
"""Text, what stands back, lines behind a picture, and the ground."""

ROOM, TIGHT, FULL, OVER = "#d9ead3", "#f6c177", VERMILION, "#6b1d1d"
"""A limit that has room, that is nearly full, that is full, and that is exceeded."""

SHORT = "#b8a6d9"
"""A limit that has room, but too little for a project that waits for it."""


def ink_on(colour: str) -> str:
    """Black or white, whichever is easier to read on a colour: by the contrast of WCAG 2."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return BLACK if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else PAPER


def _linear(channel: float) -> float:
    """A channel of sRGB as light."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
