-- CE424 actor_type_known (error, suite core)
-- actor_type takes a code of the closed vocabulary `actor_type`, spelled as there.
-- Returns the rows of actors that break it. Source: ACLED Codebook.
SELECT * FROM "actors" WHERE NOT ("actor_type" IN ('state_forces', 'rebel_group', 'political_militia', 'identity_militia', 'rioters', 'protesters', 'civilians', 'external_forces', 'unknown'));
