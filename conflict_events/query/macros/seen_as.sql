-- seen_as(month, country, n_whole, n_any, n_asked)
-- Whether a place was looked at in a month, by how many origins looked (see coverage_counts).
--
-- Arguments:
--   month: the month, null where it is not known
--   country: the country, null where it is not known
--   n_whole: origins that looked at all of the place, null for none
--   n_any: origins that looked at it or at a part of it, null for none
--   n_asked: origins that coverage tells of, null for none
-- Returns:
--   VARCHAR: 'whole', 'part', 'none'; null where it is not known: no origin is told of, or the month or the country is
--   null and the world was not looked at as a whole
-- Example:
--   SELECT seen_as(DATE '2017-01-01', 'IRQ', 0, 1, 1) AS covered;
CREATE OR REPLACE MACRO seen_as(month, country, n_whole, n_any, n_asked) AS
    CASE
        WHEN month IS NULL OR n_asked IS NULL THEN NULL
        WHEN n_whole = n_asked THEN 'whole'
        WHEN country IS NULL THEN NULL
        WHEN n_any > 0 THEN 'part'
        ELSE 'none'
    END;
