-- What format 2 adds: how much of everything there has to be. Written in every transaction that changes the rest.

-- The number of the transaction, then for every table its rows and the sum of their checksums, a line each: what is missing, old or
-- swapped no longer adds up.
CREATE TABLE seal (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  tables TEXT NOT NULL,            -- "change", its number, that of the last before it that waited for the disk, whether it does ("full"); then name, rows, sum of the checksums as little-endian 128-bit numbers, in hexadecimal
  checkpoint INTEGER,              -- the newest that is not after progress.episode; null where there is none
  episode INTEGER,
  step INTEGER,
  digest BLOB,
  checksum BLOB NOT NULL
) STRICT;

-- What the table episodes holds, 128 chunks a row: 16 bytes each, of which the first 2 say how many episodes of the chunk are missing
-- before the first, 2 how many there are, and 12 are the beginning of the row's checksum. Zeros: the chunk is not there.
CREATE TABLE episode_index (
  part INTEGER PRIMARY KEY,
  chunks BLOB NOT NULL,
  checksum BLOB NOT NULL
) STRICT;

-- When which episode was over: so many episode numbers, 64-bit little-endian, then as many seconds of training, 64-bit floating point.
CREATE TABLE clock (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  count INTEGER NOT NULL,
  data BLOB NOT NULL,              -- packed
  checksum BLOB NOT NULL
) STRICT;
