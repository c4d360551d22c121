-- CE275 final_is_reviewed (error, suite release)
-- An event becomes final when a second look at its sources has confirmed it; until then it is a candidate.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'article')) OR ((NOT ("record_status" = 'final')) OR "reviewed"));
