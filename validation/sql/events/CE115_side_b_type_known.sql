-- CE115 side_b_type_known (error, suite core)
-- side_b_type takes a code of the closed vocabulary `actor_type`, spelled as there.
-- Returns the rows of events that break it. Source: ACLED Codebook.
SELECT * FROM "events" WHERE NOT ("side_b_type" IN ('state_forces', 'rebel_group', 'political_militia', 'identity_militia', 'rioters', 'protesters', 'civilians', 'external_forces', 'unknown'));
