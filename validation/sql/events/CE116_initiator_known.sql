-- CE116 initiator_known (error, suite core)
-- initiator takes a code of the closed vocabulary `initiator`, spelled as there.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ("initiator" IN ('a', 'b', 'both', 'unknown', 'not_coded'));
