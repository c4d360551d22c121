-- CE522 event_type_known (error, suite core)
-- event_type takes a code of the closed vocabulary `event_type`, spelled as there.
-- Returns the rows of crosswalk_plover that break it. Source: conflict-events design.
SELECT * FROM "crosswalk_plover" WHERE NOT ("event_type" IN ('battles', 'explosions_remote_violence', 'violence_against_civilians', 'protests', 'riots', 'strategic_developments'));
