-- CE234 claims_are_machine_coded (error, suite core)
-- A GDELT row is one machine-read sentence: a claim, not an event that anyone vouches for.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'gdelt')) OR ("record_status" = 'claim'));
