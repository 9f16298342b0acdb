// The one receipt that was sent and has no answer yet. Its key survives a reload, so a repeat is
// always the same receipt and never a second one.

const SLOT = "optics.pending-sale";

export class PendingSale {
  constructor(storage, newKey) {
    this.storage = storage;
    this.newKey = newKey;
  }

  /** The unanswered record, or null. */
  current() {
    const text = this.storage.getItem(SLOT);
    if (text === null) return null;
    try {
      const record = JSON.parse(text);
      return record && record.key && record.body ? record : null;
    } catch {
      // Unreadable text cannot be repeated; keeping it would lock the till for ever.
      this.storage.removeItem(SLOT);
      return null;
    }
  }

  /** A new record; while one waits for its answer that one comes back instead. */
  begin(body) {
    const waiting = this.current();
    if (waiting) return waiting;
    const record = { key: this.newKey(), body };
    this.storage.setItem(SLOT, JSON.stringify(record));
    return record;
  }

  /** Forgets the record once it is answered; a late answer to an older key changes nothing. */
  answered(key) {
    if (this.current()?.key === key) this.storage.removeItem(SLOT);
  }
}

/** A random UUID (version 4). crypto.randomUUID is missing on plain http outside loopback. */
export function uuid4(randomBytes) {
  const bytes = randomBytes(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
