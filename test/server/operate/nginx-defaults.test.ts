/**
 * nginx as Debian installs it before the server: it refuses bodies of more than a megabyte with an answer that no page can read, and
 * lets through what the checkout sends, which makes pictures smaller.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePorts } from '../../../demo/start-demo.ts';
import { createRunningServer } from '../../support/running-server.ts';
import { waitFor } from '../../support/wait-for.ts';
import { whyNoProgram } from '../../support/why-no-program.ts';

const megabyte = 1024 * 1024;
const skip = whyNoProgram('nginx', '-v');

describe('behind nginx with its defaults', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-nginx-'));
  let running: Awaited<ReturnType<typeof createRunningServer>>;
  let nginx: ChildProcess;
  let origin: string;
  before(async () => {
    // The workers of nginx run as another user.
    chmodSync(folder, 0o755);
    running = await createRunningServer(`sqlite:${join(folder, 'pay-desk.db')}`, { trustProxy: 1 });
    const [port = 0] = await freePorts(1);
    writeFileSync(
      join(folder, 'nginx.conf'),
      `pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {} http { access_log off;
      client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
      uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
      server { listen 127.0.0.1:${port}; location / { proxy_pass ${running.server.address};
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; } } }`,
    );
    nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'], { stdio: 'ignore' });
    origin = `http://127.0.0.1:${port}`;
    await waitFor(async () => (await fetch(`${origin}/openapi.json`).catch(() => null))?.status === 200);
  });
  after(async () => {
    nginx?.kill('SIGQUIT');
    await running?.close();
    rmSync(folder, { recursive: true });
  });

  const upload = (bytes: number) => {
    const form = new FormData();
    form.set('transactionNumber', '20000000000000000001');
    form.set('screenshot', new Blob([Buffer.alloc(bytes)]), 'a.png');
    const headers = { origin: 'https://shop.example', authorization: 'Bearer cs_nobody' };
    return fetch(`${origin}/checkout/wallet/screenshot`, { method: 'POST', headers, body: form });
  };

  it('a picture of 3 MB is refused, and a page of another origin cannot read why', async () => {
    const refused = await upload(3 * megabyte);
    assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [413, null]);
  });

  it('the largest picture that the checkout makes arrives, and the page can read the answer', async () => {
    // `widget/methods/wallet/shrink-picture.ts`: 900 kB.
    const answered = await upload(900 * 1024);
    assert.equal(answered.status, 404);
    assert.notEqual(answered.headers.get('access-control-allow-origin'), null);
    assert.equal(((await answered.json()) as { code: string }).code, 'not_found');
  });
});
