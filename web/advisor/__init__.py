"""The council's pages: the list of engagements, the board by stage, the promises board, one engagement with
everything that can be done about it, each person who takes part, work on many engagements at once, imports, notes, the
calendar, who may read about several schools, and what each person keeps and chooses for themselves."""

from web.advisor import bulk, bulk_job, engagement_list, promise_board, today
from web.advisor.account import drafts, own_factors, own_sessions, settings, ways_in
from web.advisor.calendar import feeds
from web.advisor.calendar import page as calendar
from web.advisor.engagement import act_forms, dates, register, stuck_effects, triggers, undo
from web.advisor.engagement.places import routes
from web.advisor.imports import file as import_file
from web.advisor.imports import page as imports
from web.advisor.insight import page as insight
from web.advisor.insight import what_if
from web.advisor.lists import board, column_choice, saved_lists
from web.advisor.notes import files, mentions, note
from web.advisor.notes import page as notes
from web.advisor.participant import certificates, evidence_files, page
from web.advisor.readers import invitation, reader_list

BLUEPRINTS = tuple(
    noun.bp
    for noun in (
        engagement_list,
        column_choice,
        saved_lists,
        board,
        settings,
        ways_in,
        own_factors,
        own_sessions,
        drafts,
        today,
        promise_board,
        insight,
        what_if,
        bulk,
        bulk_job,
        routes,
        calendar,
        feeds,
        notes,
        note,
        files,
        mentions,
        triggers,
        register,
        dates,
        act_forms,
        page,
        evidence_files,
        stuck_effects,
        certificates,
        undo,
        imports,
        import_file,
        reader_list,
        invitation,
    )
)
