-- CE123 priogrid_gid_in_range (error, suite core)
-- priogrid_gid is between 1 and 259200.
-- Returns the rows of events that break it. Source: PRIO-GRID Codebook (Tollefsen, Strand and Buhaug 2012).
SELECT * FROM "events" WHERE NOT (("priogrid_gid" >= 1) AND ("priogrid_gid" <= 259200));
