-- CE271 released_has_dates (error, suite release)
-- A released event can be placed in time.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT (("record_status" = 'final') OR ("record_status" = 'candidate'))) OR (NOT ("date_start" IS NULL)));
