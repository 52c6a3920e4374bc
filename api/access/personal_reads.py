"""Which routes return personal data of others, and which kinds: declared here, once, by the route's name.

Whoever has an account and reads one of them is written down (`api/access/noted.py`). Personal data is what
names somebody or tells how to reach them. Ids alone do not: whoever turns them into names reads a route of
the table.
What a letter's link shows concerns its recipient, what everybody reads is published: neither is in the table.
`tests/api/test_personal_reads.py` and `tests/browser/test_pages.py` read every route there is, and fail for
one that names somebody and is not declared.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.vocabulary.personal_data import PersonalData

_ROUTES: Final[Mapping[PersonalData, str]] = {
    PersonalData.PEOPLE: """
        list_people people show_person show_council show_new_council list_organisations bodies
        list_persons_with_access show_persons download_persons show_reads download_reads
        show_incident show_new_incident show_incident_correction download_affected
        accounts account show_account show_new_account tokens_of_account
        webhook show_webhook show_new_webhook show_deputies fetch_act
        file_schedules file_schedule fetch_file show_file_schedule show_new_file_schedule
        download_scheduled_file download_earlier_file
        show_home show_monitorings download_monitorings show_chosen download_chosen show_monitoring
        show_deadlines explain_deadline_of_monitoring
        show_remarks show_paper download_paper download_paper_report
        show_lift_conflict show_declare_conflict show_reassign_monitoring show_reassign_many
        show_import_withdrawal show_import_withdrawal_indicators
        show_approve_report show_publish_report read_version_disclosures
        read_timeline export_timeline export_timeline_as_table export_timeline_as_workbook
        show_history download_history download_table download_workbook
        show_duty_history download_duty_history download_duty_table download_duty_workbook
        show_consolidation_history download_consolidation_history download_consolidation_table
        download_consolidation_workbook
        download_document download_as_word download_draft_as_word
        download_document_here download_as_word_here download_draft_here
        download_bundle download_bundle_here
    """,
    PersonalData.MEMBERS: """
        show_monitoring show_invite_member show_withdraw_member show_record_organisation_agreement
        download_bundle download_bundle_here
    """,
    PersonalData.CONTACTS: """
        list_people people show_person account download_affected list_letters read_letter print_delivery
        download_mail download_mail_here show_mail download_received_mail show_queue download_unknown_mail
        download_bundle download_bundle_here
    """,
    PersonalData.LETTERS: """
        list_letters show_letters read_letter print_delivery download_mail download_mail_here
        download_letters_file show_resend_letter show_record_hand_delivery
        download_bundle download_bundle_here
    """,
    PersonalData.REPLIES: """
        list_replies list_items show_items answers open_answer open_side_answer answer_recorded
        side_answer_recorded file_of_letter
        download_attachment download_attachment_here download_bundle download_bundle_here
    """,
    PersonalData.MAIL: """
        show_mail download_received_mail download_received_file show_queue download_unknown_mail
        download_bundle download_bundle_here
    """,
    PersonalData.SIGN_INS: """
        list_sign_ins list_persons_with_access
        accounts account tokens_of_account show_persons download_persons show_reads download_reads
    """,
}


def _by_route() -> dict[str, frozenset[PersonalData]]:
    names = {name for routes in _ROUTES.values() for name in routes.split()}
    return {name: frozenset(kind for kind in PersonalData if name in _ROUTES[kind].split()) for name in names}


PERSONAL_READS: Final[Mapping[str, frozenset[PersonalData]]] = MappingProxyType(_by_route())
"""By the names of routes: the operation's id in the API."""
_NONE: Final[frozenset[PersonalData]] = frozenset()


def personal_data_of(route: str) -> frozenset[PersonalData]:
    """The kinds that a route is declared to return; none for one that names nobody."""
    return PERSONAL_READS.get(route, _NONE)
