-- CE112 date_kind_known (error, suite core)
-- date_kind takes a code of the closed vocabulary `date_kind`, spelled as there.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ("date_kind" IN ('within_window', 'continuous'));
