-- CE542 actor_type_known (error, suite core)
-- actor_type takes a code of the closed vocabulary `actor_type`, spelled as there.
-- Returns the rows of crosswalk_cameo_actor that break it. Source: conflict-events design.
SELECT * FROM "crosswalk_cameo_actor" WHERE NOT ("actor_type" IN ('state_forces', 'rebel_group', 'political_militia', 'identity_militia', 'rioters', 'protesters', 'civilians', 'external_forces', 'unknown'));
