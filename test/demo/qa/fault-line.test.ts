/** The proxy of the QA page that injects faults: it hands the client secret on to the BFF, and to nobody else. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, it } from 'node:test';
import fastify from 'fastify';
import { lineRoutes } from '../../../demo/qa/fault-line.ts';
import type { QaDeps } from '../../../demo/qa/qa-deps.ts';

let bff: Server;
let stranger: Server;
const shop = fastify();
const asked: string[] = [];
let strangers = 0;
let address: string;
let host: string;

before(async () => {
  bff = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    response.setHeader('content-type', 'application/json').end('{}');
  });
  stranger = createServer((_request, response) => {
    strangers += 1;
    response.end('{}');
  });
  for (const server of [bff, stranger]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = (server: Server) => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  host = at(stranger);
  shop.register(lineRoutes, { bffUrl: `http://${at(bff)}`, line: { mode: 'clear' } } as unknown as QaDeps);
  address = await shop.listen({ port: 0, host: '127.0.0.1' });
});
after(async () => {
  await shop.close();
  for (const server of [bff, stranger]) server.close();
});

const ask = (path: string) => fetch(address + path, { headers: { authorization: 'Bearer cs_secret' } });

it('forwards the customer’s requests to the BFF', async () => {
  assert.equal((await ask('/qa/line/checkout?since=3&wait=20')).status, 200);
  assert.deepEqual(asked.splice(0), ['/checkout?since=3&wait=20 Bearer cs_secret']);
});

it('forwards nothing to another host that the path spells', async () => {
  const paths = [
    `//${host}/checkout`,
    `///${host}/checkout`,
    `/%2f${host}/checkout`,
    `//cs@${host}/checkout`,
    `//${host}//checkout`,
  ];
  for (const path of paths) assert.equal((await ask(`/qa/line${path}`)).status, 404, path);
  assert.equal((await ask(`/qa/line/..//${host}/checkout`)).status, 404);
  assert.deepEqual([strangers, asked], [0, []]);
});
