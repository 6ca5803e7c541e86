/** The plugin window's end of the bridge: does what the page around it asks, and tells it what happens. */

import { type Channel, openChannel } from '../../bridge/channel.ts';
import type { FromFrame } from '../../bridge/from-frame.ts';
import type { FromPage, SentLook } from '../../bridge/from-page.ts';
import type { PayDesk } from '../../element/pay-desk.ts';
import { plainProblem } from '../bridge/plain-problem.ts';
import { readPage } from '../bridge/read-page.ts';
import { backCloses } from './back-closes.ts';
import { statusMessage } from './status-message.ts';
import { watchHeight } from './watch-height.ts';

export interface Served {
  /** What is measured, and where the checkout stands. */
  place: HTMLElement;
  /** The checkout, once there is one. */
  desk(): PayDesk | null;
  /** Shows the payment of `clientSecret`, or what this window has by itself. */
  show(clientSecret: string | undefined): void;
  /** Changes the look, of what is shown and of what will be. */
  wear(look: SentLook): void;
}

export function serveParent(port: MessagePort, { place, desk, show, wear }: Served): void {
  let told = false;
  const channel: Channel<FromFrame> = openChannel<FromFrame, FromPage>(port, readPage, (message) => {
    if (message.type === 'init') {
      if (told) return;
      told = true;
      const { clientSecret, closable, v: _, type: __, ...look } = message;
      if (closable) backCloses(place, (returnUrl) => channel.send({ type: 'close', returnUrl }));
      wear(look);
      show(clientSecret);
    } else if (message.type === 'set') wear(message);
    // Misuse rejects, as it does for the page's own element; the page hears of everything else by its events.
    else if (message.type === 'submit')
      void desk()
        ?.submit()
        .catch(() => undefined);
    else if (message.type !== 'acknowledge') desk()?.[message.type]();
  });

  place.addEventListener('pay-ready', ({ methods, test }) => channel.send({ type: 'ready', methods: [...methods], test }));
  const tellStatus = () => {
    const shown = desk();
    if (shown) channel.send(statusMessage(shown));
  };
  // A link that opens nothing has no checkout which would tell its status.
  place.addEventListener('pay-load-error', () => desk() || channel.send(nothingShown));
  place.addEventListener('pay-status-change', tellStatus);
  place.addEventListener('pay-pending', tellStatus);
  place.addEventListener('pay-change', ({ method, complete }) => channel.send({ type: 'change', method, complete }));
  for (const [name, of] of [
    ['pay-load-error', 'load'],
    ['pay-failure', 'try'],
  ] as const)
    place.addEventListener(name, ({ problem }) => channel.send({ type: 'problem', of, problem: plainProblem(problem) }));
  // The page around cannot hear a key that is pressed in here.
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) channel.send({ type: 'close', returnUrl: null });
  });
  document.documentElement.dataset.framed = '';
  watchHeight(place, (height) => channel.send({ type: 'resize', height }));
  // A window that was quicker than the page: what it would have told is told now.
  tellStatus();
  const view = desk()?.view;
  if (view) channel.send({ type: 'ready', methods: view.methods, test: view.test });
}

const nothingShown = { type: 'status', status: 'load_error', method: null, action: null, wait: null, payment: null } as const;
