-- CE328 claimed_is_not_own_voice (error, suite core)
-- A claimant has a kind, so that a belligerent's claim is never taken for a monitor's.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ((NOT (NOT ("claimed_by" IS NULL))) OR (NOT ("claimant_type" IS NULL)));
