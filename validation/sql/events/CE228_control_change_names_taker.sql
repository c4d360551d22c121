-- CE228 control_change_names_taker (error, suite core)
-- A change of control says who lost the place or who gained it.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'article')) OR ((NOT ((("event_subtype" = 'government_regains_territory') OR ("event_subtype" = 'non_state_actor_overtakes_territory')) OR ("event_subtype" = 'non_violent_transfer_of_territory'))) OR ((NOT ("territory_from" IS NULL)) OR (NOT ("territory_to" IS NULL)))));
