/** What a simulator's ledger has more than when it was last looked at. Times are real ones: those of its clock, moved back. */
export class NewCalls<Call extends { at: string }> {
  #seen = 0;
  /** When it came in. */
  #first: string | undefined;

  of({ now, calls }: { now: string; calls: readonly Call[] }): (Omit<Call, 'at'> & { at: Date })[] {
    // Another first call: the simulator was reset, and however many there are, none of them was seen.
    const first = calls[0]?.at;
    if (first !== this.#first || calls.length < this.#seen) this.#seen = 0;
    this.#first = first;
    const fresh = calls.slice(this.#seen);
    this.#seen = calls.length;
    const ahead = Date.parse(now) - Date.now();
    return fresh.map((call) => ({ ...call, at: new Date(Date.parse(call.at) - ahead) }));
  }
}
