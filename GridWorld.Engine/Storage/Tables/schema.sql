-- One run. Every row but the owner's ends with a checksum of its other columns, so that a flipped bit is noticed.
CREATE TABLE run (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  created TEXT NOT NULL,
  world TEXT NOT NULL,             -- names, for lists
  learner TEXT NOT NULL,
  parent TEXT,                     -- the run it was forked from, and the episode
  parent_episode INTEGER,
  options TEXT NOT NULL,           -- JSON: what of the options shapes the metrics
  checksum BLOB NOT NULL
) STRICT;

-- World, learner, seed, episodes and step limit as JSON: by itself, since a world may be large and lists do without.
CREATE TABLE specification (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  run TEXT NOT NULL,
  json TEXT NOT NULL,
  checksum BLOB NOT NULL
) STRICT;

-- Where the run stands: written with every checkpoint and every light snapshot.
CREATE TABLE progress (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  state TEXT NOT NULL,
  episode INTEGER NOT NULL,
  step INTEGER NOT NULL,
  target INTEGER,
  steps_per_second REAL NOT NULL,
  mean_return REAL,                -- of the last 100 episodes
  epsilon REAL NOT NULL,
  learning_rate REAL NOT NULL,
  discount_factor REAL NOT NULL,
  pace REAL,
  message TEXT,
  last_event INTEGER NOT NULL,
  updated TEXT NOT NULL,
  checksum BLOB NOT NULL
) STRICT;

-- The process that trains the run; empty when none does.
CREATE TABLE owner (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  host TEXT NOT NULL,
  boot TEXT NOT NULL,              -- tells one start of the machine, and one container, from another
  process INTEGER NOT NULL,
  started INTEGER NOT NULL,
  heartbeat TEXT NOT NULL
) STRICT;

CREATE TABLE event (
  seq INTEGER PRIMARY KEY,         -- 1, 2, 3 … without gaps
  episode INTEGER NOT NULL,
  event TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  param TEXT,
  old_value TEXT,                  -- JSON
  new_value TEXT,
  message TEXT,
  checksum BLOB NOT NULL
) STRICT;

CREATE TABLE checkpoint (
  id INTEGER PRIMARY KEY,
  episode INTEGER NOT NULL,
  step INTEGER NOT NULL,
  last_event INTEGER NOT NULL,
  name TEXT,                       -- null: taken automatically
  timestamp TEXT NOT NULL,
  bytes INTEGER NOT NULL,          -- what its own pages take
  digest BLOB NOT NULL,            -- of its sections' digests, in order
  checksum BLOB NOT NULL
) STRICT;

-- The parts of a checkpoint, cut into pages. A page that did not change since the checkpoint before is shared with it.
CREATE TABLE section (
  checkpoint INTEGER NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  length INTEGER NOT NULL,         -- bytes
  digest BLOB NOT NULL,            -- of the content
  pages BLOB NOT NULL,             -- ids, 64-bit little-endian
  checksum BLOB NOT NULL,
  PRIMARY KEY (checkpoint, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE page (
  id INTEGER PRIMARY KEY,
  length INTEGER NOT NULL,         -- bytes unpacked, at most 65536
  data BLOB NOT NULL,
  checksum BLOB NOT NULL
) STRICT;

-- Raw episodes, column after column, at most 1024 a row: chunk c holds episodes 1024·c + 1 to 1024·(c + 1), or the newest of them.
CREATE TABLE episodes (
  chunk INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  count INTEGER NOT NULL,
  data BLOB NOT NULL,
  checksum BLOB NOT NULL
) STRICT;

-- Complete buckets of 2^level episodes, return and length side by side, at most 256 a row.
CREATE TABLE buckets (
  level INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  first INTEGER NOT NULL,
  count INTEGER NOT NULL,
  data BLOB NOT NULL,
  checksum BLOB NOT NULL,
  PRIMARY KEY (level, chunk)
) STRICT, WITHOUT ROWID;
