/** What an error of SQLite means for whoever asked. */
import { StoreUnavailable } from '../payments/model/store-unavailable.ts';

/** Locked, full, read-only, or a disk that fails: it passes, or a person sees to it. Anything else is a mistake of ours, and stays what it is. */
export function judgeSqliteError(cause: unknown, at: 'open' | 'statement' | 'commit'): unknown {
  const { code } = Object(cause) as { code?: unknown };
  if (typeof code !== 'string' || !passing.test(code)) return cause;
  // Where the disk itself failed at the end, nobody knows what is on it.
  const effect = at === 'commit' && code.startsWith('SQLITE_IOERR') ? 'unknown' : 'none';
  return new StoreUnavailable({ code, effect, soon: false, cause });
}

const passing = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|PROTOCOL|NOMEM)/;
