"""The command line: read a purchase as JSON, print its plan as JSON."""

import argparse
import json
import os
import sys

from .frontier import find_frontier
from .reading import read_instance
from .solve import solve


def main(arguments=None) -> int:
    """Print the plan, or why there is none; return 2 when the input is wrong."""
    options = _parser().parse_args(arguments)
    try:
        instance = read_instance(_load(options.file))
    except (OSError, ValueError, RecursionError) as error:
        sys.stderr.write(f"error: {_reason(options.file, error)}\n")
        return 2
    _print(_answer(instance, options))
    return 0


def _answer(instance, options) -> dict:
    if options.frontier:
        plans = find_frontier(instance, options.seconds, steps=options.frontier)
        return {"plans": [plan.as_dict() for plan in plans]}
    return solve(instance, options.seconds, progress=_tell if options.verbose else None).as_dict()


def _print(answer) -> None:
    """Print JSON; who closed the other end wants no more of it."""
    try:
        sys.stdout.write(json.dumps(answer, indent=1) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser():
    parser = argparse.ArgumentParser(prog="optimizer", description=__doc__)
    parser.add_argument("file", help="the purchase as JSON, - for standard input")
    parser.add_argument("--seconds", type=_seconds, default=60.0, help="the most time to take (60)")
    parser.add_argument(
        "--frontier",
        type=int,
        choices=range(1, 51),
        metavar="STEPS",
        help="what greener costs: plans from the cheapest to the greenest, in so many steps",
    )
    parser.add_argument(
        "--verbose", action="store_true", help="tell the progress on standard error"
    )
    return parser


def _seconds(text):
    value = float(text)
    if not 0 < value <= 86400:
        raise argparse.ArgumentTypeError("must lie between 0 and 86400")
    return value


def _load(name):
    if name == "-":
        return json.load(sys.stdin)
    with open(name, encoding="utf-8") as file:
        return json.load(file)


def _reason(name, error) -> str:
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError | RecursionError):
        return f"{name} is not JSON: {error}"
    return str(error)


def _tell(state) -> None:
    sys.stderr.write(json.dumps(state) + "\n")
