-- CE536 valid_from_before_valid_to (error, suite core)
-- valid_from is at most valid_to.
-- Returns the rows of crosswalk_country that break it. Source: conflict-events design.
SELECT * FROM "crosswalk_country" WHERE NOT ("valid_from" <= "valid_to");
