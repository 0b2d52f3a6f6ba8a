"""Facts for tests that need no record."""

from workflow.domain.facts import Facts

#: An engagement about which nothing is known yet.
NOTHING_YET = Facts(order_number=None, price_paid=None, school_open=False, lead_named=False)
