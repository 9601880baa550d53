"""The purchase as a mixed-integer programme over the segments of the offers.

Each segment has a binary ``z`` (is bought here) and whole packs ``m`` beyond its low end.
Three things keep the relaxation close to whole plans:

* only what fills the demand counts for it: a segment covers at most ``demand * z``, so that a part
  of a large segment does not pass for a whole small purchase;
* each offer is linked to its supplier by itself (``sum z <= y``), not by one big row per supplier;
* segments end where no best plan goes further (:mod:`.segments`).
"""

from dataclasses import dataclass, field

import numpy as np

from .check import count_goods, count_units
from .instance import Instance
from .multipliers import Multipliers
from .program import INFINITY, Program
from .segments import Segment, cut


@dataclass
class PurchaseModel:
    """A programme and what its columns mean."""

    instance: Instance
    segments: list[Segment]
    program: Program = field(default_factory=Program)
    taken: list[int] = field(default_factory=list)
    more: list[int | None] = field(default_factory=list)
    unused: list[int | None] = field(default_factory=list)
    surplus: dict[int, int] = field(default_factory=dict)
    used: dict[int, int] = field(default_factory=dict)
    free: dict[int, int] = field(default_factory=dict)
    rows: dict[tuple, int] = field(default_factory=dict)

    def multipliers(self, duals) -> Multipliers:
        """Return the multipliers that the duals of the rows stand for."""
        instance = self.instance
        arrays = {
            "opening": np.zeros(len(instance.offers)),
            "minimum": np.zeros(len(instance.suppliers)),
            "free": np.zeros(len(instance.suppliers)),
            "required": np.zeros(len(instance.suppliers)),
            "score": np.zeros(1),
            "co2": np.zeros(1),
        }
        for (kind, place), row in self.rows.items():
            sign = -1 if kind in ("opening", "co2") else 1
            arrays[kind][place] = max(0.0, sign * duals[row])
        score, co2 = float(arrays.pop("score")[0]), float(arrays.pop("co2")[0])
        return Multipliers(**arrays, score=score, co2=co2)

    def units(self, number: int, factor=1):
        """Return the units of a segment as entries of a row, times a factor."""
        segment = self.segments[number]
        pack = self.instance.offers[segment.offer].pack * factor
        entries = [(self.taken[number], pack * segment.low)]
        if self.more[number] is not None:
            entries.append((self.more[number], pack))
        return entries

    def packs(self, values) -> dict[int, int]:
        """Return the packs of each offer in a solution."""
        packs = {}
        for number, segment in enumerate(self.segments):
            if values[self.taken[number]] > 0.5:
                more = 0 if self.more[number] is None else round(values[self.more[number]])
                packs[segment.offer] = packs.get(segment.offer, 0) + segment.low + more
        return packs

    def values(self, packs: dict[int, int]) -> np.ndarray | None:
        """Return the solution of a plan, ``None`` when it lies outside the segments."""
        values = np.zeros(len(self.program.costs))
        left = {place: number for place, number in packs.items() if number}
        for number, segment in enumerate(self.segments):
            bought = left.get(segment.offer, 0)
            if segment.low <= bought <= segment.high:
                self._set_segment(values, number, left.pop(segment.offer))
        if left:
            return None
        for place, units in count_units(self.instance, packs).items():
            if place in self.surplus:
                product = self.instance.products[place]
                values[self.surplus[place]] = max(0, units - product.demand - product.tolerance)
        for place, goods in count_goods(self.instance, packs).items():
            supplier = self.instance.suppliers[place]
            if place in self.used:
                values[self.used[place]] = 1
            if place in self.free:
                values[self.free[place]] = goods >= supplier.free_delivery_from
        return values

    def _set_segment(self, values, number, bought) -> None:
        segment = self.segments[number]
        offer = self.instance.offers[segment.offer]
        values[self.taken[number]] = 1
        if self.more[number] is not None:
            values[self.more[number]] = bought - segment.low
        if self.unused[number] is not None:
            demand = self.instance.products[offer.product].demand
            values[self.unused[number]] = max(0, bought * offer.pack - demand)


def build_model(instance: Instance, *, segments: list[Segment] | None = None) -> PurchaseModel:
    """Return the model of an instance.

    :param segments: those that may be bought, all when not given
    """
    model = PurchaseModel(instance, cut(instance) if segments is None else segments)
    for segment in model.segments:
        _add_segment(model, segment)
    by_product, by_offer, by_supplier = _group(model)
    for place in range(len(instance.products)):
        _add_product(model, place, by_product.get(place, []))
    for place in range(len(instance.suppliers)):
        _add_supplier(model, place, by_supplier.get(place, []))
    for place, numbers in by_offer.items():
        _link_offer(model, place, numbers)
    _add_totals(model)
    return model


def _add_segment(model, segment) -> None:
    program, offer = model.program, model.instance.offers[segment.offer]
    price = (segment.price + offer.extra_cost) * offer.pack
    model.taken.append(program.add_column(price * segment.low + segment.charge))
    more = None
    if segment.high > segment.low:
        most = segment.high - segment.low
        more = program.add_column(price, most)
        program.add_row([(more, 1), (model.taken[-1], -most)], high=0)
    model.more.append(more)
    model.unused.append(None)


def _group(model):
    """Return the numbers of the segments by product, by offer and by supplier."""
    by_product, by_offer, by_supplier = {}, {}, {}
    for number, segment in enumerate(model.segments):
        offer = model.instance.offers[segment.offer]
        by_product.setdefault(offer.product, []).append(number)
        by_offer.setdefault(segment.offer, []).append(number)
        by_supplier.setdefault(offer.supplier, []).append(number)
    return by_product, by_offer, by_supplier


def _add_product(model, place, numbers) -> None:
    """Cover the demand; count what goes beyond the tolerance."""
    product = model.instance.products[place]
    if product.demand:
        cover = [
            entry for number in numbers for entry in _useful_units(model, number, product.demand)
        ]
        model.program.add_row(cover, low=product.demand)
    most = product.demand + product.tolerance
    if product.surplus_cost == 0 or _most_units(model, numbers) <= most:
        return
    units = [entry for number in numbers for entry in model.units(number)]
    if product.surplus_cost is not None:
        model.surplus[place] = model.program.add_column(product.surplus_cost, INFINITY, whole=False)
        units.append((model.surplus[place], -1))
    model.program.add_row(units, high=most)


def _most_units(model, numbers) -> int:
    offers = model.instance.offers
    most = {}
    for number in numbers:
        segment = model.segments[number]
        most[segment.offer] = segment.high * offers[segment.offer].pack
    return sum(most.values())


def _useful_units(model, number, demand):
    """Return the units of a segment that fill the demand, as entries of a row."""
    segment = model.segments[number]
    pack = model.instance.offers[segment.offer].pack
    if segment.low * pack >= demand:
        return [(model.taken[number], demand)]
    if segment.high * pack <= demand:
        return model.units(number)
    unused = model.program.add_column(0, segment.high * pack - demand, whole=False)
    model.unused[number] = unused
    useful = [*model.units(number), (unused, -1)]
    model.program.add_row([*useful, (model.taken[number], -demand)], high=0)
    return useful


def _add_supplier(model, place, numbers) -> None:
    """Add who is used, its delivery, its minimum order and its free delivery."""
    instance, program = model.instance, model.program
    supplier = instance.suppliers[place]
    required = place in instance.required
    if not (
        supplier.delivery_cost
        or supplier.minimum_order
        or required
        or instance.max_suppliers is not None
    ):
        return
    used = model.used[place] = program.add_column(supplier.delivery_cost, low=float(required))
    if required:
        taken = [(model.taken[number], 1) for number in numbers]
        model.rows["required", place] = program.add_row(taken, low=1)
    goods = [entry for number in numbers for entry in _goods(model, number)]
    if supplier.minimum_order:
        row = program.add_row([*goods, (used, -supplier.minimum_order)], low=0)
        model.rows["minimum", place] = row
    if instance.may_be_free(place):
        free = model.free[place] = program.add_column(-supplier.delivery_cost)
        program.add_row([(free, 1), (used, -1)], high=0)
        row = program.add_row([*goods, (free, -supplier.free_delivery_from)], low=0)
        model.rows["free", place] = row


def _goods(model, number):
    segment = model.segments[number]
    price = segment.price * model.instance.offers[segment.offer].pack
    entries = [(model.taken[number], price * segment.low + segment.charge)]
    if model.more[number] is not None:
        entries.append((model.more[number], price))
    return entries


def _link_offer(model, place, numbers) -> None:
    """One segment of an offer at most, and only of a supplier that is used."""
    supplier = model.instance.offers[place].supplier
    taken = [(model.taken[number], 1) for number in numbers]
    if supplier in model.used:
        row = model.program.add_row([*taken, (model.used[supplier], -1)], high=0)
        model.rows["opening", place] = row
    elif len(taken) > 1:
        model.program.add_row(taken, high=1)


def _add_totals(model) -> None:
    instance, program = model.instance, model.program
    offers = instance.offers
    if instance.max_suppliers is not None:
        program.add_row([(used, 1) for used in model.used.values()], high=instance.max_suppliers)
    places = [(number, offers[segment.offer]) for number, segment in enumerate(model.segments)]
    if instance.min_mean_score is not None:
        margins = (
            model.units(number, instance.margins[segment.offer])
            for number, segment in enumerate(model.segments)
        )
        row = program.add_row([entry for entries in margins for entry in entries], low=0)
        model.rows["score", 0] = row
    if instance.max_co2 is not None:
        grams = (model.units(number, offer.co2) for number, offer in places)
        entries = [entry for entries in grams for entry in entries]
        model.rows["co2", 0] = program.add_row(entries, high=instance.max_co2)
