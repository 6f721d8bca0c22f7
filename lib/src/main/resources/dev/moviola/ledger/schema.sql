-- The ledger of a run. Times are UTC in ISO 8601, money is in ticks (ten-billionths of a US dollar), other values that
-- have a structure are JSON text. PRAGMA user_version holds the version of this schema.
CREATE TABLE job (
  sequence INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  waits_for INTEGER NOT NULL DEFAULT 0, -- how many of its dependencies are not DONE
  parameters TEXT NOT NULL,
  metadata TEXT NOT NULL,
  "group" TEXT,
  failure_category TEXT, failure_billed TEXT, failure_code TEXT, failure_message TEXT, failure_retry_ms INTEGER
);
CREATE INDEX job_by_state ON job (state, sequence);
CREATE INDEX job_ready ON job (sequence) WHERE state = 'READY' AND waits_for = 0;
CREATE TABLE dependency (
  job INTEGER NOT NULL REFERENCES job (sequence),
  position INTEGER NOT NULL,
  needs INTEGER NOT NULL REFERENCES job (sequence),
  PRIMARY KEY (job, position)
) WITHOUT ROWID;
CREATE INDEX dependency_by_need ON dependency (needs);
CREATE TABLE submission (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  attempt INTEGER NOT NULL,
  backend TEXT NOT NULL,
  device TEXT,
  state TEXT NOT NULL,
  external_id TEXT,
  price_ticks INTEGER NOT NULL,
  charged_ticks INTEGER,
  spent_ticks INTEGER NOT NULL,
  price_dollars REAL AS (price_ticks / 1e10),
  charged_dollars REAL AS (charged_ticks / 1e10),
  spent_dollars REAL AS (spent_ticks / 1e10),
  intended TEXT NOT NULL, accepted TEXT, ended TEXT,
  failure_category TEXT, failure_billed TEXT, failure_code TEXT, failure_message TEXT, failure_retry_ms INTEGER
);
-- Not "state IN (…)", for which each change of a submission would make a temporary table.
CREATE INDEX submission_open ON submission (sequence)
    WHERE state = 'INTENDED' OR state = 'ACCEPTED' OR state = 'UNKNOWN';
CREATE TABLE submission_job (
  submission INTEGER NOT NULL REFERENCES submission (sequence),
  position INTEGER NOT NULL,
  job INTEGER NOT NULL REFERENCES job (sequence),
  PRIMARY KEY (submission, position)
) WITHOUT ROWID;
CREATE INDEX submission_job_by_job ON submission_job (job, submission);
CREATE TABLE artefact (
  job INTEGER NOT NULL REFERENCES job (sequence),
  role TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  path TEXT NOT NULL,
  submission INTEGER NOT NULL REFERENCES submission (sequence),
  UNIQUE (job, role, sha256)
);
CREATE TABLE score (
  job INTEGER NOT NULL REFERENCES job (sequence),
  metric TEXT NOT NULL,
  artefact TEXT NOT NULL,
  scorer TEXT NOT NULL,
  value REAL,
  PRIMARY KEY (job, metric, artefact, scorer)
) WITHOUT ROWID;
CREATE TABLE note (
  sequence INTEGER PRIMARY KEY,
  job INTEGER REFERENCES job (sequence),
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  written TEXT NOT NULL
);
CREATE INDEX note_by_kind ON note (kind, sequence);
-- The tally: changed by the writer in the transaction that changes the rows.
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER dependency_added AFTER INSERT ON dependency
    WHEN (SELECT state FROM job WHERE sequence = new.needs) <> 'DONE' BEGIN
  UPDATE job SET waits_for = waits_for + 1 WHERE sequence = new.job;
END;
-- The last condition is one look into an index; the statement itself makes a temporary table.
CREATE TRIGGER job_done AFTER UPDATE OF state ON job WHEN old.state <> 'DONE' AND new.state = 'DONE'
    AND EXISTS (SELECT 1 FROM dependency WHERE needs = new.sequence) BEGIN
  UPDATE job SET waits_for = (SELECT count(*) FROM dependency d JOIN job needed ON needed.sequence = d.needs
      WHERE d.job = job.sequence AND needed.state <> 'DONE')
    WHERE sequence IN (SELECT job FROM dependency WHERE needs = new.sequence);
END;
