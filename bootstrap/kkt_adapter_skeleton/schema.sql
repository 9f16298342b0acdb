-- The one statement of the till's buffer. app/buffer_file.py applies it to a new file and
-- keeps its number in PRAGMA user_version; a later change is a numbered migration beside it.

-- One row a receipt, in the order of their HLC timestamps (so the rowid is the order of the queue).
-- `status` is the way to the OFD, `print_state` the way to the paper.
CREATE TABLE receipts (
  id TEXT PRIMARY KEY,                     -- UUID, time-ordered: old receipts cost new ones nothing
  pos_id TEXT NOT NULL,
  type TEXT NOT NULL,                      -- sale | refund | correction
  created_at INTEGER NOT NULL,             -- Unix time
  hlc_local_time INTEGER NOT NULL,
  hlc_logical_counter INTEGER NOT NULL,
  hlc_server_time INTEGER,                 -- the OFD's time at delivery
  total INTEGER NOT NULL,                  -- kopecks
  fiscal_doc TEXT NOT NULL,                -- FFD 1.2 document by tag numbers, JSON
  order_ref TEXT,
  order_doc TEXT,                          -- the whole order as the till sent it, JSON
  idempotency_key TEXT NOT NULL UNIQUE,
  request_hash BLOB NOT NULL,              -- tells a repeat from another body under the same key

  print_state TEXT NOT NULL DEFAULT 'queued',
  print_error TEXT,
  fn TEXT,                                 -- what the register answered
  fd INTEGER,
  fiscal_sign TEXT,
  shift_number INTEGER,
  receipt_number INTEGER,
  registered_at TEXT,                      -- ISO 8601, the register's clock
  qr TEXT,
  registration_number TEXT,                -- of the register itself (tag 1037)

  status TEXT NOT NULL DEFAULT 'pending',
  retry_count INTEGER NOT NULL DEFAULT 0,  -- failed attempts, whatever the reason: sets the pause
  refusal_count INTEGER NOT NULL DEFAULT 0,-- answers that refused it: 20 lead to the DLQ
  next_attempt_at INTEGER,
  last_error TEXT,
  ofd_id TEXT,
  synced_at INTEGER,

  CHECK (type IN ('sale', 'refund', 'correction')),
  CHECK (status IN ('pending', 'syncing', 'synced', 'failed')),
  CHECK (print_state IN ('queued', 'parked', 'refused', 'printed', 'withdrawn')),
  CHECK (print_state != 'printed' OR (fn IS NOT NULL AND fd IS NOT NULL AND fiscal_sign IS NOT NULL)),
  CHECK (status NOT IN ('syncing', 'synced') OR print_state = 'printed')
);

-- Partial: it holds what is still to be done, so a million delivered receipts weigh nothing.
-- One index for the print queue and for delivery: each index is a page more in every commit.
CREATE INDEX idx_status ON receipts(status, print_state) WHERE status != 'synced';
CREATE UNIQUE INDEX idx_fiscal ON receipts(fn, fd) WHERE fd IS NOT NULL;

-- Dead letter queue: what the OFD will not take, with its words, until a person has dealt with it.
CREATE TABLE dlq (
  id TEXT PRIMARY KEY,
  original_receipt_id TEXT NOT NULL REFERENCES receipts(id),
  failed_at INTEGER NOT NULL,
  reason TEXT NOT NULL,                    -- refused_by_content | max_refusals_exceeded
  fiscal_doc TEXT NOT NULL,
  retry_attempts INTEGER NOT NULL,
  last_error TEXT,
  resolved_at INTEGER,
  resolved_by TEXT,
  resolution TEXT,                         -- requeued | resolved
  resolution_note TEXT
);
CREATE INDEX idx_dlq_open ON dlq(failed_at) WHERE resolved_at IS NULL;
CREATE INDEX idx_dlq_receipt ON dlq(original_receipt_id);

-- Shifts of the register, with the fiscal documents that open and close them.
CREATE TABLE shifts (
  fn TEXT NOT NULL,
  number INTEGER NOT NULL,
  opened_fd INTEGER,
  opened_at TEXT,
  opened_sign TEXT,
  closed_fd INTEGER,
  closed_at TEXT,
  closed_sign TEXT,
  totals TEXT,                             -- of the Z report, JSON
  PRIMARY KEY (fn, number)
) WITHOUT ROWID;

-- The newest document known of each fiscal storage: where the search after a doubtful print begins.
-- `id` counts them in the order they were met: an old storage's receipts are delivered first.
CREATE TABLE registers (
  id INTEGER PRIMARY KEY,
  fn TEXT NOT NULL UNIQUE,
  seen_fd INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
);

-- What happened, in order, chained by hash. Rows are the fold of their events (buffer_verifier.py).
CREATE TABLE buffer_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_type TEXT NOT NULL,
  receipt_id TEXT,
  timestamp INTEGER NOT NULL,
  metadata TEXT NOT NULL,                  -- JSON
  hash BLOB NOT NULL,                      -- SHA-256 over the previous hash and this event
  CHECK (event_type IN (
    'receipt_added', 'receipt_printed', 'receipt_print_delayed', 'receipt_print_refused',
    'receipt_parked', 'receipt_requeued_for_print', 'receipt_withdrawn',
    'receipt_syncing', 'receipt_synced', 'receipt_deferred', 'receipt_failed',
    'receipt_requeued', 'dlq_resolved',
    'circuit_opened', 'circuit_half_opened', 'circuit_closed',
    'sync_started', 'sync_completed',
    'shift_opened', 'shift_closed', 'foreign_document', 'clock_jumped'))
);
CREATE INDEX idx_events_receipt ON buffer_events(receipt_id) WHERE receipt_id IS NOT NULL;

CREATE TRIGGER buffer_events_are_never_changed BEFORE UPDATE ON buffer_events
BEGIN SELECT RAISE(ABORT, 'buffer_events is append-only'); END;
CREATE TRIGGER buffer_events_are_never_deleted BEFORE DELETE ON buffer_events
BEGIN SELECT RAISE(ABORT, 'buffer_events is append-only'); END;
CREATE TRIGGER receipts_are_never_deleted BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are never deleted'); END;
