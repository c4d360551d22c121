-- CE105 record_status_known (error, suite core)
-- record_status takes a code of the closed vocabulary `record_status`, spelled as there.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ("record_status" IN ('candidate', 'final', 'withdrawn', 'claim'));
