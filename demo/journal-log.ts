/** Reads the BFF's log, which holds routes and outcomes and never what was sent, into the journal. */
import type { LogStream } from '../server/plugins/log.ts';
import type { Journal } from './journal.ts';

/** One line of the log, as far as the journal wants it. */
interface Line {
  level: string;
  req?: { method: string; route: string };
  res?: { statusCode: number };
  problem?: string;
}

/** Errors and worse are also shown where the demo was started. */
export const journalLog = (journal: Journal): LogStream => ({
  write(text) {
    const { level, req, res, problem }: Line = JSON.parse(text);
    if (level === 'error' || level === 'fatal') process.stderr.write(text);
    if (!req || !res || !/^\/(checkout|v1\/payments|postbacks)/.test(req.route)) return;
    const outcome = [res.statusCode, problem].filter(Boolean).join(' ');
    journal.add({ kind: 'bff', text: `${req.method} ${req.route}`, outcome, ok: res.statusCode < 400 });
  },
});
