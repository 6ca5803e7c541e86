/**
 * What the example configuration of nginx promises about two processes, one by one and for certain: the processes are stand-ins that stop,
 * come back and break off within milliseconds, which real ones do too slowly to show it each time.
 */
import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { after, afterEach, before, describe, it } from 'node:test';
import { freePorts } from '../../../demo/start-demo.ts';
import { limits } from '../../../server/limits.ts';
import { nginxExample, startNginx } from '../../support/nginx.ts';
import { waitFor } from '../../support/wait-for.ts';
import { whyNoProgram } from '../../support/why-no-program.ts';

describe('the example of nginx', () => {
  const seconds = (directive: string): number => Number(new RegExp(`\\s${directive} (\\d+)s?;`).exec(nginxExample())?.[1]);

  it('gives up a connection before Pay Desk does, and waits longer than Pay Desk lets anybody wait', () => {
    assert.ok(seconds('keepalive_timeout') * 1_000 <= limits.proxiedKeepAliveMs - 5_000);
    assert.ok(seconds('keepalive_requests') < limits.requestsPerConnection);
    assert.ok(seconds('proxy_read_timeout') * 1_000 >= 30_000, 'a long poll has a limit of 30 s');
  });

  describe('before two processes', { skip: whyNoProgram('nginx', '-v') }, () => {
    let ports: number[];
    let nginx: Awaited<ReturnType<typeof startNginx>>;
    const running: (Server | null)[] = [null, null];
    const got: { which: number; method: string; headers: IncomingHttpHeaders }[] = [];
    /** The process that breaks off what it has received, as one that is killed. */
    let breaksOff: number | null = null;

    const start = async (which: number): Promise<void> => {
      const server = createServer((request, response) => {
        got.push({ which, method: request.method ?? '', headers: request.headers });
        if (breaksOff === which) return void request.socket.destroy();
        response.end('{}');
      });
      await new Promise<void>((resolve) => server.listen(ports[which], '127.0.0.1', resolve));
      running[which] = server;
    };
    const stop = async (which: number): Promise<void> => {
      const server = running[which];
      running[which] = null;
      server?.closeAllConnections();
      await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
    };
    const statuses = async (count: number, method = 'GET') => {
      const found: number[] = [];
      for (let n = 0; n < count; n += 1) {
        const answer = await nginx.ask('/v1/payments', { method });
        await answer.text();
        found.push(answer.status);
      }
      return [...new Set(found)];
    };

    before(async () => {
      ports = await freePorts(2);
      nginx = await startNginx(ports[0] ?? 0, ports[1] ?? 0);
      await Promise.all([0, 1].map(start));
      await waitFor(async () => (await nginx.ask('/').catch(() => null))?.status === 200);
    });
    afterEach(() => {
      breaksOff = null;
      got.length = 0;
    });
    after(async () => {
      await nginx?.stop();
      await Promise.all([0, 1].map(stop));
    });

    it('gives a process that comes back its requests at once, when the other one stops', async () => {
      for (const [first, second] of [
        [0, 1],
        [1, 0],
      ] as const) {
        await stop(first);
        assert.deepEqual(await statuses(8), [200], 'the other one gets them');
        await start(first);
        await stop(second);
        assert.deepEqual(await statuses(8), [200], 'nobody is shut out for having been away');
        await start(second);
      }
    });

    it('never sends a request to the second process that the first one has received', async () => {
      for (const which of [0, 1]) {
        breaksOff = which;
        got.length = 0;
        const found = await statuses(8, 'POST');
        const broken = got.filter((one) => one.which === which).length;
        assert.ok(broken > 0, `process ${which} got some`);
        assert.deepEqual([got.length, found.includes(503)], [8, true], 'each once, and the page reads that it should come again');
      }
    });

    it('says who the customer is, whatever the customer says', async () => {
      await nginx.ask('/', { headers: { 'x-forwarded-for': '198.51.100.66', 'x-forwarded-proto': 'http' } });
      const { headers } = got.at(-1) ?? assert.fail();
      assert.deepEqual(
        [headers['x-forwarded-for'], headers['x-forwarded-proto'], headers.connection],
        ['127.0.0.1', 'https', undefined],
      );
    });

    it('uses both processes, over connections that it keeps', async () => {
      await Promise.all(Array.from({ length: 20 }, () => statuses(2)));
      assert.deepEqual([...new Set(got.map(({ which }) => which))].sort(), [0, 1]);
    });
  });
});
