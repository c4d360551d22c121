-- CE451 where_precision_required (error, suite core)
-- Every row has a where_precision. Precision that an event placed here has, by UCDP's scale.
-- Returns the rows of places that break it. Source: UCDP GED Codebook.
SELECT * FROM "places" WHERE NOT (NOT ("where_precision" IS NULL));
