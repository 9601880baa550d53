"""The canvas of charts over stretches of time, and the scale of its amounts; only numbers."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Scale:
    """From which amount to which the canvas reaches, and where each is on it."""

    step: float
    low: float
    high: float

    @classmethod
    def of(cls, values):
        """Return a scale with round steps on which all values are, and nothing.

        >>> Scale.of([100, -6.5])
        Scale(step=50.0, low=-50.0, high=100.0)
        >>> Scale.of([])
        Scale(step=1.0, low=0.0, high=1.0)
        """
        lowest, highest = min([*values, 0]), max([*values, 0])
        step = nice_step(highest - lowest)
        low = floor(lowest / step) * step
        return cls(step, low, max(-floor(-highest / step) * step, low + step))

    def y_of(self, value):
        """Return how far below the top an amount is.

        >>> [Scale.of([100]).y_of(value) for value in (0, 50, 100)]
        [264.0, 140.0, 16.0]
        """
        pixels = (HEIGHT - TOP - BOTTOM) / (self.high - self.low)
        return round(TOP + (self.high - value) * pixels, 1)

    def bar(self, x, width, value, **values):
        """Return a bar from nothing to a value; None where it would have no height.

        >>> Scale.of([100]).bar(10, 5, 50, index=0)
        {'x': 10, 'y': 140.0, 'width': 5, 'height': 124.0, 'index': 0}
        """
        top, bottom = sorted((self.y_of(value), self.y_of(0)))
        if bottom <= top:
            return None
        place = {"x": round(x, 1), "y": top, "width": round(width, 1)}
        return {**place, "height": round(bottom - top, 1), **values}

    def canvas(self, centres):
        """Return what each such chart has: measures, ``ticks`` and ``labels``.

        :param list centres: where the middle of each stretch of time is
        """
        return {
            "width": WIDTH,
            "height": HEIGHT,
            "left": LEFT,
            "right": WIDTH - RIGHT,
            "zero": self.y_of(0),
            "ticks": [
                {"y": self.y_of(value), "value": value}
                for value in (
                    self.low + number * self.step
                    for number in range(round((self.high - self.low) / self.step) + 1)
                )
            ],
            "labels": [{"x": x, "index": index} for index, x in enumerate(centres)],
        }


def slots(count):
    """Return how wide one of so many stretches of time is, and where each has its middle.

    >>> slots(2)
    (310.0, [247.0, 557.0])
    """
    width = (WIDTH - LEFT - RIGHT) / max(count, 1)
    return width, [round(LEFT + width * (index + 0.5), 1) for index in range(count)]
