"""Periods, yearly values and bars of indicators, without the database."""

from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period_of(day, frequency):
    """Return the first and the last day of the period in which a day lies.

    >>> period_of(date(2026, 5, 17), "quarter")
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    >>> period_of(date(2024, 2, 29), "month")[1]
    datetime.date(2024, 2, 29)
    >>> period_of(date(2025, 12, 31), "year")
    (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    """
    months = MONTHS[frequency]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    following = first.month + months
    last = date(first.year + (following - 1) // 12, (following - 1) % 12 + 1, 1) - timedelta(1)
    return first, last


def year_value(values, aggregation):
    """Return what the measures of a year come to; None without any.

    :param values: in the order of time
    :param aggregation: sum, mean or last

    >>> year_value([1, 2, 6], "sum"), year_value([1, 2, 6], "mean"), year_value([1, 2, 6], "last")
    (9, 3.0, 6)
    >>> year_value([], "sum") is None
    True
    """
    if not values:
        return None
    if aggregation == "sum":
        return sum(values)
    return sum(values) / len(values) if aggregation == "mean" else values[-1]


def change_percent(before, now):
    """Return by how many percent something grew, rounded; None where that says nothing.

    >>> change_percent(200, 250), change_percent(3, 2), change_percent(0, 5)
    (25, -33, None)
    >>> change_percent(None, 5) is None
    True
    """
    if not before or now is None:
        return None
    return round((now - before) * 100 / abs(before))


def bars(values, height=60, width=320, gap=4):
    """Place values as bars side by side; what is below zero hangs below the line.

    :return: dict with ``bars`` (x, y, width, height) and ``zero``, the height of the line

    >>> chart = bars([10, 5, 0])
    >>> [bar["height"] for bar in chart["bars"]], chart["zero"]
    ([60.0, 30.0, 0.0], 60.0)
    >>> chart = bars([10, -10])
    >>> chart["zero"], [bar["y"] for bar in chart["bars"]]
    (30.0, [0.0, 30.0])
    >>> bars([])["bars"]
    []
    """
    high, low = max([*values, 0]), min([*values, 0])
    scale = height / (high - low) if high > low else 0
    slot = width / max(len(values), 1)
    zero = round(high * scale, 1) if scale else float(height)
    return {
        "zero": zero,
        "width": width,
        "height": height,
        "bars": [
            {
                "x": round(index * slot + gap / 2, 1),
                "y": round((high - max(value, 0)) * scale, 1) if scale else float(height),
                "width": round(max(min(slot, 60) - gap, 1), 1),
                "height": round(abs(value) * scale, 1),
            }
            for index, value in enumerate(values)
        ],
    }
