"""Two quick answers to whether any plan fits, before the whole programme is asked."""

from .greedy import greedy_plan
from .instance import Instance
from .program import Program, solve_program
from .segments import Segment


def is_surely_possible(instance: Instance, seconds: float) -> bool:
    """Return whether simple rules find a plan."""
    return greedy_plan(instance, seconds) is not None


def is_surely_impossible(instance: Instance, segments: list[Segment], seconds: float) -> bool:
    """Return whether no allowed number of suppliers can deliver all demands.

    Of the whole programme only the suppliers are kept: for each product, those that are used have
    to offer as many units as are wanted.
    """
    program = Program()
    used = [program.add_column(0, 1) for _supplier in instance.suppliers]
    supply = {}
    for segment in segments:
        offer = instance.offers[segment.offer]
        wanted = instance.products[offer.product].demand
        units = min(wanted, segment.high * offer.pack)
        supply.setdefault(offer.product, {})[used[offer.supplier]] = units
    for place, product in enumerate(instance.products):
        program.add_row(supply.get(place, {}).items(), low=product.demand)
    for supplier in instance.required:
        program.add_row([(used[supplier], 1)], low=1)
    if instance.max_suppliers is not None:
        program.add_row([(column, 1) for column in used], high=instance.max_suppliers)
    return solve_program(program, seconds).infeasible
