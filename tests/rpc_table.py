"""What each role may do with records that are not its own, by remote calls too.

r: read, w: write, c: create, u: unlink. A model that is missing here fails a test.
"""

RIGHTS = """
model                                public  portal  staff  secretary  billing  accountant
coop.action                          -       -       -      -          -        -
coop.activity                        -       -       -      rwcu       r        rwcu
coop.activity.analysis               -       -       -      -          -        r
coop.activity.closing                -       -       -      rwcu       r        rwcu
coop.activity.closing.line           -       -       -      rwcu       r        rwcu
coop.activity.statement              -       -       -      -          r        r
coop.activity.statement.change       -       -       -      -          -        -
coop.activity.statement.failure      -       -       -      -          -        r
coop.activity.statement.make         -       -       -      -          -        rwcu
coop.activity.statement.run          -       -       -      -          -        r
coop.antenna                         -       r       r      r          r        r
coop.approval                        -       -       -      -          -        r
coop.assembly                        -       -       -      -          -        -
coop.bad.debt                        -       -       -      -          r        r
coop.bad.debt.recover                -       -       -      -          -        rwcu
coop.bad.debt.recovery               -       -       -      -          r        r
coop.bad.debt.share                  -       -       -      -          r        r
coop.bad.debt.write.off              -       -       -      -          -        rwcu
coop.board.review                    -       -       -      -          -        -
coop.body                            -       -       -      -          -        -
coop.budget.reservation              -       -       -      r          r        r
coop.budget.transfer                 -       -       -      rwcu       r        rwcu
coop.budget.transfer.reason          -       -       -      rwcu       -        rwcu
coop.consent                         -       -       -      r          -        -
coop.consent.text                    -       -       -      r          -        -
coop.contribution.rate               -       -       -      r          r        r
coop.counter                         -       -       -      -          -        -
coop.directory.entry                 -       -       -      rwc        -        -
coop.eco.criterion                   -       -       -      -          -        r
coop.eco.criterion.point             -       -       -      -          -        r
coop.eco.evidence                    -       -       -      -          -        r
coop.eco.label                       -       -       -      -          -        r
coop.eco.weight.interval             -       -       -      -          -        r
coop.edition                         -       -       -      -          -        -
coop.ethics.case                     -       -       -      -          -        -
coop.ethics.opinion                  -       -       -      -          -        -
coop.expense                         -       -       -      r          r        rwcu
coop.expense.refusal                 -       -       -      -          -        rwcu
coop.frozen.text                     -       -       -      -          -        -
coop.indicator                       -       -       -      -          -        -
coop.indicator.measure               -       -       -      -          -        -
coop.investment                      -       -       -      r          r        rwcu
coop.investment.booking              -       -       -      rwc        r        rwc
coop.investment.buyout               -       -       -      rwcu       r        rwcu
coop.investment.buyout.line          -       -       -      rwcu       r        rwcu
coop.investment.end                  -       -       -      -          -        rwcu
coop.investment.invitation           -       -       -      r          r        r
coop.investment.movement             -       -       -      r          r        r
coop.investment.pledge               -       -       -      r          r        r
coop.investment.reason               -       -       -      -          -        rwcu
coop.investment.reopen               -       -       -      -          -        rwcu
coop.investment.share                -       -       -      r          r        r
coop.investment.transfer             -       -       -      -          -        rwcu
coop.invoice.send.back               -       -       -      -          rwcu     rwcu
coop.ledger.check                    -       -       -      -          -        r
coop.mandate                         -       -       -      -          -        -
coop.meeting                         -       -       -      -          -        -
coop.member.category                 -       r       r      r          r        r
coop.member.document                 -       -       -      -          -        -
coop.member.document.access          -       -       -      -          -        -
coop.member.document.deletion        -       -       -      -          -        -
coop.member.document.kind            -       r       r      r          r        r
coop.membership                      -       -       -      rwcu       -        -
coop.membership.end                  -       -       -      rwcu       -        -
coop.membership.request              -       -       -      rw         -        -
coop.membership.request.accept       -       -       -      rwcu       -        -
coop.membership.request.accept.line  -       -       -      rwcu       -        -
coop.membership.request.refuse       -       -       -      rwcu       -        -
coop.national.number.access          -       -       -      -          -        -
coop.payment.test                    -       -       -      r          r        r
coop.payroll.announcement            -       -       -      rwcu       -        -
coop.payroll.finding                 -       -       -      -          -        -
coop.payroll.mapping                 -       -       -      -          -        -
coop.payroll.reversal                -       -       -      -          -        -
coop.payroll.run                     -       -       -      -          -        -
coop.payroll.run.line                -       -       -      -          -        -
coop.personal.data.erasure           -       -       -      -          -        -
coop.personal.data.erasure.line      -       -       -      -          -        -
coop.personal.data.log               -       -       -      -          -        -
coop.proposal                        -       -       -      -          -        -
coop.purchase.allocation             -       -       -      -          -        r
coop.purchase.allocation.move        -       -       -      -          -        r
coop.purchase.allocation.note        -       -       -      -          -        -
coop.purchase.campaign               -       -       -      -          -        r
coop.purchase.campaign.change        -       -       -      -          -        -
coop.purchase.campaign.criterion     -       -       -      -          -        r
coop.purchase.campaign.event         -       -       -      -          -        r
coop.purchase.campaign.product       -       -       -      -          -        r
coop.purchase.campaign.tier          -       -       -      -          -        r
coop.purchase.charge                 -       -       -      -          -        r
coop.purchase.demand                 -       -       -      -          -        -
coop.purchase.need                   -       -       -      -          -        -
coop.purchase.notice                 -       -       -      -          -        -
coop.purchase.plan                   -       -       -      -          -        r
coop.purchase.plan.line              -       -       -      -          -        r
coop.purchase.plan.make              -       -       -      -          -        -
coop.purchase.pledge                 -       -       -      -          -        r
coop.purchase.pledge.line            -       -       -      -          -        r
coop.recommendation                  -       -       -      -          -        -
coop.request.limit                   -       -       -      -          -        -
coop.resolution                      -       -       -      -          -        -
coop.sector                          -       r       r      r          r        r
coop.service                         -       r       r      r          r        rw
coop.service.request                 -       -       -      rc         -        -
coop.share.certificate               -       r       -      r          -        -
coop.share.class                     -       r       r      r          r        r
coop.share.conversion                -       -       -      rwcu       -        r
coop.share.decision                  -       -       -      rwcu       -        -
coop.share.exit                      -       -       -      rwcu       r        r
coop.share.exit.year                 -       -       -      rwcu       -        -
coop.share.extract                   -       -       -      rwcu       -        -
coop.share.import                    -       -       -      -          -        -
coop.share.import.account            -       -       -      -          -        -
coop.share.import.line               -       -       -      -          -        -
coop.share.import.total              -       -       -      -          -        -
coop.share.movement                  -       -       -      r          r        r
coop.share.price                     -       r       r      r          r        r
coop.share.subscription              -       -       -      rwcu       r        r
coop.share.transfer                  -       -       -      rwcu       -        r
coop.skill                           -       -       -      rwcu       -        -
coop.supplier.offer                  -       -       -      -          -        -
coop.supplier.offer.line             -       -       -      -          -        -
coop.supplier.offer.score            -       -       -      -          -        r
coop.supplier.offer.tier             -       -       -      -          -        -
coop.supplier.price.list             -       -       -      -          -        r
coop.supplier.price.list.finding     -       -       -      -          -        r
coop.supplier.price.list.line        -       -       -      -          -        r
coop.trace.link                      -       -       -      -          -        -
coop.translation                     -       -       -      -          -        -
coop.translation.write               -       -       -      -          -        -
coop.translation.write.line          -       -       -      -          -        -
coop.transparency.change             -       -       -      -          -        -
coop.transparency.figure             -       -       r      r          r        r
coop.transparency.month              -       -       -      -          -        r
coop.transparency.update             -       -       -      -          -        rc
coop.workgroup                       -       -       -      -          -        -
coop.workgroup.member                -       -       -      -          -        -
"""

# Methods that do their work for everybody, and why that harms nobody.
HARMLESS = {
    ("portal", "coop.member.document", "web_read_group"): "only finds documents of the user",
    ("portal", "coop.member.document", "web_search_read"): "only finds documents of the user",
    ("staff", "coop.share.exit.year", "action_print"): "names a report, which asks for the rights",
    ("staff", "coop.share.extract", "action_pdf"): "names a report, which asks for the rights",
}
