-- CE496 acled_event_type_required (error, suite core)
-- Every row has a acled_event_type. ACLED event type.
-- Returns the rows of crosswalk_acled that break it. Source: ACLED Codebook.
SELECT * FROM "crosswalk_acled" WHERE NOT (NOT ("acled_event_type" IS NULL));
