"""What is expected of each route of our addons: a route that is missing here fails a test."""

# Anybody gets the page, without a login.
PUBLIC = """
GET /membership/certificate
GET /membership/join
GET /membership/join/sent
POST /membership/join
"""

# Who has the link may read it: a wrong link leads nowhere.
TOKEN = """
GET /approval/<token>
GET /approval/<token>/files/<file_id>
POST /approval/<token>
POST /approval/<token>/renew
GET /membership/join/<request_id>/<token>
POST /membership/join/<request_id>/<token>
"""

# Pages of the user, with no id in the address: lists, forms, and what a form sends.
MINE = """
GET /my/actions
GET /my/actions/export/<extension>
GET /my/actions/page/<page>
GET /my/activities
GET /my/activities/page/<page>
GET /my/assemblies
GET /my/assemblies/page/<page>
GET /my/asks
POST /my/asks/hours
POST /my/asks/rest
GET /my/data
POST /my/data/export
GET /my/directory
GET /my/directory/page/<page>
GET /my/directory/edit
POST /my/directory/edit
GET /my/documents
GET /my/documents/upload
POST /my/documents/upload
GET /my/editions
GET /my/elections
GET /my/ethics
GET /my/ethics/new
POST /my/ethics/new
GET /my/ethics/page/<page>
GET /my/evidence
POST /my/evidence
GET /my/expenses
GET /my/expenses/new
POST /my/expenses/new
GET /my/expenses/page/<page>
GET /my/impact
GET /my/impact/report
GET /my/investments
GET /my/investments/new
POST /my/investments/new
GET /my/investments/page/<page>
GET /my/membership
GET /my/networks
GET /my/offers
GET /my/purchases
POST /my/purchases/mails
GET /my/purchases/needs
GET /my/purchases/needs/new
POST /my/purchases/needs/new
GET /my/purchases/page/<page>
GET /my/recommendations
GET /my/recommendations/export/<extension>
GET /my/recommendations/new
POST /my/recommendations/new
GET /my/recommendations/page/<page>
GET /my/responses
GET /my/responses/export/<extension>
GET /my/responses/page/<page>
GET /my/salaries
GET /my/salaries/new
POST /my/salaries/new
GET /my/salaries/page/<page>
GET /my/services
GET /my/services/requests
GET /my/services/requests/page/<page>
GET /my/shares
POST /my/shares
POST /my/shares/certificate
GET /my/shares/extract
GET /my/shares/resign
POST /my/shares/resign
POST /my/shares/resign/withdraw
GET /my/shares/transfer
POST /my/shares/transfer
GET /my/shares/transfers
GET /my/transfers
GET /my/transfers/new
POST /my/transfers/new
GET /my/transfers/page/<page>
GET /my/transparency
GET /my/transparency/<table>/export.csv
GET /my/workgroups
GET /my/votes
GET /my/votes/page/<page>
"""

# The address holds an id of what belongs to somebody: nobody else gets anything.
OWNED = """
POST /my/actions/<action_id>/report
GET /my/activities/<activity_id>
GET /my/activities/<activity_id>/<table>/export.<extension>
GET /my/activities/<activity_id>/bills/<bill_id>
GET /my/activities/<activity_id>/bills/<bill_id>/files/<file_id>
GET /my/activities/<activity_id>/closing
POST /my/activities/<activity_id>/closing
POST /my/activities/<activity_id>/closing/withdraw
GET /my/activities/<activity_id>/contributions
GET /my/activities/<activity_id>/contributions/page/<page>
GET /my/activities/<activity_id>/invoices
GET /my/activities/<activity_id>/invoices/<invoice_id>
POST /my/activities/<activity_id>/invoices/<invoice_id>/agree
POST /my/activities/<activity_id>/invoices/<invoice_id>/disagree
GET /my/activities/<activity_id>/invoices/<invoice_id>/edit
POST /my/activities/<activity_id>/invoices/<invoice_id>/edit
GET /my/activities/<activity_id>/invoices/<invoice_id>/files/<file_id>
GET /my/activities/<activity_id>/invoices/<invoice_id>/pdf
POST /my/activities/<activity_id>/invoices/<invoice_id>/withdraw
GET /my/activities/<activity_id>/invoices/new
POST /my/activities/<activity_id>/invoices/new
GET /my/activities/<activity_id>/invoices/page/<page>
GET /my/activities/<activity_id>/movements
GET /my/activities/<activity_id>/movements/page/<page>
GET /my/activities/<activity_id>/orders/<order_id>
GET /my/activities/<activity_id>/statements
GET /my/activities/<activity_id>/statements/<statement_id>
GET /my/activities/<activity_id>/statements/<statement_id>/pdf
GET /my/activities/<activity_id>/statements/<statement_id>/xlsx
GET /my/activities/<activity_id>/statements/page/<page>
POST /my/asks/<ask_id>/decline
POST /my/asks/<ask_id>/snooze
POST /my/asks/hours/<hours_id>/delete
GET /my/documents/<document_id>/file
GET /my/ethics/<case_id>
GET /my/expenses/<expense_id>
GET /my/expenses/<expense_id>/edit
POST /my/expenses/<expense_id>/edit
GET /my/expenses/<expense_id>/files/<file_id>
POST /my/expenses/<expense_id>/withdraw
GET /my/investments/<investment_id>
POST /my/investments/<investment_id>/answer
GET /my/investments/<investment_id>/calendar
POST /my/investments/<investment_id>/calendar/book
POST /my/investments/<investment_id>/cancel
POST /my/investments/<investment_id>/invite
GET /my/investments/<investment_id>/leave
POST /my/investments/<investment_id>/leave
POST /my/investments/<investment_id>/pledge
POST /my/investments/<investment_id>/withdraw
POST /my/investments/bookings/<booking_id>/cancel
GET /my/investments/buyouts/<buyout_id>
POST /my/investments/buyouts/<buyout_id>/accept
POST /my/investments/buyouts/<buyout_id>/refuse
POST /my/investments/buyouts/<buyout_id>/withdraw
GET /my/offers/<campaign_id>
POST /my/offers/<campaign_id>
POST /my/offers/<campaign_id>/change
GET /my/offers/<campaign_id>/prices
POST /my/offers/<campaign_id>/prices
POST /my/offers/<campaign_id>/prices/take
GET /my/offers/<campaign_id>/template.xlsx
POST /my/offers/<campaign_id>/withdraw
GET /my/purchases/<campaign_id>/result
POST /my/purchases/needs/<need_id>/end
POST /my/recommendations/<draft_id>/amendments/<amendment_id>
GET /my/recommendations/<draft_id>/edit
POST /my/recommendations/<draft_id>/edit
POST /my/recommendations/<draft_id>/submit
POST /my/recommendations/<draft_id>/withdraw
GET /my/salaries/<announcement_id>
POST /my/salaries/<announcement_id>/withdraw
GET /my/services/requests/<request_id>
POST /my/services/requests/<request_id>/cancel
POST /my/services/requests/<request_id>/message
POST /my/services/requests/<request_id>/rate
GET /my/shares/transfers/<transfer_id>
POST /my/shares/transfers/<transfer_id>/accept
POST /my/shares/transfers/<transfer_id>/decline
POST /my/shares/transfers/<transfer_id>/withdraw
GET /my/transfers/<transfer_id>
POST /my/transfers/<transfer_id>/accept
POST /my/transfers/<transfer_id>/refuse
POST /my/transfers/<transfer_id>/reverse
POST /my/transfers/<transfer_id>/withdraw
GET /my/votes/<poll_id>
GET /my/votes/<poll_id>/ballot
POST /my/votes/<poll_id>/cast
POST /my/votes/<poll_id>/cast.json
POST /my/votes/<poll_id>/check
POST /my/votes/<poll_id>/come
POST /my/votes/<poll_id>/give
GET /my/votes/<poll_id>/publication.json
POST /my/votes/<poll_id>/review
"""

# The id is of what the cooperative offers to all its members: ids that do not exist lead nowhere.
OFFERED = """
GET /my/actions/<action_id>
GET /my/actions/<action_id>/way
GET /my/assemblies/<assembly_id>
GET /my/assemblies/<assembly_id>/files/<file_id>
GET /my/assemblies/<assembly_id>/minutes.pdf
POST /my/assemblies/<assembly_id>/proxy
POST /my/assemblies/<assembly_id>/proxy/back
POST /my/assemblies/<assembly_id>/speak
POST /my/assemblies/<assembly_id>/speak/back
GET /my/directory/<entry_id>
GET /my/assemblies/<assembly_id>/questions
POST /my/assemblies/<assembly_id>/questions/ask
POST /my/data/consents/<text_id>/give
POST /my/data/consents/<text_id>/withdraw
GET /my/editions/<edition_id>
POST /my/editions/<edition_id>/themes
GET /my/elections/<election_id>
GET /my/elections/<election_id>/candidates/<candidate_id>
GET /my/elections/<election_id>/candidates/<candidate_id>/photo
POST /my/elections/<election_id>/propose
POST /my/elections/<election_id>/stand
POST /my/elections/<election_id>/withdraw
GET /my/meetings/<meeting_id>
POST /my/meetings/<meeting_id>/answer
POST /my/meetings/<meeting_id>/interpreter
GET /my/meetings/<meeting_id>/minutes/<minutes_id>
POST /my/networks/<sector_id>/subscribe
POST /my/networks/<sector_id>/unsubscribe
POST /my/networks/events/<event_id>/cancel
POST /my/networks/events/<event_id>/register
GET /my/purchases/<campaign_id>
GET /my/purchases/<campaign_id>/choice
GET /my/purchases/<campaign_id>/pledge
POST /my/purchases/<campaign_id>/pledge
POST /my/purchases/<campaign_id>/withdraw
GET /my/recommendations/<recommendation_id>
POST /my/recommendations/<recommendation_id>/amend
POST /my/recommendations/<recommendation_id>/support
GET /my/recommendations/<recommendation_id>/versions/<number>
GET /my/recommendations/<recommendation_id>/way
GET /my/recommendations/<recommendation_id>/way/export
GET /my/responses/<response_id>
GET /my/services/<service_id>/ask
POST /my/services/<service_id>/ask
GET /my/workgroups/<workgroup_id>
GET /my/workgroups/<workgroup_id>/documents/<version_id>
POST /my/workgroups/<workgroup_id>/join
POST /my/workgroups/<workgroup_id>/leave
"""

# For the office only.
OFFICE = """
GET /coop/hand-over
GET /coop/hand-over/<campaign_id>
GET /coop/hand-over/<campaign_id>/<pledge_id>
POST /coop/hand-over/<campaign_id>/<pledge_id>
GET /coop/personal-data/<partner_id>
GET /governance/assemblies/<assembly_id>/scan
POST /governance/assemblies/<assembly_id>/scan
GET /governance/polls/<poll_id>/belenios.txt
GET /governance/polls/<poll_id>/open
POST /governance/polls/<poll_id>/open
GET /governance/polls/<poll_id>/roll.csv
GET /governance/polls/<poll_id>/tally
POST /governance/polls/<poll_id>/tally
"""

# Calls of scripts of our forms.
SCRIPT = """
JSON /my/activities/clients
JSON /my/activities/preview
JSON /my/purchases/preview
"""

# Downloads of the core that we note: their own tests are in smart_membership.
EXTENDED = """
GET /web/content
GET /web/image
"""

KINDS = {
    "public": PUBLIC,
    "token": TOKEN,
    "mine": MINE,
    "owned": OWNED,
    "offered": OFFERED,
    "office": OFFICE,
    "script": SCRIPT,
}
EXPECTED = {line: kind for kind, text in KINDS.items() for line in text.split("\n") if line}
