-- CE209 priogrid_of_point (warning, suite core)
-- The cell follows from the point: floor((lat+90)/0.5)*720 + floor((lon+180)/0.5) + 1, clamped at lat 90 and lon 180. A warning, because points exactly on a cell's edge differ in upstream files.
-- Returns the rows of events that break it. Source: PRIO-GRID Codebook (Tollefsen, Strand and Buhaug 2012).
SELECT * FROM "events" WHERE NOT ((NOT (((((("latitude" >= -90) AND ("latitude" <= 90)) AND ("longitude" >= -180)) AND ("longitude" <= 180)) AND (NOT isnan("latitude"))) AND (NOT isnan("longitude")))) OR (CAST("priogrid_gid" AS DOUBLE) = (((least(floor((("latitude" + 90) * 2)), 359.0::DOUBLE) * 720) + least(floor((("longitude" + 180) * 2)), 719.0::DOUBLE)) + 1)));
