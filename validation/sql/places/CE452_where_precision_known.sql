-- CE452 where_precision_known (error, suite core)
-- where_precision takes a code of the closed vocabulary `where_precision`, spelled as there.
-- Returns the rows of places that break it. Source: UCDP GED Codebook.
SELECT * FROM "places" WHERE NOT ("where_precision" IN (1, 2, 3, 4, 5, 6, 7));
