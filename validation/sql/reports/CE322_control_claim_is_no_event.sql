-- CE322 control_claim_is_no_event (error, suite core)
-- A statement of who holds a place is no event.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ((NOT ("claim_kind" = 'control_status')) OR ("event_id" IS NULL));
