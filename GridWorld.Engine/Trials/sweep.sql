-- One sweep, or an ensemble: a sweep of one trial. Every row but the owner's ends with a checksum of its other columns.
CREATE TABLE sweep (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  created TEXT NOT NULL,
  kind TEXT NOT NULL,              -- "ensemble" or "sweep"
  world TEXT NOT NULL,             -- names, for lists
  learner TEXT NOT NULL,
  definition TEXT NOT NULL,        -- JSON
  checksum BLOB NOT NULL
) STRICT;

CREATE TABLE standing (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  state TEXT NOT NULL,
  episode INTEGER NOT NULL,        -- an ensemble: that every seed has reached; a sweep: 0
  target INTEGER,
  steps INTEGER NOT NULL,          -- of all seeds
  trials INTEGER NOT NULL,         -- known so far
  ended INTEGER NOT NULL,          -- trials that are done, pruned or failed
  seconds REAL NOT NULL,           -- of training
  changes INTEGER NOT NULL,        -- rows of change and of decision
  decisions INTEGER NOT NULL,
  message TEXT,
  updated TEXT NOT NULL,
  checksum BLOB NOT NULL
) STRICT;

-- The process that trains; empty when none does.
CREATE TABLE owner (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  host TEXT NOT NULL,
  boot TEXT NOT NULL,
  process INTEGER NOT NULL,
  started INTEGER NOT NULL,
  heartbeat TEXT NOT NULL
) STRICT;

-- Changes of hyperparameters, for every seed after the same episode.
CREATE TABLE change (
  seq INTEGER PRIMARY KEY,         -- 1, 2, 3 … without gaps
  episode INTEGER NOT NULL,
  timestamp TEXT NOT NULL,
  param TEXT NOT NULL,
  old_value TEXT NOT NULL,         -- JSON
  new_value TEXT NOT NULL,
  checksum BLOB NOT NULL
) STRICT;

-- What sampler and pruner decided, written before the trials that follow from it begin.
CREATE TABLE decision (
  place TEXT PRIMARY KEY,          -- what was decided: "rung 1 of the bracket of trial 1"
  json TEXT NOT NULL,
  checksum BLOB NOT NULL
) STRICT;

-- The worlds of a sweep, as world files: so that its file is all that it takes.
CREATE TABLE world (
  hash TEXT PRIMARY KEY,
  json TEXT NOT NULL,
  checksum BLOB NOT NULL
) STRICT;

CREATE TABLE trial (
  trial INTEGER PRIMARY KEY,       -- 1, 2, 3 …
  world TEXT NOT NULL,             -- as the sweep names it
  world_hash TEXT NOT NULL,
  learner TEXT NOT NULL,
  settings TEXT NOT NULL,          -- JSON: what the sweep varies
  options TEXT NOT NULL,           -- JSON: all options of the learner, as in a run file
  max_steps INTEGER,
  purpose TEXT NOT NULL,           -- "tune", or "test" for the winner on fresh seeds
  same_as INTEGER,                 -- the trial with the same settings whose results these are
  state TEXT NOT NULL,
  episodes INTEGER NOT NULL,       -- that the pruner grants each seed
  objective REAL,
  hash TEXT,                       -- over the hashes of its seeds
  message TEXT,
  checksum BLOB NOT NULL
) STRICT;

CREATE TABLE seed (
  trial INTEGER NOT NULL,
  seed INTEGER NOT NULL,           -- as a signed number of the same bits
  rung INTEGER NOT NULL,           -- how often the pruner had let the trial go on; 0 for an ensemble
  state TEXT NOT NULL,
  score REAL,                      -- what the objective gives for this seed
  episodes INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  total_return REAL,
  mean_return REAL,                -- of the last 100 episodes
  q_checksum REAL,
  greedy_value REAL,
  hash TEXT,
  message TEXT,
  curve BLOB,                      -- at most 256 stretches, packed
  checksum BLOB NOT NULL,
  PRIMARY KEY (trial, seed, rung)
) STRICT, WITHOUT ROWID;

-- From where the training of a seed that has not ended goes on. Without it, the seed is trained again, to the same bits.
CREATE TABLE resting (
  trial INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  episode INTEGER NOT NULL,
  length INTEGER NOT NULL,
  data BLOB NOT NULL,              -- the sections of its state, packed
  checksum BLOB NOT NULL,
  PRIMARY KEY (trial, seed)
) STRICT;
