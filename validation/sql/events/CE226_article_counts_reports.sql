-- CE226 article_counts_reports (error, suite core)
-- An event coded from articles says how many reports it rests on.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'article')) OR (NOT ("n_reports" IS NULL)));
