/**
 * Hostile requests, drawn from the descriptions of both listeners, on both engines. The seed of a run is printed;
 * `FUZZ_SEED=… FUZZ_REQUESTS=…` draws it again, or more of it; `npm run test:fuzz` runs a million.
 */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, it } from 'node:test';
import { startDemo } from '../../../demo/start-demo.ts';
import { engines } from '../../support/engines.ts';
import { walkHostile } from './hostile-walk.ts';

const requests = Number(process.env.FUZZ_REQUESTS ?? 1_000);

describe('hostile requests', () => {
  for (const engine of engines) {
    it(`are never answered by a 5xx, and refused by a problem document (${engine.name}, ${requests})`, {
      skip: engine.skip,
    }, async (test) => {
      const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));
      test.diagnostic(`FUZZ_SEED=${seed}`);
      const database = await engine.create();
      const demo = await startDemo({ portBase: 0, databaseUrl: database.url });
      try {
        const { statuses, routes, faults, answered } = await walkHostile(demo, seed, requests);
        test.diagnostic(
          [...statuses]
            .sort(([one], [other]) => one - other)
            .map((pair) => pair.join(': '))
            .join(', '),
        );
        assert.deepEqual(faults, [], `FUZZ_SEED=${seed}`);
        // A run in which every request is refused has tested nothing.
        const taken = (statuses.get(200) ?? 0) + (statuses.get(201) ?? 0);
        assert.ok(
          taken > answered / 20 && (statuses.get(422) ?? 0) > answered / 20,
          'the requests come through neither to an effect nor to a schema',
        );
        const reached = (start: string) => [...routes.keys()].some((route) => route.startsWith(start));
        for (const start of ['public POST /v1/', 'public POST /checkout/', 'public POST /postbacks/', 'operators GET /operate/'])
          assert.ok(reached(start), start);
      } finally {
        await demo.close();
        await database.drop();
      }
    });
  }
});
