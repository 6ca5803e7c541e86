/** The operator's console in a real browser, with the operator's API played by msw. What an operator sees and does. */
import { sendKeys } from '@web/test-runner-commands';
import { HttpResponse, http } from 'msw';
import { setupWorker } from 'msw/browser';
import '../../../server/operate/console/console.ts';
import type { OperatorConsole } from '../../../server/operate/console/console.ts';
import { waitFor } from '../../widget/support/wait-for.ts';
import { FakeOperatorApi, validKey } from './fake-operator-api.ts';

const worker = setupWorker();
await worker.start({ quiet: true, onUnhandledFrame: 'bypass', serviceWorker: { url: '/mockServiceWorker.js' } });

for (const sheet of ['base', 'controls', 'lists', 'payment']) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = `/server/operate/console/styles/${sheet}.css`;
  document.head.append(link);
  await new Promise((resolve) => link.addEventListener('load', resolve));
}
document.documentElement.lang = 'en';

export class ConsoleHarness {
  readonly api = new FakeOperatorApi();
  #element: OperatorConsole | null = null;

  /** Opens the console on a page and signs in. */
  static async open(address: string, prepare: (api: FakeOperatorApi) => void = () => {}): Promise<ConsoleHarness> {
    const harness = ConsoleHarness.place(address, prepare);
    await harness.signIn();
    return harness;
  }

  static place(address: string, prepare: (api: FakeOperatorApi) => void = () => {}): ConsoleHarness {
    const harness = new ConsoleHarness();
    prepare(harness.api);
    worker.resetHandlers(http.all('/operate/*', ({ request }) => harness.#answer(request)));
    for (const old of document.querySelectorAll('operator-console')) old.remove();
    history.replaceState(null, '', address);
    harness.#element = document.createElement('operator-console') as OperatorConsole;
    document.body.append(harness.#element);
    return harness;
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const text = request.method === 'POST' ? await request.text() : '';
    const reply = this.api.answer(
      {
        method: request.method,
        path: pathname + search,
        key: request.headers.get('idempotency-key'),
        body: text ? JSON.parse(text) : null,
      },
      request.headers.get('authorization')?.replace('Bearer ', '') ?? null,
    );
    await this.api.gate;
    return reply ? HttpResponse.json(reply.body as object, { status: reply.status }) : HttpResponse.error();
  }

  async signIn(key: string = validKey): Promise<void> {
    const field = await this.find<HTMLInputElement>('#key');
    field.value = key;
    (await this.find<HTMLButtonElement>('sign-in .primary')).click();
    await this.until(() => !this.root.querySelector('sign-in') || this.root.querySelector('#key-wrong'), 'the sign-in');
  }

  get root(): OperatorConsole {
    if (!this.#element) throw new Error('the console is not on the page');
    return this.#element;
  }

  /** All visible text. */
  get text(): string {
    return (this.root.innerText ?? '').replace(/\s+/g, ' ').trim();
  }

  /** What was announced last. */
  get announced(): string {
    return this.root.querySelector(':scope > [role=status]')?.textContent?.trim() ?? '';
  }

  get focused(): Element | null {
    return document.activeElement;
  }

  all(selector: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(selector)];
  }

  async find<Found extends HTMLElement = HTMLElement>(selector: string): Promise<Found> {
    await this.until(() => this.root.querySelector(selector), selector);
    return this.root.querySelector(selector) as Found;
  }

  /** Presses the button or link whose text begins so. */
  async press(words: string): Promise<void> {
    const named = () =>
      this.all('button, a, summary').find((element) => element.innerText.replace(/\s+/g, ' ').trim().startsWith(words));
    await this.until(named, `“${words}” to press; it says: ${this.text}`);
    const button = named();
    button?.focus();
    button?.click();
    await this.root.updateComplete;
  }

  async type(selector: string, text: string): Promise<void> {
    const field = await this.find<HTMLInputElement>(selector);
    field.focus();
    field.select?.();
    await sendKeys({ type: text });
  }

  async until(seen: () => unknown, what: string): Promise<void> {
    await waitFor(seen, what);
  }

  /** Waits until it says this. */
  async says(words: string): Promise<void> {
    await this.until(() => this.text.includes(words), `“${words}”`).catch(() => {
      throw new Error(`It does not say “${words}”. It says: ${this.text}`);
    });
  }
}
