/** The README is short, and what it shows works as it is written: the call, the page under its policy, the webhook, the commands. */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readArguments } from '../../demo/read-arguments.ts';
import { type Demo, freePorts, startDemo } from '../../demo/start-demo.ts';
import manifest from '../../package.json' with { type: 'json' };
import { readConfig } from '../../server/config.ts';
import { demoKeys } from '../../server/demo-keys.ts';
import { launchChromium } from '../support/chromium.ts';
import { blocksOf } from '../support/document-blocks.ts';
import { createProject } from '../support/document-project.ts';
import { runCommand } from '../support/pay-desk-command.ts';
import { waitFor } from '../support/wait-for.ts';
import { whyNoProgram } from '../support/why-no-program.ts';

const address = new URL('../../README.md', import.meta.url);
const readme = readFileSync(address, 'utf8');
const blocks = blocksOf(address);
const blockOf = (language: string, section: string) =>
  blocks.find((block) => block.language === language && block.section === section)?.text ?? assert.fail(`no ${language} there`);

it('has at most 150 lines, and a picture that loads quickly', () => {
  assert.ok(readme.split('\n').length <= 151);
  const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path = '']) => path);
  assert.deepEqual(pictures, ['demo/screenshot.png']);
  assert.ok(statSync(fileURLToPath(new URL(`../../${pictures[0]}`, import.meta.url))).size < 150_000);
});

it('names commands that there are', async () => {
  const commands = blocks
    .filter(({ language, section }) => language === 'sh' && section === 'Pay Desk')
    .flatMap(({ text: lines }) => lines.trim().split(/ && |\n/))
    .map((command) => command.replace(/^([A-Z_]+=\S+ )*/, ''));
  assert.ok(commands.length >= 9, String(commands));
  for (const command of commands) {
    const [program = '', first = '', second = ''] = command.split(' ');
    if (program === 'npm' && first === 'run') assert.ok(Object.hasOwn(manifest.scripts, second), command);
    else if (program === 'npm') assert.ok(first === 'ci' || Object.hasOwn(manifest.scripts, first), command);
    else {
      assert.deepEqual([program, first], ['npx', 'pay-desk'], command);
      assert.equal((await runCommand([second, '--help'])).code, 0, command);
    }
    const [, demoArguments] = command.split(' run demo -- ');
    if (demoArguments) assert.ok(readArguments(demoArguments.split(' '), {}).webhookTo, command);
  }
});

it('describes a start that the configuration accepts', () => {
  const variables = Object.fromEntries(
    [...readme.matchAll(/`(PUBLIC_URL|TRUST_PROXY)=([^`]+)`/g)].map(([, name, value]) => [name, value]),
  );
  const { mistakes } = readConfig({ MERCHANTS_FILE: 'merchants.json', ...variables });
  assert.deepEqual(
    mistakes.filter((mistake) => /^(PUBLIC_URL|TRUST_PROXY):/.test(mistake)),
    [],
  );
});

describe('what a page and its server do', { skip: whyNoProgram('curl', '--version') }, () => {
  let demo: Demo;
  const received: { rawBody: string; headers: IncomingHttpHeaders }[] = [];
  let page = '';
  /** The merchant's server: its page under the policy that the README recommends, and its webhooks. */
  const shop = createServer(async (request, response) => {
    if (request.method === 'POST') received.push({ rawBody: await text(request), headers: request.headers });
    const [policy] = blocks.filter(({ text: lines }) => lines.startsWith('script-src'));
    response.setHeader('content-security-policy', here(policy?.text ?? '').replaceAll('\n', ' '));
    response.setHeader('content-type', 'text/html').end(page);
  });
  const here = (written: string) =>
    written.replaceAll('https://pay.example', demo.urls.bff).replaceAll('sk_live_…', demoKeys.apiKey);

  before(async () => {
    const [port = 0] = await freePorts(1);
    const origin = `http://127.0.0.1:${port}`;
    shop.listen(port, '127.0.0.1');
    demo = await startDemo({ portBase: 0, origins: [origin], webhookTo: origin });
  });
  after(async () => {
    await demo?.close();
    shop.close();
  });

  it('creates a payment by curl, shows it, and believes the webhook', async () => {
    const call = await ran({ files: [], commands: here(blockOf('sh', 'On your page')), env: {} });
    const { clientSecret } = JSON.parse(call.slice(call.indexOf('{'))) as { clientSecret: string };
    page = `<!doctype html><title>Shop</title>${here(blockOf('html', 'On your page')).replace('cs_…', clientSecret)}`;
    const browser = await launchChromium();
    try {
      const tab = await (
        await browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 844 }, isMobile: true })
      ).newPage();
      const complaints: string[] = [];
      tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await tab.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/checkout`);
      assert.equal(await tab.evaluate(() => innerWidth), 390, 'it is laid out for a desk on a phone');
      await tab.getByRole('textbox').fill('GOOD0001');
      await tab.keyboard.press('Enter');
      await tab.getByRole('heading', { name: 'Paid', exact: true }).waitFor();
      assert.deepEqual(
        complaints.filter((one) => !one.includes('favicon')),
        [],
      );
    } finally {
      await browser.close();
    }
    const { rawBody, headers } = await waitFor(async () => received[0]);
    const around = `const [rawBody, request] = ${JSON.stringify([rawBody, { headers }])};
const ship = (order) => console.log('shipped ' + order);\n`;
    const printed = await ran({
      files: [{ file: 'webhook.mjs', text: around + blockOf('js', 'On your page') }],
      commands: 'npm install @pay-desk/server\nnode webhook.mjs',
      env: { PAY_DESK_WEBHOOK_SECRET: demoKeys.webhookSecret },
    });
    assert.equal(printed, 'shipped 10482\n');
  });
});

async function ran(options: Parameters<typeof createProject>[0]): Promise<string> {
  const project = createProject(options);
  try {
    return await project.run();
  } finally {
    await project.stop();
  }
}
