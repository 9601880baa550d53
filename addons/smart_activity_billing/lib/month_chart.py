"""Geometry of the chart of an Activity: bars of what came in and went out, line of the balance.

Only numbers go in and come out; the template draws them as SVG.
"""

from .chart_scale import LEFT, Scale, slots


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
    scale = Scale.of([month[key] for month in months for key in ("invoiced", "spent", "balance")])
    slot, centres = slots(len(months))
    bars = [
        scale.bar(
            LEFT + slot * (index + 0.16 + 0.34 * position),
            slot * 0.32,
            month[kind],
            kind=kind,
            index=index,
        )
        for index, month in enumerate(months)
        for position, kind in enumerate(("invoiced", "spent"))
    ]
    points = [(x, scale.y_of(month["balance"])) for x, month in zip(centres, months, strict=True)]
    return {
        **scale.canvas(centres),
        "bars": [bar for bar in bars if bar],
        "points": points,
        "line": " ".join(f"{x},{y}" for x, y in points),
    }
