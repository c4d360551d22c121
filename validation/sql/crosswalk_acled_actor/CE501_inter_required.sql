-- CE501 inter_required (error, suite core)
-- Every row has a inter. ACLED's number for the kind of actor.
-- Returns the rows of crosswalk_acled_actor that break it. Source: ACLED Codebook.
SELECT * FROM "crosswalk_acled_actor" WHERE NOT (NOT ("inter" IS NULL));
