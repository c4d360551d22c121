-- CE405 kind_known (error, suite core)
-- kind takes a code of the closed vocabulary `publisher_kind`, spelled as there.
-- Returns the rows of publishers that break it. Source: conflict-events design.
SELECT * FROM "publishers" WHERE NOT ("kind" IN ('agency', 'newspaper', 'broadcaster', 'state_media', 'party_to_conflict', 'ngo', 'blog', 'other'));
