// One simulator behind the adapter's training routes, which only the administrator may use.

const ADMIN = { admin: true };

export class Simulator {
  constructor(api, side) {
    this.api = api;
    this.path = `/v1/training/${side}`;
  }

  /** { active: [{ fault, count }], known: [{ fault, title, description }] } */
  faults() {
    return this.api.get(`${this.path}/faults`, {}, ADMIN);
  }

  /** A count of null lasts until cleared, 0 clears. */
  setFault(fault, count) {
    const body = count === null ? { fault } : { fault, count };
    return this.api.post(`${this.path}/faults`, body, ADMIN);
  }

  clearFaults() {
    return this.api.delete(`${this.path}/faults`, ADMIN);
  }

  journal() {
    return this.api.get(`${this.path}/journal`, {}, ADMIN);
  }

  /** How many seconds its clock runs ahead. */
  async clockOffset() {
    return (await this.api.get(`${this.path}/clock`, {}, ADMIN)).offset_s;
  }

  setClockOffset(seconds) {
    return this.api.post(`${this.path}/clock`, { offset_s: seconds }, ADMIN);
  }
}
