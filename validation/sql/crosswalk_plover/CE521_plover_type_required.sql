-- CE521 plover_type_required (error, suite core)
-- Every row has a plover_type. PLOVER event type.
-- Returns the rows of crosswalk_plover that break it. Source: PLOVER Codebook (Open Event Data Alliance).
SELECT * FROM "crosswalk_plover" WHERE NOT (NOT ("plover_type" IS NULL));
