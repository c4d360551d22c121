-- CE110 violence_type_known (error, suite core)
-- violence_type takes a code of the closed vocabulary `violence_type`, spelled as there.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("violence_type" IN (1, 2, 3));
