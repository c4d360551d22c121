-- CE306 assertion_required (error, suite core)
-- Every row has a assertion. How it is put: stated as fact, claimed, or denied.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT (NOT ("assertion" IS NULL));
