# What other models are made of.
from . import coop_approval_mixin  # isort: skip
from . import coop_spending_mixin  # isort: skip
from . import coop_member_page_mixin  # isort: skip
from . import coop_invoice_form  # isort: skip
from . import account_analytic_account
from . import account_analytic_line
from . import account_analytic_plan
from . import account_asset_investment
from . import account_asset_line_investment
from . import account_chart_template
from . import account_move
from . import account_move_contribution
from . import account_move_contribution_family
from . import account_move_contribution_view
from . import account_move_expense
from . import account_move_investment
from . import account_move_joint
from . import account_move_line
from . import account_move_line_asset
from . import account_move_line_contribution
from . import account_move_line_expense
from . import account_move_line_investment
from . import account_move_line_lock
from . import account_move_line_rent
from . import account_move_lock
from . import account_move_portal
from . import account_move_rent
from . import account_move_send
from . import account_move_submission
from . import account_move_transfer
from . import coop_activity
from . import coop_activity_budget
from . import coop_activity_expense
from . import coop_activity_investment
from . import coop_activity_joint
from . import coop_activity_overdraft
from . import coop_activity_portal
from . import coop_activity_statement
from . import coop_activity_statement_failure
from . import coop_activity_statement_link
from . import coop_activity_statement_make
from . import coop_activity_statement_run
from . import coop_activity_statement_triggers
from . import coop_activity_transfer
from . import coop_approval
from . import coop_approval_decide
from . import coop_budget_reservation
from . import coop_budget_reservation_batch
from . import coop_budget_reservation_investment
from . import coop_budget_transfer
from . import coop_budget_transfer_books
from . import coop_budget_transfer_flow
from . import coop_budget_transfer_portal
from . import coop_contribution_rate
from . import coop_expense
from . import coop_expense_books
from . import coop_expense_flow
from . import coop_expense_form
from . import coop_expense_investment
from . import coop_expense_portal
from . import coop_expense_receipt
from . import coop_investment
from . import coop_investment_share  # isort: skip
from . import coop_investment_booking
from . import coop_investment_books
from . import coop_investment_buyout
from . import coop_investment_buyout_flow
from . import coop_investment_buyout_line
from . import coop_investment_buyout_line_answer
from . import coop_investment_buyout_line_approval
from . import coop_investment_buyout_portal
from . import coop_investment_depreciation
from . import coop_investment_end
from . import coop_investment_invitation
from . import coop_investment_joint_portal
from . import coop_investment_movement
from . import coop_investment_owners
from . import coop_investment_pledge
from . import coop_investment_pledging
from . import coop_investment_portal
from . import coop_investment_proposal
from . import coop_investment_purchase
from . import coop_investment_transfer
from . import coop_investment_use
from . import coop_invoice_client
from . import coop_invoice_submission
from . import coop_ledger_check
from . import coop_ledger_check_expense
from . import coop_ledger_check_investment
from . import coop_ledger_check_joint
from . import coop_ledger_check_statement
from . import coop_ledger_check_transfer
from . import coop_membership
from . import coop_personal_data
from . import coop_personal_data_expense
from . import coop_personal_data_joint
from . import ir_attachment
from . import ir_http
from . import mail_mail
from . import product_template
from . import product_template_investment
from . import res_company
from . import res_company_approval
from . import res_company_budget
from . import res_company_investment
from . import res_company_statement
from . import res_config_settings
from . import res_config_settings_approval
from . import res_config_settings_investment

# What takes the steps of others further comes after them.
from . import coop_budget_transfer_approval  # isort: skip
from . import coop_expense_approval  # isort: skip
from . import coop_investment_joint_purchase  # isort: skip
