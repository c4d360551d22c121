-- CE107 event_level_known (error, suite core)
-- event_level takes a code of the closed vocabulary `event_level`, spelled as there.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ("event_level" IN ('incident', 'aggregate'));
