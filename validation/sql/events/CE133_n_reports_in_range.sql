-- CE133 n_reports_in_range (error, suite core)
-- n_reports is >= 0 (reports).
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ("n_reports" >= 0);
