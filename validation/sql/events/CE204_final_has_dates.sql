-- CE204 final_has_dates (error, suite core)
-- Only candidates and claims may be without a date.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT (("record_status" = 'final') OR ("record_status" = 'withdrawn'))) OR (NOT ("date_start" IS NULL)));
