/** One payment in a customer's browser. Every view is recorded, because the checks judge what was shown, and when. */

import type { Agent } from 'undici';
import type { PaymentView } from '#contract';
import type { RunContext } from './context.ts';
import { type Answer, requestBff } from './request-bff.ts';

/** One view. Times are simulated milliseconds. */
export interface SeenView {
  requestedAt: number;
  at: number;
  version: number;
  status: string;
  action: string;
  amountPaid: number;
  due: number;
  /** The whole view, for the customer's next act. */
  whole: PaymentView;
}

export interface Checkout {
  paymentId: string;
  orderId: string;
  label: string;
  secret: string;
  views: SeenView[];
  look(wait?: number): Promise<SeenView | null>;
  /** Clicks, `clicks` times at once, on any processes, with one Idempotency-Key or one each. @returns The newest view. */
  post(path: string, body: object, how?: { clicks?: number; sameKey?: boolean; method?: 'POST' | 'DELETE' }): Promise<Click>;
}

export interface Click {
  view: SeenView | null;
  /** Codes of the problems that were answered; `none` for each click without an answer. */
  problems: string[];
}

let keys = 0;

export function createCheckout(
  context: RunContext,
  agent: Agent,
  own: Pick<Checkout, 'paymentId' | 'orderId' | 'label' | 'secret'>,
): Checkout {
  const views: SeenView[] = [];
  const { story, time } = context;

  const seen = (view: PaymentView, requestedAt: number): SeenView => {
    const { version, status, amountPaid, due, nextAction } = view;
    const one: SeenView = { requestedAt, at: time.now(), version, status, action: nextAction.kind, amountPaid, due, whole: view };
    const last = views.at(-1);
    if (!last || last.status !== status || last.action !== one.action || last.amountPaid !== amountPaid) {
      const why = view.problem ? `, ${view.problem.code}` : '';
      story.add(
        own.paymentId,
        `the page shows ${status}, ${one.action}${why}, ${amountPaid} of ${due} paid (version ${version})`,
      );
    }
    if (JSON.stringify(view).includes('{code}')) context.breach('asked again', own.paymentId, 'a view with a placeholder in it');
    context.seen?.(own.paymentId, one);
    views.push(one);
    return one;
  };
  const viewIn = (answer: Answer | null, requestedAt: number): SeenView | null => {
    const view = answer && (answer.status === 200 ? answer.body : answer.body.view);
    return view?.nextAction ? seen(view, requestedAt) : null;
  };

  return {
    ...own,
    views,
    async look(wait = 0) {
      const requestedAt = time.now();
      const since = views.at(-1)?.version ?? 0;
      const path = wait > 0 ? `/checkout?since=${since}&wait=${wait}` : '/checkout';
      return viewIn(await requestBff(context, agent, { path, bearer: own.secret, about: own.paymentId }), requestedAt);
    },
    async post(path, body, { clicks = 1, sameKey = true, method = 'POST' } = {}) {
      story.add(
        own.paymentId,
        `${clicks > 1 ? `${clicks} clicks${sameKey ? '' : ' of two tabs'}: ` : ''}${method} ${path} ${shown(body)}`,
      );
      const requestedAt = time.now();
      keys += 1;
      const clicked = Array.from({ length: clicks }, (_, click) =>
        requestBff(context, agent, {
          method,
          path: `/checkout/${path}`,
          bearer: own.secret,
          ...(method === 'POST' && { body }),
          key: `click-${keys}${sameKey ? '' : `-${click}`}`,
          about: own.paymentId,
        }),
      );
      const answers = await Promise.all(clicked);
      const fresh = answers.map((answer) => viewIn(answer, requestedAt)).filter((view) => view !== null);
      const newest = fresh.toSorted((one, other) => one.version - other.version).at(-1) ?? null;
      return { view: newest, problems: answers.map((answer) => (answer ? (answer.body.code ?? 'ok') : 'none')) };
    },
  };
}

/** Shortens a card number for the story; it is no secret here. */
const shown = (body: object): string => JSON.stringify(body).replace(/\d{12,}/g, (number) => `…${number.slice(-4)}`);
