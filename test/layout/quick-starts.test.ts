/**
 * Every quick start of `widget/QUICK_STARTS.md`, run as it is written there: its files, its commands, in a folder of its own, with the
 * packages that a reader would install. A customer pays in Chromium, and the shop's own program must have verified the webhook.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import type { Browser } from 'playwright-core';
import { readArguments } from '../../demo/read-arguments.ts';
import { type Demo, freePorts, startDemo } from '../../demo/start-demo.ts';
import { demoKeys } from '../../server/demo-keys.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Block, blocksOf } from '../support/document-blocks.ts';
import { type Project, createProject as projectOf } from '../support/document-project.ts';
import { loadFactor, scaledTimeout } from '../support/load-factor.ts';
import { waitFor } from '../support/wait-for.ts';
import { whyNoProgram } from '../support/why-no-program.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const blocks = blocksOf(new URL('../../widget/QUICK_STARTS.md', import.meta.url));
const filesOf = (section: string) => blocks.filter((block) => block.section === section && block.file);
const commandsOf = (section: string) => blocks.find((block) => block.section === section && block.language === 'sh')?.text ?? '';
const environment = parseEnv(
  blocks
    .filter(({ text }) => text.startsWith('export '))
    .map(({ text }) => text)
    .join(''),
) as Record<string, string>;

describe('the quick start', { timeout: scaledTimeout(600_000) }, () => {
  let demo: Demo;
  let browser: Browser;
  let ports: number[];
  /** What was sent to Telegram. */
  const telegram: { path: string; body: Record<string, unknown> }[] = [];
  const telegramServer = createServer(async (request, response) => {
    telegram.push({ path: request.url ?? '', body: (await json(request)) as Record<string, unknown> });
    response.end('{"ok":true}');
  });
  let unusedCode = 0;

  before(async () => {
    ports = await freePorts(2);
    const shop = `http://localhost:${ports[0]}`;
    telegramServer.listen(0, '127.0.0.1');
    [demo, browser] = await Promise.all([
      startDemo({ portBase: 0, origins: [shop], webhookTo: `${shop}/webhooks` }),
      launchChromium(),
      once(telegramServer, 'listening'),
    ]);
  });
  after(async () => {
    await browser?.close();
    await demo?.close();
    telegramServer.close();
  });

  /** Only addresses differ from what is written. */
  const here = (text: string) =>
    text
      .replaceAll('http://127.0.0.1:4400', demo.urls.bff)
      .replaceAll('https://api.telegram.org', `http://127.0.0.1:${(telegramServer.address() as AddressInfo).port}`)
      .replace(/\b300([01])\b/g, (_, which) => String(ports[Number(which)]));

  /** @param more Files of other sections that the text points to. */
  const createProject = (section: string, more: readonly Block[] = []): Project =>
    projectOf({
      files: [...filesOf(section), ...more].map(({ file = '', text }) => ({ file, text: here(text) })),
      commands: here(commandsOf(section)),
      env: {
        BOT_TOKEN: '42:token',
        CHAT_ID: '4711',
        ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, here(value)])),
      },
    });

  /** Pays with a code as a customer does. @returns what the page shows beside the checkout */
  async function pay(address: string): Promise<string> {
    unusedCode += 1;
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 844 }, isMobile: true });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(address);
    assert.equal(await page.evaluate(() => innerWidth), 390, 'it is laid out for a desk on a phone');
    await page.getByRole('textbox').fill(`GOOD00${String(unusedCode).padStart(2, '0')}`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor();
    assert.deepEqual(complaints, []);
    const text = await page.locator('body').innerText();
    await context.close();
    return text;
  }

  async function isServing(project: Project): Promise<void> {
    const get = () => fetch(`http://localhost:${ports[0]}/favicon.ico`).catch(() => null);
    await waitFor(get, 30_000 * loadFactor()).catch(() => assert.fail(`it does not serve: ${project.printed()}`));
  }

  /** Anybody can ask for an order that cannot be, and send to the address of the webhooks. Both are told, and stop nothing. */
  async function survivesStrangers(project: Project, method: string, path: string): Promise<void> {
    const shop = `http://localhost:${ports[0]}`;
    const refused = await fetch(`${shop}${path}?order=${'9'.repeat(200)}`, { method });
    assert.deepEqual([refused.status, await refused.text()], [502, 'The payment cannot be opened.']);
    await fetch(`${shop}//`);
    const headers = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,AAAA',
    };
    assert.equal((await fetch(`${shop}/webhooks`, { method: 'POST', body: '{}', headers })).status, 400);
    await waitFor(async () =>
      /invalid_request.*(orderId|Idempotency-Key)[\s\S]*Webhook refused: .*signature/i.test(project.printed()),
    ).catch(() => assert.fail(`it does not say why: ${project.printed()}`));
  }

  const hasVerified = (project: Project, order: string) =>
    waitFor(async () => new RegExp(`Paid: ${order}$`, 'm').test(project.printed())).catch(() =>
      assert.fail(`no verified webhook of order ${order}: ${project.printed()}`),
    );

  const orders = filesOf('React').filter(({ file }) => file === 'orders.mjs');
  for (const [section, order, more, program = '', beside = ''] of [
    ['Plain HTML and Node', '1001', []],
    ['React', '1002', []],
    ['Vue', '1003', orders],
    ['Rendered on a server', '1004', []],
    ['PHP', '1005', [], 'php', 'pay_desk.php'],
    ['Python', '1006', [], 'python3', 'pay_desk.py'],
  ] as const)
    it(`${section} is paid, and has verified the webhook`, {
      skip: program !== '' && whyNoProgram(program, '--version'),
    }, async () => {
      const project = createProject(section, more);
      try {
        if (beside) copyFileSync(join(root, 'server/links/examples', beside), join(project.folder, beside));
        project.start();
        await isServing(project);
        const [method = '', path = ''] = ['React', 'Vue'].includes(section) ? ['POST', '/orders'] : ['GET', '/'];
        await survivesStrangers(project, method, path);
        const address = `http://localhost:${ports[0]}/?order=${order}`;
        if (section === 'Rendered on a server')
          assert.match(await (await fetch(address)).text(), /<main><pay-desk><\/pay-desk><\/main>/);
        const shown = await pay(address);
        if (filesOf(section).some(({ text }) => text.includes('Thank you'))) assert.match(shown, /^Thank you for your order\./);
        await hasVerified(project, order);
      } finally {
        await project.stop();
      }
    });

  /** A server that verifies the webhooks of quick starts that have none themselves. */
  async function withReceiver(work: (receiver: Project) => Promise<void>): Promise<void> {
    const receiver = createProject('Plain HTML and Node');
    try {
      receiver.start();
      await isServing(receiver);
      await work(receiver);
    } finally {
      await receiver.stop();
    }
  }

  for (const [section, order] of [
    ['A link without a server', '1007'],
    ['An order by phone', '1008'],
  ] as const)
    it(`${section} is paid, and a webhook comes`, () =>
      withReceiver(async (receiver) => {
        const project = createProject(section);
        try {
          const printed = await project.run();
          await pay(/^http\S+$/m.exec(printed)?.[0] ?? assert.fail(printed));
          await hasVerified(receiver, order);
          if (section === 'An order by phone') {
            assert.match(printed, /^ +[▀▄█][ ▀▄█]+$/m);
            assert.match(readFileSync(join(project.folder, `order-${order}.svg`), 'utf8'), /^<svg /);
          }
        } finally {
          await project.stop();
        }
      }));

  it('Telegram Mini App is paid, and what Telegram appends is ignored and sent nowhere', () =>
    withReceiver(async (receiver) => {
      const project = createProject('Telegram Mini App');
      try {
        await project.run();
        const [{ path, body } = { path: '', body: {} }] = telegram;
        assert.deepEqual([path, body.chat_id], ['/bot42:token/sendMessage', '4711']);
        const markup = body.reply_markup as { inline_keyboard: { text: string; web_app: { url: string } }[][] };
        const url = markup.inline_keyboard[0]?.[0]?.web_app.url ?? '';
        assert.match(url, new RegExp(`^${demo.urls.bff}/plugin/\\?merchant=${demoKeys.merchantId}#cs_`));
        await pay(`${url}&tgWebAppData=user%3D1&tgWebAppVersion=8.0&tgWebAppPlatform=android`);
        await hasVerified(receiver, '1009');
      } finally {
        await project.stop();
      }
    }));

  it('begins with a command that the sandbox takes', () => {
    const [, args = ''] = commandsOf('First, a Pay Desk to try').trim().split('npx @pay-desk/sandbox ');
    assert.deepEqual(readArguments(args.split(' '), {}), {
      portBase: 4400,
      origins: ['http://localhost:3000'],
      webhookTo: 'http://localhost:3000/webhooks',
    });
  });

  it('of every kind is run by a test', () => {
    const run = ['Plain HTML and Node', 'React', 'Vue', 'Rendered on a server', 'PHP', 'Python'];
    const others = ['First, a Pay Desk to try', 'A link without a server', 'An order by phone', 'Telegram Mini App'];
    // In quick-starts-elsewhere.test.ts.
    others.push('Next.js', 'Cloudflare Workers');
    assert.deepEqual([...new Set(blocks.map(({ section }) => section))].sort(), [...run, ...others].sort());
    assert.ok((filesOf('Plain HTML and Node')[0]?.text.split('\n').length ?? 0) <= 43, 'it is longer than 42 lines');
    const { webhookSecret, apiKey, linkKey } = demoKeys;
    assert.deepEqual(
      [environment.PAY_DESK_WEBHOOK_SECRET, environment.PAY_DESK_API_KEY, environment.PAY_DESK_LINK_KEY],
      [webhookSecret, apiKey, linkKey.key],
    );
  });
});
