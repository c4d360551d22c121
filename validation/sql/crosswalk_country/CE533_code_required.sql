-- CE533 code_required (error, suite core)
-- Every row has a code. The code as files write it: Gleditsch-Ward without leading zeros, ISO numeric with three digits.
-- Returns the rows of crosswalk_country that break it. Source: conflict-events design.
SELECT * FROM "crosswalk_country" WHERE NOT (NOT ("code" IS NULL));
