/** nginx with the example configuration, before two processes. Only addresses and paths of the example are changed. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { freePorts } from '../../demo/start-demo.ts';

const example = new URL('../../server/operate/proxy/nginx.conf', import.meta.url);
export const nginxExample = (): string => readFileSync(example, 'utf8');

/** @param one the port of a process, as `two` */
export async function startNginx(one: number, two: number) {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-nginx-'));
  const [http = 0, https = 0] = await freePorts(2);
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=pay.example'];
  execFileSync('openssl', [...request, '-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')], {
    stdio: 'ignore',
  });
  const config = nginxExample()
    .replaceAll('127.0.0.1:4401', `127.0.0.1:${one}`)
    .replaceAll('127.0.0.1:4402', `127.0.0.1:${two}`)
    .replace('listen 80;', `listen 127.0.0.1:${http};`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${https} ssl`)
    .replaceAll('/etc/nginx/tls', folder)
    .replaceAll('/var/log/nginx', folder)
    .replace('/run/nginx.pid', join(folder, 'nginx.pid'));
  writeFileSync(join(folder, 'nginx.conf'), config);
  const nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'], { stdio: 'ignore' });
  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  return {
    /** Where http is served. */
    plain: `http://127.0.0.1:${http}`,
    ask: (path: string, init: Parameters<typeof fetch>[1] = {}) =>
      fetch(`https://127.0.0.1:${https}${path}`, { ...init, dispatcher: agent }),
    accessLog: () => readFileSync(join(folder, 'access.log'), 'utf8'),
    async stop(): Promise<void> {
      nginx.kill('SIGQUIT');
      await agent.close();
      rmSync(folder, { recursive: true });
    },
  };
}
