-- CE236 date_start_plausible (error, suite core)
-- No source of this field tells of such a day; a slip of the century or of the order of day and month.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (("date_start" >= '1900-01-01'::DATE) AND ("date_start" <= '2100-12-31'::DATE));
