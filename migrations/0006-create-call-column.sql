-- The calls once more, column by column: questions that no sum answers read three or four of these
-- instead of whole rows. Derived, so never the truth: the calls of an hour whose parts do not add up to
-- them are read from `call`, and the next import packs the hour anew.

-- So many calls of one hour, packed together in the order they came.
CREATE TABLE call_part (
  hour  INTEGER NOT NULL,
  part  INTEGER NOT NULL CHECK (part >= 0),
  calls INTEGER NOT NULL CHECK (calls > 0),
  PRIMARY KEY (hour, part)
) STRICT, WITHOUT ROWID;

-- One column of a part, in chunks of which four fill a page; a column that is NULL in all its calls has none.
-- The layout of `data` is in docs/decisions/0005.
CREATE TABLE call_column (
  hour  INTEGER NOT NULL,
  part  INTEGER NOT NULL,
  name  TEXT    NOT NULL,  -- of the column in `call`
  chunk INTEGER NOT NULL CHECK (chunk >= 0),
  data  BLOB    NOT NULL,
  PRIMARY KEY (hour, part, name, chunk),
  FOREIGN KEY (hour, part) REFERENCES call_part
) STRICT, WITHOUT ROWID;

-- Prompts are grouped from the columns: most prompts stand for so few calls a day that their sums
-- were no shorter than the calls.
DELETE FROM usage_sum WHERE dimension = 5;
