/**
 * The store cannot do it now: the database is out of reach, read-only, locked, full or shutting down. It passes, so the caller is told to
 * come again (503), and the process lives on.
 */
export interface StoreTrouble {
  /** The engine's own code (an SQLSTATE, `SQLITE_…`) or Node's (`ECONNREFUSED`); never a sentence, which may quote anything. */
  code: string;
  /** `none`: nothing was changed, for certain. `unknown`: the connection was lost while the commit was on its way. */
  effect: 'none' | 'unknown';
  /** Whether the same again, at once, may well succeed, e.g. on another connection. */
  soon: boolean;
  cause?: unknown;
}

export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly code: string;
  readonly effect: StoreTrouble['effect'];
  readonly soon: boolean;
  constructor({ code, effect, soon, cause }: StoreTrouble) {
    super(`the database cannot be used (${code})`, { cause });
    this.code = code;
    this.effect = effect;
    this.soon = soon;
  }
}
