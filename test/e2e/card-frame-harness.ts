/**
 * A harness for a card payment on a page of the shop: the BFF's answers are stubbed, the frame, the checkout and the page are
 * real.
 */
import assert from 'node:assert/strict';
import type { Frame, FrameLocator, Route } from 'playwright-core';
import type { EnterCard, PaymentView, ProblemCode } from '../../server/contract/index.ts';
import { waitFor } from '../support/wait-for.ts';
import { openPayment } from '../widget/support/payment-view.ts';
import type { ShopPageHarness } from './shop-page-harness.ts';

/** The card and the SMS code that pay. */
export const goodCard = { number: '8600495473316478', expire: '03/99', code: '666666' };

export interface CardFrameHarness {
  clientSecret: string;
  /** The requests that the BFF got, with the origin of their page. */
  posts: { path: string; body: Record<string, unknown>; origin: string | null }[];
  /** The payment as the BFF has it. */
  view(): PaymentView;
  /** Opens a page of the shop with a checkout and a button before and after it. @param attributes Of the checkout. */
  open(attributes?: string): Promise<void>;
  /** The form in the frame. */
  form: FrameLocator;
  /** The document of the form. */
  frame(): Promise<Frame>;
  type(card?: { number: string; expire: string }): Promise<void>;
}

/** Call it inside a test. @param changes To an open payment of 5,000.00 UZS. */
export async function setUpCardFrame(harness: ShopPageHarness, changes: Partial<PaymentView> = {}): Promise<CardFrameHarness> {
  const { context, bff, page } = harness;
  const clientSecret = 'cs_pretended';
  const enter: EnterCard = {
    kind: 'enter_card',
    saved: [],
    frameUrl: `${bff}/frame/card/?merchant=demo`,
    askPhone: false,
    canSave: false,
    confirmSaved: true,
  };
  let view = openPayment({ amount: 500_000, due: 500_000, currency: 'UZS', methods: ['card'], nextAction: enter, ...changes });
  const move = (next: Partial<PaymentView>) => {
    view = { ...view, ...next, version: view.version + 1 };
  };
  const askCode = (resent: boolean) => {
    const resendAt = new Date(Date.now() + 60_000).toISOString();
    const nextAction = { kind: 'enter_card_code', card: '860049******6478', phone: '99890*****66', resendAt } as const;
    move({ status: 'awaiting_customer', problem: null, nextAction: { ...nextAction, attemptsLeft: 3, resent } });
  };
  const posts: CardFrameHarness['posts'] = [];

  const answer = async (route: Route) => {
    const request = route.request();
    const { pathname, searchParams } = new URL(request.url());
    if (searchParams.has('wait')) return; // a long poll is never answered
    const headers = { 'access-control-allow-origin': '*' };
    assert.equal(await request.headerValue('authorization'), `Bearer ${clientSecret}`);
    let refused: ProblemCode | null = null;
    if (request.method() === 'POST') {
      const path = pathname.replace('/checkout/', '');
      const body = request.postDataJSON() as Record<string, unknown>;
      posts.push({ path, body, origin: await request.headerValue('origin') });
      if (path === 'card') askCode(false);
      else if (path === 'card/resend') askCode(true);
      else if (path === 'abandon') move({ status: 'open', nextAction: enter });
      else if (body.code === goodCard.code) move({ status: 'succeeded', amountPaid: 500_000, nextAction: { kind: 'none' } });
      else refused = 'sms_code_wrong';
      if (refused) move({ problem: { code: refused, field: 'code', reference: 'req-1' } });
    }
    if (!refused) return route.fulfill({ json: view, headers });
    return route.fulfill({ status: 422, json: { code: refused, field: 'code', reference: 'req-1', view }, headers });
  };
  await context.route((url) => url.origin === bff && /^\/checkout(\/|$)/.test(url.pathname), answer);

  const form = page.frameLocator('pay-desk iframe');
  return {
    clientSecret,
    posts,
    view: () => view,
    async open(attributes = '') {
      await harness.openShop(`<pay-desk api-base="${bff}" client-secret="${clientSecret}" locale="en" ${attributes}></pay-desk>
        <button id="after">After</button>`);
    },
    form,
    frame: () =>
      waitFor(async () => {
        const found = page.frames().find((each) => each.url().startsWith(`${bff}/frame/card/`));
        return (await found?.locator('input').count()) ? found : null;
      }),
    async type({ number, expire } = goodCard) {
      await form.getByLabel('Card number').pressSequentially(number);
      await form.getByLabel('Expires').pressSequentially(expire);
    },
  };
}
