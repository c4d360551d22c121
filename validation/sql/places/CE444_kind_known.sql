-- CE444 kind_known (error, suite core)
-- kind takes a code of the closed vocabulary `place_kind`, spelled as there.
-- Returns the rows of places that break it. Source: conflict-events design.
SELECT * FROM "places" WHERE NOT ("kind" IN ('city', 'town', 'village', 'neighbourhood', 'subdistrict', 'district', 'governorate', 'region', 'country', 'border_crossing', 'base', 'camp', 'dam', 'road', 'desert', 'river', 'other'));
