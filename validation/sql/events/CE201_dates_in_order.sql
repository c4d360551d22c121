-- CE201 dates_in_order (error, suite core)
-- An event does not end before it begins.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("date_start" <= "date_end");
