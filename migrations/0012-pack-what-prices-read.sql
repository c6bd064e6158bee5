-- More columns are kept packed: the model as it was logged, the reason's category, the logged cost and the
-- identity, so that hypotheses are priced without reading a row. A column that is not packed reads as NULL, so what
-- was packed without them goes; the next import packs the hours anew, and until then they are read from the calls.
DELETE FROM call_column;
DELETE FROM call_part;
