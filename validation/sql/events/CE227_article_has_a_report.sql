-- CE227 article_has_a_report (error, suite core)
-- An event coded from articles rests on at least one report.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'article')) OR ("n_reports" >= 1));
