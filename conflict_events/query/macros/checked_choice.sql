-- checked_choice(argument, given, choices)
-- What was given for an argument, once it is known to be one of its choices: how macros refuse a policy that is none.
--
-- Arguments:
--   argument: name of the argument, for the message
--   given: what was given for it, of any type
--   choices: VARCHAR[] of what may be given
-- Returns:
--   VARCHAR, what was given; an error that names the choices where it is none of them, as null is not
-- Example:
--   SELECT checked_choice('spanning', 'first', ['first', 'last', 'even', 'days', 'drop']) AS spanning;
CREATE OR REPLACE MACRO checked_choice(argument, given, choices) AS
    CASE
        WHEN list_contains(choices, CAST(given AS VARCHAR)) THEN CAST(given AS VARCHAR)
        ELSE error(
            argument || ' is none of ' || array_to_string(choices, ', ') || ': '
            || coalesce(CAST(given AS VARCHAR), 'null')
        )
    END;
