"""Geometry of the chart of an Activity: bars of what came in and went out, line of the balance.

Only numbers go in and come out; the template draws them as SVG.
"""

from math import floor, log10

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 92, 8, 16, 36


def nice_step(span, count=4):
    """Return a round step that cuts ``span`` in about ``count`` parts.

    >>> [nice_step(span) for span in (10, 37, 900, 12000)]
    [2.5, 10.0, 250.0, 5000.0]
    """
    if span <= 0:
        return 1.0
    magnitude = 10 ** floor(log10(span / count))
    for factor in (1, 2, 2.5, 5, 10):
        if magnitude * factor * count >= span:
            return float(magnitude * factor)
    return float(magnitude * 10)


def month_chart(months):
    """Place the months on the canvas.

    :param list months: dicts with ``invoiced``, ``spent`` (both as positive amounts when money
        moves in their usual direction) and ``balance``
    :return: dict with ``bars`` (x, y, width, height, kind, index), ``line`` (the points of a
        polyline), ``points``, ``ticks`` (y, value) and ``labels`` (x, index)

    >>> chart = month_chart([{"invoiced": 100, "spent": 40, "balance": 60}])
    >>> [tick["value"] for tick in chart["ticks"]]
    [0.0, 25.0, 50.0, 75.0, 100.0]
    >>> [bar["kind"] for bar in chart["bars"]]
    ['invoiced', 'spent']
    >>> month_chart([])["bars"]
    []
    """
    values = [month[key] for month in months for key in ("invoiced", "spent", "balance")]
    step = nice_step(max([*values, 0]) - min([*values, 0]))
    low = floor(min([*values, 0]) / step) * step
    high = max(-floor(-max([*values, 0]) / step) * step, low + step)
    scale = (HEIGHT - TOP - BOTTOM) / (high - low)
    slot = (WIDTH - LEFT - RIGHT) / max(len(months), 1)

    def y_of(value):
        return round(TOP + (high - value) * scale, 1)

    bars, points = [], []
    for index, month in enumerate(months):
        for position, kind in enumerate(("invoiced", "spent")):
            top, bottom = sorted((y_of(month[kind]), y_of(0)))
            if bottom > top:
                x = LEFT + slot * (index + 0.16 + 0.34 * position)
                bars.append(_bar(x, top, slot * 0.32, bottom - top, kind, index))
        points.append((round(LEFT + slot * (index + 0.5), 1), y_of(month["balance"])))
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "zero": y_of(0),
        "bars": bars,
        "points": points,
        "line": " ".join(f"{x},{y}" for x, y in points),
        "ticks": [
            {"y": y_of(low + number * step), "value": low + number * step}
            for number in range(round((high - low) / step) + 1)
        ],
        "labels": [{"x": x, "index": index} for index, (x, _y) in enumerate(points)],
    }


def _bar(x, y, width, height, kind, index):
    return {
        "x": round(x, 1),
        "y": y,
        "width": round(width, 1),
        "height": round(height, 1),
        "kind": kind,
        "index": index,
    }
