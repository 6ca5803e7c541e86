/** One payment as a customer's browser sees it: every view is written down, since what was shown when is what the law judges. */

import type { Agent } from 'undici';
import type { PaymentView } from '#contract';
import { type Answer, askBff } from './ask-bff.ts';
import type { World } from './world.ts';

/** What one view said. Times are simulated milliseconds. */
export interface SeenView {
  askedAt: number;
  at: number;
  version: number;
  status: string;
  action: string;
  amountPaid: number;
  due: number;
  /** As it came, for whoever reacts to it. */
  whole: PaymentView;
}

export interface Checkout {
  paymentId: string;
  orderId: string;
  label: string;
  secret: string;
  views: SeenView[];
  look(wait?: number): Promise<SeenView | null>;
  /** A click; `clicks` of them at once, on whichever processes, with one Idempotency-Key or each its own. Answers the newest view of them. */
  post(path: string, body: object, how?: { clicks?: number; sameKey?: boolean; method?: 'POST' | 'DELETE' }): Promise<Click>;
}

export interface Click {
  view: SeenView | null;
  /** Codes of the problems that were answered; `none` for each click that nobody answered. */
  problems: string[];
}

let keys = 0;

export function createCheckout(
  world: World,
  agent: Agent,
  own: Pick<Checkout, 'paymentId' | 'orderId' | 'label' | 'secret'>,
): Checkout {
  const views: SeenView[] = [];
  const { story, time } = world;

  const seen = (view: PaymentView, askedAt: number): SeenView => {
    const { version, status, amountPaid, due, nextAction } = view;
    const one: SeenView = { askedAt, at: time.now(), version, status, action: nextAction.kind, amountPaid, due, whole: view };
    const last = views.at(-1);
    if (!last || last.status !== status || last.action !== one.action || last.amountPaid !== amountPaid) {
      const why = view.problem ? `, ${view.problem.code}` : '';
      story.tell(
        own.paymentId,
        `the page shows ${status}, ${one.action}${why}, ${amountPaid} of ${due} paid (version ${version})`,
      );
    }
    if (JSON.stringify(view).includes('{code}')) world.breach('asked again', own.paymentId, 'a view with a placeholder in it');
    views.push(one);
    return one;
  };
  const viewIn = (answer: Answer | null, askedAt: number): SeenView | null => {
    const view = answer && (answer.status === 200 ? answer.body : answer.body.view);
    return view?.nextAction ? seen(view, askedAt) : null;
  };

  return {
    ...own,
    views,
    async look(wait = 0) {
      const askedAt = time.now();
      const since = views.at(-1)?.version ?? 0;
      const path = wait > 0 ? `/checkout?since=${since}&wait=${wait}` : '/checkout';
      return viewIn(await askBff(world, agent, { path, bearer: own.secret, about: own.paymentId }), askedAt);
    },
    async post(path, body, { clicks = 1, sameKey = true, method = 'POST' } = {}) {
      story.tell(
        own.paymentId,
        `${clicks > 1 ? `${clicks} clicks${sameKey ? '' : ' of two tabs'}: ` : ''}${method} ${path} ${shown(body)}`,
      );
      const askedAt = time.now();
      keys += 1;
      const clicked = Array.from({ length: clicks }, (_, click) =>
        askBff(world, agent, {
          method,
          path: `/checkout/${path}`,
          bearer: own.secret,
          ...(method === 'POST' && { body }),
          key: `click-${keys}${sameKey ? '' : `-${click}`}`,
          about: own.paymentId,
        }),
      );
      const answers = await Promise.all(clicked);
      const fresh = answers.map((answer) => viewIn(answer, askedAt)).filter((view) => view !== null);
      const newest = fresh.toSorted((one, other) => one.version - other.version).at(-1) ?? null;
      return { view: newest, problems: answers.map((answer) => (answer ? (answer.body.code ?? 'ok') : 'none')) };
    },
  };
}

/** Nothing that would be a secret in life is worth one here, but a card's number is long. */
const shown = (body: object): string => JSON.stringify(body).replace(/\d{12,}/g, (number) => `…${number.slice(-4)}`);
