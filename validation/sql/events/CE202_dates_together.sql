-- CE202 dates_together (error, suite core)
-- A date has a start, an end and a precision, or the event has no date at all.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((("date_start" IS NULL) = ("date_end" IS NULL)) AND (("date_start" IS NULL) = ("date_precision" IS NULL)));
