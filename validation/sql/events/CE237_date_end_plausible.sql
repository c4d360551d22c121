-- CE237 date_end_plausible (error, suite core)
-- No source of this field tells of such a day; a slip of the century or of the order of day and month.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (("date_end" >= '1900-01-01'::DATE) AND ("date_end" <= '2100-12-31'::DATE));
