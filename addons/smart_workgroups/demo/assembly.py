"""The Assembly to come: convoked, with a change of the statutes on its agenda, and two proxies."""

from base64 import b64encode
from datetime import datetime, time, timedelta

from odoo import fields
from odoo.fields import Command

from .bodies import governance
from .teller import Teller

ADDON = "smart_workgroups"
# In English, Dutch and French.
NAME = (
    "General Assembly: half a year of shared tools",
    "Algemene vergadering: een half jaar gedeeld gereedschap",
    "Assemblée générale : six mois d'outils partagés",
)
ANNOUNCEMENT = (
    "We look back, and decide whether the statutes name the sharing of tools.\n"
    "Interpreters for Dutch and French are there; ask for another language on your page.",
    "We kijken terug en beslissen of het delen van gereedschap in de statuten komt.\n"
    "Er zijn tolken voor Nederlands en Frans; vraag een andere taal op je pagina.",
    "Nous regardons en arrière et décidons si les statuts nomment le partage d'outils.\n"
    "Il y a des interprètes pour le néerlandais et le français ; demandez une autre langue sur "
    "votre page.",
)
OPENING = (
    "Opening, and who keeps the minutes",
    "Opening, en wie het verslag schrijft",
    "Ouverture, et qui rédige le procès-verbal",
)
STATUTES = (
    "The statutes name the sharing of tools as an aim",
    "De statuten noemen het delen van gereedschap als doel",
    "Les statuts nomment le partage d'outils comme but",
)
STATUTES_TEXT = (
    "In article 3, after “advice”, the words “and tools that members share” are added.",
    "In artikel 3 worden na “advies” de woorden “en gereedschap dat vennoten delen” toegevoegd.",
    "À l'article 3, après « conseils », sont ajoutés les mots « et outils que les sociétaires "
    "partagent ».",
)
DOCUMENT = (
    "Article 3 as it is, and as it would be",
    "Artikel 3 zoals het is, en zoals het zou zijn",
    "L'article 3 tel qu'il est, et tel qu'il serait",
)


def call_an_assembly(env):
    """Convoke it as the secretary does; mails are noted as sent, and nobody is mailed."""
    env = governance(env)
    company = env.ref("base.main_company")
    teller = Teller(env)
    langs = company._get_governance_langs()
    voters = env["coop.membership"].search(
        [("company_id", "=", company.id), ("voting", "=", True)], order="number"
    )
    if len(voters) < 6 or set(langs) - {"en_US", *teller.langs.values()}:
        return
    assembly = _plan(env, teller, company)
    _add_document(teller, assembly, langs)
    teller.confirm_translations()
    assembly.action_convoke()
    _note_sent(env, assembly)
    _give_proxies(env, assembly, voters.partner_id)


def _plan(env, teller, company):
    day = fields.Date.context_today(env.user) + timedelta(days=30)
    assembly = teller.make(
        "coop.assembly",
        [
            {
                "company_id": company.id,
                "kind": "extraordinary",
                "date_start": datetime.combine(day, time(17)),
                "place": "Cultural centre De Markten, Brussels",
                "url": "https://meet.example.com/assembly",
                "authentic_lang": "en_US",
            }
        ],
        [{"name": NAME, "announcement": ANNOUNCEMENT}],
    )
    resolution = teller.make(
        "coop.resolution",
        [
            {
                "company_id": company.id,
                "assembly_id": assembly.id,
                "class_id": env.ref(f"{ADDON}.resolution_class_statutes").id,
                "authentic_lang": "en_US",
            }
        ],
        [{"name": STATUTES, "text": STATUTES_TEXT}],
    )
    point = {"assembly_id": assembly.id, "authentic_lang": "en_US"}
    teller.make("coop.assembly.point", [{**point, "sequence": 1}], [{"name": OPENING}])
    env["coop.assembly.point"].create(
        {
            **point,
            "sequence": 2,
            "kind": "vote",
            "resolution_id": resolution.id,
        }
    )
    return assembly


def _add_document(teller, assembly, langs):
    """Add what everybody reads before: the article in each language."""
    numbers = {code: number for number, code in teller.langs.items()}
    texts = {code: STATUTES_TEXT[numbers.get(code, 0)] for code in langs}
    [document] = teller.make(
        "coop.assembly.document",
        [
            {
                "assembly_id": assembly.id,
                "point_id": assembly.point_ids[-1].id,
                "file_ids": [
                    Command.create(
                        {
                            "lang": code,
                            "filename": "article-3.txt",
                            "file": b64encode(text.encode()),
                        }
                    )
                    for code, text in texts.items()
                ],
            }
        ],
        [{"name": DOCUMENT}],
    )
    return document


def _note_sent(env, assembly):
    """Note most as sent; two came back, and one is still to be posted."""
    sendings = env["coop.assembly.sending"].search([("assembly_id", "=", assembly.id)], order="id")
    waiting = sendings.filtered(lambda one: one.state == "waiting")
    waiting.write({"state": "sent", "sent_on": fields.Datetime.now()})
    waiting[3:5].write({"state": "bounced", "failure": "No such mailbox"})
    waiting[5:6].write({"state": "to_post", "sent_on": False})


def _give_proxies(env, assembly, people):
    env["coop.proxy"].create(
        [
            {
                "assembly_id": assembly.id,
                "principal_id": people[place].id,
                "holder_id": people[place + 1].id,
                "instructions": instructions,
            }
            for place, instructions in ((0, "Yes, if the text stays as it is."), (4, False))
        ]
    )
