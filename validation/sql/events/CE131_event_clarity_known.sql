-- CE131 event_clarity_known (error, suite core)
-- event_clarity takes a code of the closed vocabulary `event_clarity`, spelled as there.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("event_clarity" IN (1, 2));
