"""A secret vote that was held, counted and published: members can check it and count it again."""

from odoo.fields import Command

TITLE = {
    "en": "Shall we buy two cargo bikes to share?",
    "nl": "Kopen we samen twee bakfietsen?",
    "fr": "Achetons-nous ensemble deux vélos cargo ?",
}
TEXT = {
    "en": "The purchasing centre would keep one in Brussels and one in Ghent. Members reserve them.",
    "nl": "De aankoopcentrale zet er één in Brussel en één in Gent. Leden reserveren ze.",
    "fr": "La centrale d'achat en placerait un à Bruxelles et un à Gand. Les membres les réservent.",
}
# Of seven voters in a row: five say yes, one no, one abstains; every eighth does not vote.
ANSWERS = ([1], [1], [2], [1], [1], [3], [1])


def hold_a_vote(env):
    """Freeze, open, cast, close, count and publish, as people did."""
    company = env.ref("base.main_company")
    members = env["coop.membership"].search(
        [("company_id", "=", company.id), ("voting", "=", True)], order="number"
    )
    if len(members) < len(ANSWERS):
        return
    voters = members.partner_id
    poll = env["coop.poll"].create(
        {
            "title": TITLE["en"],
            "text": TEXT["en"],
            "kind": "resolution",
            "class_id": env.ref("smart_workgroups.resolution_class_ordinary").id,
            "company_id": company.id,
            "scrutineer_ids": [Command.set(voters[:3].ids)],
            "shares_needed": 2,
        }
    )
    for code, _name in env["res.lang"].get_installed():
        if code[:2] in TITLE:
            poll.with_context(lang=code).write({"title": TITLE[code[:2]], "text": TEXT[code[:2]]})
    poll._search_translations().filtered(lambda row: row.lang[:2] in TITLE)._review()
    poll.action_freeze()
    shares = [words for _person, words in poll._open()]
    for place, voter in enumerate(voters):
        if place % 8 != 7:
            poll._cast(voter, ANSWERS[place % 8])
    poll.action_close()
    poll._tally(shares[:2])
    poll.action_publish()
