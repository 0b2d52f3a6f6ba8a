"""Who speaks for a school: the kinds of contact that an engagement has, by the word that an offer's page calls them."""

from collections.abc import Mapping
from types import MappingProxyType

SCHOOL_LEAD, DEPUTY, HEAD, BUSINESS_MANAGER = "school_lead", "deputy", "head", "business_manager"
#: In the order in which pages tell of them.
CONTACTS: Mapping[str, str] = MappingProxyType(
    {
        SCHOOL_LEAD: "School lead",
        DEPUTY: "Deputy lead",
        HEAD: "Headteacher",
        BUSINESS_MANAGER: "Business manager",
    }
)
#: Those who stand on the engagement's own row, by the two columns that name them: guards look at the lead.
ON_THE_ROW: Mapping[str, tuple[str, str]] = MappingProxyType(
    {SCHOOL_LEAD: ("lead_name", "lead_email"), HEAD: ("head_name", "head_email")}
)
