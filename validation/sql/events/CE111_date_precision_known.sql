-- CE111 date_precision_known (error, suite core)
-- date_precision takes a code of the closed vocabulary `date_precision`, spelled as there.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("date_precision" IN (1, 2, 3, 4, 5));
