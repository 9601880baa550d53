"""What each role may do with records that are not its own, by remote calls too.

r: read, w: write, c: create, u: unlink. A model that is missing here fails a test.
"""

RIGHTS = """
model                                public  portal  staff  secretary  billing  accountant
coop.action                          -       -       r      r          r        r
coop.action.report                   -       -       -      -          -        -
coop.action.update                   -       -       r      r          r        r
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
coop.ask                             -       -       -      -          -        -
coop.assembly                        -       -       -      -          -        -
coop.assembly.convocation            -       -       -      -          -        -
coop.assembly.correction             -       -       -      -          -        -
coop.assembly.correction.line        -       -       -      -          -        -
coop.assembly.document               -       -       -      -          -        -
coop.assembly.file                   -       -       -      -          -        -
coop.assembly.minutes                -       -       -      -          -        -
coop.assembly.move                   -       -       -      -          -        -
coop.assembly.point                  -       -       -      -          -        -
coop.assembly.question               -       -       -      -          -        -
coop.assembly.question.hide          -       -       -      -          -        -
coop.assembly.quorum                 -       -       -      -          -        -
coop.assembly.sending                -       -       -      -          -        -
coop.assembly.speaker                -       -       -      -          -        -
coop.assembly.voter                  -       -       -      -          -        -
coop.bad.debt                        -       -       -      -          r        r
coop.bad.debt.recover                -       -       -      -          -        rwcu
coop.bad.debt.recovery               -       -       -      -          r        r
coop.bad.debt.share                  -       -       -      -          r        r
coop.bad.debt.write.off              -       -       -      -          -        rwcu
coop.ballot                          -       -       -      -          -        -
coop.board.publication               -       -       -      -          -        -
coop.board.review                    -       -       -      -          -        -
coop.body                            -       -       -      -          -        -
coop.budget.reservation              -       -       -      r          r        r
coop.budget.transfer                 -       -       -      rwcu       r        rwcu
coop.budget.transfer.reason          -       -       -      rwcu       -        rwcu
coop.candidate                       -       -       -      -          -        -
coop.consent                         -       -       -      r          -        -
coop.consent.text                    -       -       -      r          -        -
coop.contribution.rate               -       -       -      r          r        r
coop.counter                         -       -       -      -          -        -
coop.directory.entry                 -       -       -      rwc        -        -
coop.document                        -       -       -      -          -        -
coop.document.version                -       -       -      -          -        -
coop.eco.criterion                   -       -       -      -          -        r
coop.eco.criterion.point             -       -       -      -          -        r
coop.eco.evidence                    -       -       -      -          -        r
coop.eco.label                       -       -       -      -          -        r
coop.eco.weight.interval             -       -       -      -          -        r
coop.edition                         -       -       -      -          -        -
coop.edition.phase                   -       -       -      -          -        -
coop.edition.question                -       -       -      -          -        -
coop.edition.theme                   -       -       -      -          -        -
coop.election                        -       -       -      -          -        -
coop.election.reason                 -       -       -      -          -        -
coop.ethics.answer                   -       -       -      -          -        -
coop.ethics.case                     -       -       -      -          -        -
coop.ethics.conflict                 -       -       -      -          -        -
coop.ethics.decline                  -       -       -      -          -        -
coop.ethics.opinion                  -       -       -      -          -        -
coop.ethics.question                 -       -       -      -          -        -
coop.ethics.reply                    -       -       -      -          -        -
coop.ethics.vote                     -       -       -      -          -        -
coop.expense                         -       -       -      r          r        rwcu
coop.expense.refusal                 -       -       -      -          -        rwcu
coop.frozen.text                     -       -       -      -          -        -
coop.governance.notice               -       -       -      -          -        -
coop.hours                           -       -       -      -          -        -
coop.income.review                   -       -       -      -          -        rc
coop.indicator                       -       -       -      -          -        -
coop.indicator.measure               -       -       -      -          -        -
coop.indicator.report                -       -       -      -          -        -
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
coop.ledger.check.line               -       -       -      -          -        r
coop.mandate                         -       -       -      -          -        -
coop.meeting                         -       -       -      -          -        -
coop.meeting.correction              -       -       -      -          -        -
coop.meeting.correction.line         -       -       -      -          -        -
coop.meeting.interpreter             -       -       -      -          -        -
coop.meeting.minutes                 -       -       -      -          -        -
coop.meeting.point                   -       -       -      -          -        -
coop.meeting.presence                -       -       -      -          -        -
coop.meeting.series                  -       -       -      -          -        -
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
coop.named.poll                      -       -       -      -          -        -
coop.named.vote                      -       -       -      -          -        -
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
coop.poll                            -       -       -      -          -        -
coop.poll.annul                      -       -       -      -          -        -
coop.poll.option                     -       -       -      -          -        -
coop.poll.paper.count                -       -       -      -          -        -
coop.poll.paper.line                 -       -       -      -          -        -
coop.poll.paper.mark                 -       -       -      -          -        -
coop.poll.roll                       -       -       -      -          -        -
coop.proposal                        -       -       -      -          -        -
coop.proxy                           -       -       -      -          -        -
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
coop.purchase.pledge.change          -       -       -      -          -        r
coop.purchase.pledge.line            -       -       -      -          -        r
coop.purchase.pledge.make            -       -       -      -          -        -
coop.purchase.pledge.make.line       -       -       -      -          -        -
coop.recommendation                  -       -       -      -          -        -
coop.recommendation.amendment        -       -       -      -          -        -
coop.recommendation.merge            -       -       -      -          -        -
coop.recommendation.split            -       -       -      -          -        -
coop.recommendation.version          -       -       -      -          -        -
coop.representation                  -       -       -      -          -        -
coop.request.limit                   -       -       -      -          -        -
coop.resolution                      -       -       -      -          -        -
coop.resolution.class                -       -       -      -          -        -
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
coop.survey.panel                    -       -       -      -          -        -
coop.trace.link                      -       -       -      -          -        -
coop.training                        -       -       -      -          -        -
coop.training.record                 -       -       -      -          -        -
coop.translation                     -       -       -      -          -        -
coop.translation.write               -       -       -      -          -        -
coop.translation.write.line          -       -       -      -          -        -
coop.transparency.change             -       -       -      -          -        -
coop.transparency.figure             -       -       r      r          r        r
coop.transparency.month              -       -       -      -          -        r
coop.transparency.update             -       -       -      -          -        rc
coop.workgroup                       -       -       -      -          -        -
coop.workgroup.member                -       -       -      -          -        -
coop.writing                         -       -       -      -          -        -
"""

# Methods that do their work for everybody, and why that harms nobody.
HARMLESS = {
    ("portal", "coop.member.document", "web_read_group"): "only finds documents of the user",
    ("portal", "coop.member.document", "web_search_read"): "only finds documents of the user",
    ("staff", "coop.share.exit.year", "action_print"): "names a report, which asks for the rights",
    ("staff", "coop.share.extract", "action_pdf"): "names a report, which asks for the rights",
}

# Fields that we add to models of core which portal users read, and why these harm nobody.
SHOWN = {
    "account.move.coop_late_closing_id": "on entries only, which are read by accountants",
    "account.move.share_class_id": "on the own capital call",
    "account.move.share_exit_id": "on entries only, as above",
    "account.move.share_subscription_ids": "the own ones, by their rule",
    "calendar.event.coop_meeting_ids": "who may read no meeting reads none here",
    "project.project.coop_action_count": "projects are of employees",
    "project.project.coop_action_ids": "as above",
    "purchase.order.campaign_id": "the supplier made an offer in it",
    "purchase.order.campaign_sent_on": "to the supplier",
    "purchase.order.line.allocation_ids": "who may read no allocation reads none here",
    "res.partner.ask_snooze_until": "the own choice",
    "res.partner.membership_ids": "the own ones, by their rule",
    "res.users.translation_lang_ids": "the own ones",
    "res.users.translation_reminder_on": "the own one",
}
