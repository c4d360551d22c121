-- CE323 date_start_before_date_end (error, suite core)
-- date_start is at most date_end.
-- Returns the rows of reports that break it. Source: UCDP GED Codebook.
SELECT * FROM "reports" WHERE NOT ("date_start" <= "date_end");
