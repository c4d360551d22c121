-- CE307 assertion_known (error, suite core)
-- assertion takes a code of the closed vocabulary `assertion`, spelled as there.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ("assertion" IN ('stated', 'claimed', 'denied'));
