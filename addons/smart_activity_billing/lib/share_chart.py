"""Geometry of the charts of the transparency page. Only numbers go in and come out."""

from .chart_scale import LEFT, Scale, slots

# A curve of percents by percents is drawn square, so that a phone shows it large.
SIDE, MARGIN = 400, 56


def lorenz_chart(points):
    """Place the points ``(percent of members, percent of the total)`` on a square.

    >>> chart = lorenz_chart([(0, 0), (80, 20), (100, 100)])
    >>> chart["line"]
    '56.0,344.0 326.4,276.4 394.0,6.0'
    >>> [tick["value"] for tick in chart["ticks"]]
    [0, 20, 40, 60, 80, 100]
    """
    span = SIDE - MARGIN - 6

    def x_of(percent):
        return round(MARGIN + span * percent / 100, 1)

    def y_of(percent):
        return round(6 + span * (100 - percent) / 100, 1)

    line = " ".join(f"{x_of(across)},{y_of(up)}" for across, up in points)
    return {
        "side": SIDE,
        "line": line,
        # Below the curve; closed along the axis.
        "area": f"{line} {x_of(100)},{y_of(0)}" if points else "",
        "equal": f"{x_of(0)},{y_of(0)} {x_of(100)},{y_of(100)}",
        "points": [(x_of(across), y_of(up)) for across, up in points],
        "ticks": [
            {"value": value, "x": x_of(value), "y": y_of(value)} for value in range(0, 101, 20)
        ],
        "left": x_of(0),
        "right": x_of(100),
        "top": y_of(100),
        "bottom": y_of(0),
    }


def share_bars(values):
    """Return how long each bar of a list is, in percents of the longest; what is negative has none.

    >>> share_bars([50, 200, -10, 0])
    [25.0, 100.0, 0.0, 0.0]
    >>> share_bars([])
    []
    """
    longest = max([*values, 0])
    return [round(100 * max(value, 0) / longest, 1) if longest else 0.0 for value in values]


def pair_chart(rows):
    """Place rows of three amounts as groups of three bars, one group for each stretch of time.

    :param list rows: tuples of as many numbers
    :return: dict with ``bars`` (x, y, width, height, series, index), ``ticks``, ``labels``

    >>> chart = pair_chart([(100, 6.5, 40), (50, 3, 20)])
    >>> len(chart["bars"]), [tick["value"] for tick in chart["ticks"]]
    (6, [0.0, 25.0, 50.0, 75.0, 100.0])
    >>> pair_chart([])["bars"]
    []
    """
    scale = Scale.of([value for row in rows for value in row])
    slot, centres = slots(len(rows))
    bars = []
    for index, row in enumerate(rows):
        room = slot * 0.8 / max(len(row), 1)
        for series, value in enumerate(row):
            left = LEFT + slot * (index + 0.1) + room * series
            bars.append(scale.bar(left, room * 0.92, value, series=series, index=index))
    return {**scale.canvas(centres), "bars": [bar for bar in bars if bar]}
