/**
 * `npm run test:fuzz -- --requests 1000000 --seed 7 --engine postgres --lanes 100`: hostile requests to both listeners over real
 * sockets, so many at once, on one engine or half on each. More at once than a process can work on are answered by 503, as they should.
 * Prints a line a minute, and at the end the statuses of each route; exits with 1 for any 5xx, any request without an answer, and any
 * refusal that is no problem document. A crash of the server ends the run, since it is this process. Ctrl-C, or `--minutes`, ends an
 * engine early and prints what there is.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startDemo } from '../../../demo/start-demo.ts';
import { engines } from '../../support/engines.ts';
import { type WalkResult, walkHostile } from './hostile-walk.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    engine: { type: 'string' },
    minutes: { type: 'string', default: '10000' },
    lanes: { type: 'string', default: '100' },
  },
});
const [requests, seed] = [Number(values.requests), Number(values.seed)];
const chosen = engines.filter(({ name }) => values.engine === undefined || name === values.engine);
if (!(requests > 0) || !Number.isInteger(seed) || chosen.length === 0)
  throw new Error('--requests and --seed: expected whole numbers; --engine: sqlite or postgres.');

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
const perMinute = 60_000;
let failed = false;
for (const engine of chosen) {
  if (engine.skip) throw new Error(`${engine.name}: ${engine.skip}`);
  const database = await engine.create();
  const demo = await startDemo({ portBase: 0, databaseUrl: database.url });
  const start = Date.now();
  const rate = (answered: number) => `${Math.round(answered / ((Date.now() - start) / 1000))} requests a second`;
  let printed = start;
  const count = Math.ceil(requests / chosen.length);
  console.log(`${engine.name}: ${count} requests, seed ${seed}`);
  try {
    const signal = AbortSignal.any([interrupted.signal, AbortSignal.timeout(Number(values.minutes) * perMinute)]);
    let told = 0;
    const print = ({ answered, faults }: WalkResult) => {
      for (const fault of faults.slice(told)) console.log(`  FAULT ${fault}`);
      told = faults.length;
      if (Date.now() - printed < perMinute) return;
      printed = Date.now();
      const { heapUsed, rss } = process.memoryUsage();
      const memory = [heapUsed, rss].map((bytes) => Math.round(bytes / 2 ** 20)).join('/');
      console.log(`  ${answered} answered, ${faults.length} faults, ${rate(answered)}, heap/rss ${memory} MB`);
    };
    const result = await walkHostile(demo, seed, count, { lanes: Number(values.lanes), share: 100, progress: print, signal });
    const { answered, unsent, late, statuses, routes, faults } = result;
    const list = (counts: Map<number, number>) =>
      [...counts]
        .sort(([one], [other]) => one - other)
        .map(([status, times]) => `${status} × ${times}`)
        .join(', ');
    for (const [route, counts] of [...routes].sort(([one], [other]) => (one < other ? -1 : 1)))
      console.log(`  ${route}: ${list(counts)}`);
    print(result);
    const metrics = await (await fetch(new URL('/metrics', demo.urls.operate))).text();
    for (const [line] of metrics.matchAll(/^pay_desk_upstream_calls_total.*$/gm)) console.log(`  ${line}`);
    console.log(
      `${engine.name}: ${answered} answered, ${unsent} not sent, ${late} late, ${faults.length} faults, ${rate(answered)}`,
    );
    console.log(`${engine.name}: ${list(statuses)}`);
    failed ||= faults.length > 0;
  } finally {
    await demo.close();
    await database.drop();
  }
}
process.exit(failed ? 1 : 0);
