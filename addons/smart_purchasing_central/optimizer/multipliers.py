"""Prices for what ties products together, by which each product can be bought by itself."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Multipliers:
    """One price for each constraint that spans products; none is negative.

    :param opening: for each offer, what using it costs because its supplier has to be used
    :param minimum: for each supplier, what a cent of goods is worth towards its minimum order
    :param free: for each supplier, what a cent of goods is worth towards its free delivery
    :param required: for each supplier that must deliver, what using one of its offers is worth
    :param float score: what a point over the mean score of a unit is worth
    :param float co2: what a gram costs
    """

    opening: np.ndarray
    minimum: np.ndarray
    free: np.ndarray
    required: np.ndarray
    score: float
    co2: float

    def blend(self, other: "Multipliers", part: float) -> "Multipliers":
        """Return multipliers between these and others; ``part`` 0 gives these, 1 the others."""
        mixed = (
            (1 - part) * mine + part * theirs
            for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)
        )
        return Multipliers(*mixed)
