"""A secret vote of 23,000 members, from the freeze of the roll to the recount of the publication.

- Casts over real HTTP, with sessions, CSRF and the route of the portal, against a plain write of
  one row by RPC of the same users on the same two workers, in turns.
- The count with decryption against the bare opening of the same boxes by the same library.
- Preferences for 18 seats, 40 candidates, against `pyrankvote` on the same ballots.

BENCH_SCALE makes the cooperative larger or smaller.
"""

import base64
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import pyrankvote
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from prefork import at_once, served, sign_in
from voters import get_company

from odoo.fields import Command
from odoo.tools.misc import file_path

from odoo.addons.smart_workgroups.lib.counting import elect_by_transfer
from odoo.addons.smart_workgroups.lib.key_shares import join_key
from odoo.addons.smart_workgroups.lib.sealing import VERSION, commitment, public_of

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
MEMBERS = max(int(23_000 * SCALE), 300)
CANDIDATES, SEATS = 40, 18
CLIENTS = 4
ROUNDS, A_ROUND, PAGES = 10, max(int(60 * min(SCALE, 1)), 8), 40
RUNS = 3
CAST_LIMIT, TALLY_LIMIT, STV_LIMIT = 1.5, 2, 1
NAME = f"Cooperative with {MEMBERS} voters"
TABLES = ("res_partner", "coop_membership", "coop_share_movement", "coop_poll_roll", "coop_ballot")


def main(bench):
    """Hold one vote from beginning to end, then count preferences."""
    with bench.env("addons", commit=True) as env:
        database = env.cr.dbname
        get_company(env(su=True), MEMBERS, ROUNDS * A_ROUND + PAGES)
    bench.vacuum("addons", *TABLES)
    poll_id, words = open_poll(bench)
    with bench.env("addons", commit=True) as env:
        users = get_users(get_poll(env, poll_id))
        sessions = [(user.id, user.partner_id.id, sign_in(user)) for user in users]
    with served(database) as server:
        measure_casts(bench, server, poll_id, sessions)
    cast_rest(bench, poll_id)
    measure_close(bench, poll_id)
    measure_tally(bench, poll_id, words)
    measure_publication(bench, poll_id)
    measure_preferences(bench)


def get_poll(env, poll_id):
    """Return the vote with all rights, in its company."""
    company = env["res.company"].search([("name", "=", NAME)])
    own = env(su=True, context=dict(env.context, allowed_company_ids=company.ids))
    return own["coop.poll"].browse(poll_id)


def get_users(poll):
    """Return the members who have a user."""
    domain = [("login", "=like", "bench-voter-%"), ("company_id", "=", poll.company_id.id)]
    return poll.env["res.users"].search(domain, order="id")


# ----------------------------------------------------------------------
# Freeze, open, cast
# ----------------------------------------------------------------------


def open_poll(bench):
    """Return a new vote that is open, and the words of its scrutineers."""
    with bench.env("addons", commit=True) as env:
        poll = get_poll(env, ()).create(
            {
                "title": "Board",
                "kind": "plurality",
                "seats": SEATS,
                "max_marks": SEATS,
                "scrutineer_ids": [
                    Command.create({"name": f"Scrutineer {number}"}) for number in (1, 2, 3)
                ],
                "option_ids": [
                    Command.create({"name": f"Candidate {number}"})
                    for number in range(1, CANDIDATES + 1)
                ],
            }
        )
        env.flush_all()
        freeze = bench.seconds(poll.action_freeze)
        shares = []
        opening = bench.seconds(lambda: shares.extend(poll._open()))
        if poll.roll_count != MEMBERS:
            raise AssertionError(f"{poll.roll_count} members are on the roll, not {MEMBERS}")
    bench.vacuum("addons", "coop_poll_roll", "coop_ballot")
    bench.show(f"freeze the roll of {MEMBERS}, open", f"{freeze:.2f} s, {opening:.2f} s")
    return poll.id, [words for _person, words in shares]


def some_marks(chance):
    """Return the marks of somebody."""
    return sorted(chance.sample(range(1, CANDIDATES + 1), chance.randint(1, SEATS)))


def measure_casts(bench, server, poll_id, sessions):
    """Compare casts with plain writes, round by round, each time with the other one first."""
    chance = random.Random(11)
    tokens = at_once(
        [partial(read_token, server, poll_id, session) for _u, _p, session in sessions], CLIENTS
    )
    voters = list(zip(sessions, tokens, strict=True))
    pages, voters = voters[:PAGES], voters[PAGES:]
    figures = []
    for number in range(ROUNDS):
        chosen = voters[number * A_ROUND :][:A_ROUND]
        casts = [partial(cast, server, poll_id, *one, some_marks(chance)) for one in chosen]
        writes = [partial(write, server, one[0], number) for one in chosen]
        found = {}
        for name, calls in sorted({"cast": casts, "write": writes}.items(), reverse=number % 2):
            start = time.perf_counter()
            at_once(calls, CLIENTS)
            found[name] = (time.perf_counter() - start) / len(calls)
        figures.append((found["cast"], found["write"]))
    start = time.perf_counter()
    marks = [some_marks(chance) for _one in pages]
    at_once(
        [
            partial(cast, server, poll_id, *one, two, page=True)
            for one, two in zip(pages, marks, strict=True)
        ],
        CLIENTS,
    )
    page = (time.perf_counter() - start) / len(pages)
    casting, writing = (median(values) for values in zip(*figures, strict=True))
    bench.show(
        f"{ROUNDS} x {A_ROUND} casts by {CLIENTS} clients: a cast, a plain write by RPC",
        f"{casting * 1000:.1f} ms, {writing * 1000:.1f} ms",
    )
    bench.show("a cast that is answered by a whole page (no scripts)", f"{page * 1000:.1f} ms")
    ratios = [casting / writing for casting, writing in figures]
    bench.show("each round", ", ".join(f"{ratio:.2f}" for ratio in ratios))
    bench.ratio("cast over HTTP / plain write by RPC", median(ratios), 1, CAST_LIMIT)


def read_token(server, poll_id, session):
    """Look at the ballot, as everybody does first; return its token against forged forms."""
    status, text = server.ask(session, f"/my/votes/{poll_id}/ballot")
    found = re.search(r'name="csrf_token" value="([^"]+)"', text)
    if status != 200 or not found:
        raise AssertionError(f"the ballot answered {status}")
    return found.group(1)


def cast(server, poll_id, session, token, marks, page=False):
    """Cast as the page does it, or as a browser without scripts."""
    _user_id, partner_id, cookie = session
    form = [("csrf_token", token), ("voter", partner_id), ("step", "cast")]
    form += [("mark", mark) for mark in marks]
    status, text = server.ask(
        cookie,
        f"/my/votes/{poll_id}/cast{'' if page else '.json'}",
        urlencode(form),
        Content_Type="application/x-www-form-urlencoded",
    )
    pattern = r'data-name="commitment"\s*>[0-9a-f]{64}' if page else r'"commitment": "[0-9a-f]{64}"'
    if status != 200 or not re.search(pattern, text):
        raise AssertionError(f"the cast answered {status}: {text[-2000:]}")


def write(server, session, number):
    """Write one field of one row, which the same user may write."""
    user_id, _partner_id, cookie = session
    values = {"signature": f"<p>{number}</p>"}
    if not server.call(cookie, "res.users", "write", [user_id], values):
        raise AssertionError("nothing was written")


def cast_rest(bench, poll_id):
    """Cast for everybody else, by the same method without HTTP."""
    chance = random.Random(12)
    with bench.env("addons", commit=True) as env:
        poll = get_poll(env, poll_id)
        env.cr.execute(
            "SELECT partner_id FROM coop_poll_roll WHERE poll_id = %s AND state = 'eligible'",
            [poll_id],
        )
        voters = env["res.partner"].browse(partner_id for (partner_id,) in env.cr.fetchall())
        seconds = bench.seconds(lambda: [poll._cast(voter, some_marks(chance)) for voter in voters])
    bench.show(
        f"{len(voters)} casts without HTTP", f"{seconds / max(len(voters), 1) * 1000:.2f} ms each"
    )


# ----------------------------------------------------------------------
# Close, count, publish
# ----------------------------------------------------------------------


def measure_close(bench, poll_id):
    """Close, and record number and root in a new transaction."""
    seconds = []
    for name in ("action_close", "action_record"):
        with bench.env("addons", commit=True) as env:
            poll = get_poll(env, poll_id)
            seconds.append(bench.seconds(getattr(poll, name)))
    with bench.env("addons") as env:
        if get_poll(env, poll_id).ballot_count != MEMBERS:
            raise AssertionError("not everybody's ballot is in the box")
    bench.vacuum("addons", "coop_poll_roll", "coop_ballot")
    bench.show("close, record number and root", f"{seconds[0]:.2f} s, {seconds[1]:.2f} s")


def measure_tally(bench, poll_id, words):
    """Compare the count with the bare cost of the cryptography: in turns, the last one is kept."""
    figures = []
    for run in range(RUNS):
        with bench.env("addons", commit=run == RUNS - 1) as env:
            poll = get_poll(env, poll_id)
            env.cr.execute(
                "SELECT commitment, sealed FROM coop_ballot WHERE poll_id = %s", [poll_id]
            )
            boxes = [(one, base64.b64decode(sealed)) for one, sealed in env.cr.fetchall()]
            bare = bench.seconds(open_all, poll.definition_hash, join_key(words[:2], 2), boxes)
            figures.append((bench.seconds(poll._tally, words[:2]), bare))
    tally, bare = (median(values) for values in zip(*figures, strict=True))
    bench.show(
        f"count {MEMBERS} ballots; only open them", f"{tally:.2f} s; {bare:.2f} s of cryptography"
    )
    ratios = [tally / bare for tally, bare in figures]
    bench.ratio("count / the bare cryptography", median(ratios), 1, TALLY_LIMIT)
    with bench.env("addons", commit=True) as env:
        seconds = bench.seconds(get_poll(env, poll_id)._cron_remove_traces)
    bench.show("rewrite both tables on the disk", f"{seconds:.2f} s")


def open_all(poll_hash, private, boxes):
    """Open each box with the library and compare its commitment; nothing else."""
    key, public = X25519PrivateKey.from_private_bytes(private), public_of(private)
    info = f"{VERSION} {poll_hash}".encode()
    for committed, box in boxes:
        secret = key.exchange(X25519PublicKey.from_public_bytes(box[:32]))
        derive = HKDF(algorithm=SHA256(), length=32, salt=box[:32] + public, info=info).derive
        plain = ChaCha20Poly1305(derive(secret)).decrypt(bytes(12), box[32:], committed.encode())
        choice = plain[34 : 34 + plain[33] + 256 * plain[32]].decode()
        if commitment(poll_hash, choice, plain[:32].hex()) != committed:
            raise AssertionError("a box says something else")


def measure_publication(bench, poll_id):
    """Publish, and recount the download by the program that members run."""
    texts = []
    with bench.env("addons", commit=True) as env:
        poll = get_poll(env, poll_id)
        poll.action_publish()
        seconds = bench.seconds(lambda: texts.append(poll._publication()))
        root = poll.merkle_root
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(texts[0])
        file.flush()
        command = [sys.executable, "-I", "-S", get_verify(), file.name, "--root", root]
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        recount = time.perf_counter() - start
    if done.returncode or "All holds." not in done.stdout:
        raise AssertionError(done.stdout[-2000:] + done.stderr[-2000:])
    size = len(texts[0].encode()) / 1_000_000
    bench.show("publication", f"{seconds:.2f} s, {size:.1f} MB; verify.py {recount:.2f} s")


def get_verify():
    """Return the path of the program that members download."""
    return file_path("smart_workgroups/static/verify.py")


# ----------------------------------------------------------------------
# Preferences
# ----------------------------------------------------------------------


def measure_preferences(bench):
    """Compare the count by the Scottish rules, and its recount, with another public counter."""
    ballots = make_rankings(random.Random(5))
    numbers = list(range(1, CANDIDATES + 1))
    candidates = {number: pyrankvote.Candidate(str(number)) for number in numbers}
    others = [pyrankvote.Ballot([candidates[one] for one in ballot]) for ballot in ballots]
    recount = load(Path(get_verify())).transfer
    counted = Counter(ballots)
    calls = {
        "here": lambda: elect_by_transfer(numbers, ballots, SEATS, numbers),
        "pyrankvote": lambda: pyrankvote.single_transferable_vote(
            [*candidates.values()], others, SEATS
        ),
        "verify.py": lambda: recount(counted, SEATS, numbers),
    }
    figures = {name: [] for name in calls}
    for _run in range(RUNS):
        for name, call in calls.items():
            figures[name].append(bench.seconds(call))
    if [*calls["here"]().elected] != calls["verify.py"]():
        raise AssertionError("the recount elects others")
    seconds = {name: median(values) for name, values in figures.items()}
    text = ", ".join(f"{name} {value:.2f} s" for name, value in seconds.items())
    bench.show(f"{SEATS} seats, {CANDIDATES} candidates, {len(ballots)} rankings", text)
    bench.ratio("STV / pyrankvote", seconds["here"], seconds["pyrankvote"], STV_LIMIT)


def make_rankings(chance):
    """Return rankings of 3 to 18 candidates, some of whom many people like."""
    weights = [chance.paretovariate(1.2) for _number in range(CANDIDATES)]
    rankings = []
    for _voter in range(MEMBERS):
        # The largest of random keys with these exponents: a draw by weight without replacement.
        keys = [chance.random() ** (1 / weight) for weight in weights]
        order = sorted(range(CANDIDATES), key=keys.__getitem__, reverse=True)
        rankings.append(tuple(one + 1 for one in order[: chance.randint(3, SEATS)]))
    return rankings


def load(path):
    """Import a program by its path."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
