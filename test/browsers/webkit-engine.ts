/**
 * WebKit, the engine of Safari, as Debian builds it: GTK's small browser under a virtual screen, by WebDriver over HTTP. WebDriver
 * clicks at coordinates, because it takes an element inside a shadow root for covered by its host; such a click and the keys
 * reach frames of other origins, too.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePorts } from '../../demo/start-demo.ts';
import { scaledTimeout } from '../support/load-factor.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Engine, Tab } from './engine.ts';
import { deepFind } from './in-page.ts';

const inPath = (program: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));

const driver = inPath('WebKitWebDriver');
const screen = inPath('Xvfb');
const [browser] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser');

export const webKitEngine: Engine = {
  name: 'WebKit',
  missing:
    driver && browser && screen
      ? null
      : 'WebKitWebDriver, MiniBrowser or Xvfb is missing; on Debian: apt-get install webkit2gtk-driver xvfb',
  async launch() {
    const children: ChildProcess[] = [];
    const close = async () => {
      for (const child of children.reverse()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill();
        await once(child, 'exit');
      }
    };
    try {
      const size = ['-screen', '0', '1100x1300x24', '-nolisten', 'tcp'];
      const display = spawn(screen ?? '', ['-displayfd', '3', ...size], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
      children.push(display);
      const [number] = (await once(display.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
      const [port = 0] = await freePorts(1);
      const env = { ...process.env, DISPLAY: `:${String(number).trim()}`, ...withoutGraphicsCard };
      children.push(spawn(driver ?? '', [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' }));
      const origin = `http://127.0.0.1:${port}`;
      await waitFor(() => command(origin, 'GET', '/status').catch(() => null), 30_000);
      const options = { binary: browser ?? '', args: ['--automation'] };
      const session = (await command(origin, 'POST', '/session', {
        capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
      })) as { sessionId: string; capabilities: { browserVersion: string } };
      const address = `${origin}/session/${session.sessionId}`;
      await command(address, 'POST', '/window/rect', { x: 0, y: 0, width: 1000, height: 1200 });
      return {
        version: `WebKitGTK/${session.capabilities.browserVersion}`,
        tab: tabOf((method, path, body) => command(address, method, path, body)),
        async close() {
          await command(address, 'DELETE', '').catch(() => undefined);
          await close();
        },
      };
    } catch (cause) {
      await close();
      throw cause;
    }
  },
};

const withoutGraphicsCard = {
  GDK_BACKEND: 'x11',
  LANG: 'en_GB.UTF-8',
  LIBGL_ALWAYS_SOFTWARE: '1',
  WEBKIT_DISABLE_DMABUF_RENDERER: '1',
  // The sandbox needs namespaces, which a container does not grant.
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
};

/** @returns The `value` of the answer. @throws With the driver's own words. */
async function command(address: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(address + path, {
    method,
    signal: AbortSignal.timeout(scaledTimeout(120_000)),
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
  return value;
}

function tabOf(send: (method: string, path: string, body?: object) => Promise<unknown>): Tab {
  const execute = (script: string, args: readonly unknown[]) => send('POST', '/execute/sync', { script, args });
  const leaveFrames = () => send('POST', '/frame', { id: null });
  const act = (actions: object) => send('POST', '/actions', { actions: [actions] });
  return {
    async goto(url) {
      await leaveFrames().catch(() => undefined);
      await send('POST', '/url', { url });
    },
    async run(frames, inPage, ...args) {
      await leaveFrames();
      for (const selector of frames) {
        const frame = await execute(`return (${deepFind})(arguments[0])`, [selector]);
        if (!frame) throw new Error(`there is no frame ${selector}`);
        await send('POST', '/frame', { id: frame });
      }
      // As text, because WebDriver's own objects take over what a page has added to `Object.prototype`.
      const script = `return JSON.stringify((${inPage})(...JSON.parse(arguments[0])))`;
      const answer = (await execute(script, [JSON.stringify(args)])) as string | null;
      return (answer === null ? undefined : JSON.parse(answer)) as never;
    },
    async clickAt(x, y) {
      await leaveFrames();
      const move = { type: 'pointerMove', duration: 0, origin: 'viewport', x: Math.round(x), y: Math.round(y) };
      const press = ['pointerDown', 'pointerUp'].map((type) => ({ type, button: 0 }));
      await act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [move, ...press] });
    },
    async type(text) {
      await leaveFrames();
      const keys = [...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })));
      await act({ type: 'key', id: 'keyboard', actions: keys });
    },
  };
}
