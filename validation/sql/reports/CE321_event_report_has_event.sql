-- CE321 event_report_has_event (error, suite core)
-- A report of kind event tells of one event; totals and control claims need none.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ((NOT ("claim_kind" = 'event')) OR (NOT ("event_id" IS NULL)));
