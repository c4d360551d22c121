-- CE260 n_reports_counts_reports (error, suite release)
-- n_reports counts the rows of reports that point at the event.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT "events".* FROM "events" LEFT JOIN (SELECT "event_id" AS k, count(*) AS n FROM "reports" GROUP BY k) AS counted ON "events"."event_id" = counted.k WHERE "events"."origin" IN ('article') AND "events"."n_reports" <> coalesce(counted.n, 0);
