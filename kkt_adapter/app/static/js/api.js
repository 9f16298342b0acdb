// The adapter's HTTP API: tokens, time limits, one shape of error.

const READ_LIMIT_MS = 6000;
const WRITE_LIMIT_MS = 30000;

/** The adapter answered with an error; `message` is meant for the cashier. */
export class ApiError extends Error {
  constructor(status, body) {
    super(body.message || `Адаптер ответил ошибкой ${status}.`);
    this.status = status;
    this.code = body.code ?? null;
    this.field = body.field ?? null;
    this.body = body;
  }
}

/** Nobody answered: the adapter is down, or the answer was lost on its way. */
export class Unreachable extends Error {
  constructor() {
    super("Адаптер кассы не отвечает.");
  }
}

export class Tokens {
  constructor(storage) {
    this.storage = storage;
  }

  get(role) {
    return this.storage.getItem(`optics.token.${role}`) ?? "";
  }

  set(role, token) {
    this.storage.setItem(`optics.token.${role}`, token);
  }
}

export class Api {
  /** `askToken(role)` resolves true once a new token is stored, false when the person gave up. */
  constructor({ fetch, tokens, askToken }) {
    this.fetch = fetch;
    this.tokens = tokens;
    this.askToken = askToken;
  }

  get(path, query = {}, { admin = false } = {}) {
    const filled = Object.entries(query).filter(([, value]) => value !== null && value !== "");
    const search = new URLSearchParams(filled).toString();
    return this.#request("GET", search ? `${path}?${search}` : path, { admin });
  }

  post(path, body, { key, admin = false } = {}) {
    return this.#request("POST", path, { body, key, admin });
  }

  delete(path, { admin = false } = {}) {
    return this.#request("DELETE", path, { admin });
  }

  async text(path) {
    const response = await this.#send("GET", path, {});
    if (!response.ok) throw new ApiError(response.status, {});
    return response.text();
  }

  async #request(method, path, options = {}) {
    const response = await this.#send(method, path, options);
    const refusedToken = response.status === 401 || response.status === 403;
    if (refusedToken && (await this.askToken(options.admin ? "admin" : "pos"))) {
      return this.#request(method, path, options);
    }
    const body = await response.json().catch(() => null);
    if (!response.ok) throw new ApiError(response.status, body ?? {});
    if (body === null && response.status !== 204) throw new Unreachable();
    return body;
  }

  async #send(method, path, { body, key, admin = false }) {
    const token = (admin && this.tokens.get("admin")) || this.tokens.get("pos");
    const headers = {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(key && { "Idempotency-Key": key }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    };
    const limit = method === "GET" ? READ_LIMIT_MS : WRITE_LIMIT_MS;
    try {
      return await this.fetch(path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: "no-store",
        signal: AbortSignal.timeout(limit),
      });
    } catch {
      throw new Unreachable();
    }
  }
}
