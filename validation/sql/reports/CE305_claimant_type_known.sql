-- CE305 claimant_type_known (error, suite core)
-- claimant_type takes a code of the closed vocabulary `claimant_type`, spelled as there.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ("claimant_type" IN ('own_side', 'opponent', 'government', 'monitor', 'witness', 'anonymous', 'outlet'));
