-- CE278 released_is_reviewed (warning, suite release)
-- A candidate may be released, so that its review can be followed; it is not yet a finding, and a release says how many it has.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'article')) OR ((NOT ("record_status" = 'candidate')) OR ("record_status" = 'final')));
