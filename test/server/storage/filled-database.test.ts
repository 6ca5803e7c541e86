/**
 * A database that an earlier version left behind in the middle of everything is opened by today's code: nothing is lost by the
 * migrations, every secret opens, and everything in flight ends as in the services' own ledgers. It all happens at the time of
 * the recording.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  NextAction,
  type Payment,
  type PaymentStatus,
  type PaymentView,
  ProblemCode,
} from '../../../server/contract/index.ts';
import { engines } from '../../support/engines.ts';
import { waitFor } from '../../support/wait-for.ts';
import { auditPayment, auditCalls, taken } from './filled/audit-ledgers.ts';
import { goodCard, smsCode } from './filled/fill-cards.ts';
import { transfer } from './filled/fill-wallets.ts';
import { keys } from './filled/keys.ts';
import { type Filled, openFilled } from './filled/open-filled.ts';
import { sealedIn } from './filled/sealed.ts';
import { type StoredData, storedData } from './filled/stored-data.ts';
import { parseWebhook } from './filled/webhook-receiver.ts';

const versions = ['0.1.0', '0.2.0'] as const;
/** Milliseconds of real time; long, for a busy machine. */
const limitMs = 120_000;

for (const { engine, version } of engines.flatMap((engine) => versions.map((version) => ({ engine, version })))) {
  describe(`a database filled by ${version}, on ${engine.name}`, { skip: engine.skip }, () => {
    let filled: Filled;
    let stored: StoredData;
    const sealed: Record<'before' | 'migrated', string[]> = { before: [], migrated: [] };
    before(async () => {
      filled = await openFilled(engine, version, {
        before: async (url) => {
          sealed.before = await sealedIn(url, keys.sealing);
        },
        migrated: async (url) => {
          sealed.migrated = await sealedIn(url, keys.sealing);
          stored = await storedData(url);
        },
      });
    });
    after(() => filled?.close());

    /**
     * Lets the clock go on, in steps of so many seconds, until it is so; at most so long. The customer's page asks for news
     * meanwhile.
     */
    const untilSo = async (so: () => Promise<unknown>, { seconds = 5, mostSeconds = 3_600 } = {}): Promise<void> => {
      const end = filled.clock.now() + mostSeconds * 1000;
      await waitFor(async () => {
        if (await so()) return true;
        assert.ok(filled.clock.now() < end, `not so within ${mostSeconds} s: ${so}`);
        filled.clock.advance(seconds * 1000);
        await filled.customer('wallet-lost-unsent').post('recheck');
        return false;
      }, limitMs);
    };
    const all = async (): Promise<{ name: string; payment: Payment }[]> =>
      Promise.all(filled.recording.payments.map(async ({ name }) => ({ name, payment: await filled.read(name) })));
    /** The codes that were shown to be sent by SMS, in the order in which they were made. */
    const shownCodes = (): Record<string, string> => {
      const names = filled.recording.payments.map(({ name }) => name).filter((name) => name.startsWith('shown-code'));
      const made = filled.upstreams.paycodes.ledger().codes.filter(({ creator }) => creator === 'payment-widget:books');
      assert.equal(made.length, names.length);
      return Object.fromEntries(names.map((name, place) => [name, made[place]?.code ?? '']));
    };
    const sms = async (text: string): Promise<string> => {
      const sent = await filled.upstreams.control('paycodes', 'sms', { from: '48500100200', to: '7255', text });
      return String((sent as { mt: string | null }).mt);
    };
    const match = (number: string) => {
      const claimed = filled.upstreams.paykassma.ledger().transactions.find(({ key1 }) => key1 === number);
      return filled.upstreams.control('paykassma', 'transactions/match', { custom_transaction_id: claimed?.custom_transaction_id });
    };
    const submitNumber = (name: string, transactionNumber: string) =>
      filled.customer(name).post('wallet/transaction', { transactionNumber });
    const byCard = async (name: string) => {
      const sent = await filled.customer(name).post('card', goodCard);
      assert.equal(sent.view.nextAction.kind, 'enter_card_code', `${name}: ${sent.problem}`);
      return (await filled.customer(name).post('card/code', { code: smsCode })).view;
    };

    it('decrypts everything that is sealed in it, before and after the migrations', () => {
      assert.ok(sealed.before.length > 20, `only ${sealed.before.length} are sealed`);
      assert.deepEqual(sealed.migrated, sealed.before);
      // A code that is reserved, one that is shown, one whose use was lost; a card's token.
      for (const code of ['UZSP0001', 'GOOD0003', shownCodes()['shown-code'], shownCodes()['shown-code-canceled']])
        assert.ok(sealed.migrated.includes(String(code)), `${code} is not sealed`);
      const tokens = filled.recording.services.payme.cards.cards.flatMap((card) => card.tokens);
      assert.ok(sealed.migrated.some((plain) => tokens.some((token) => plain === token)));
    });

    it('stores everything under today’s names', () => {
      assert.ok(stored.actions.length > 20, String(stored.actions.length));
      assert.ok(stored.webhooks.length > 20, String(stored.webhooks.length));
      assert.ok(stored.problems.length > 5, String(stored.problems.length));
      for (const action of stored.actions) NextAction.parse(action);
      for (const { code } of stored.problems) ProblemCode.parse(code);
      for (const webhook of stored.webhooks) parseWebhook(webhook);
      const types = new Set(stored.audit.map(({ type }) => type));
      for (const former of ['attempt.asked', 'attempt.left', 'attempt.refused', 'attempt.review', 'discount.held', 'discount.burned'])
        assert.ok(!types.has(former), former);
      for (const { data } of stored.audit) assert.ok(!('watched' in data));
    });

    it('shows every payment, its attempts and its money as they were', async () => {
      const look = async ({ name, seen, clientSecret }: Filled['recording']['payments'][number]) => {
        const payment = await filled.read(name);
        const view = await filled.customerOf(clientSecret).view();
        assert.deepEqual([view.id, view.reference], [seen.id, seen.reference]);
        const lasting = ({ id, orderId, label, amount, currency, createdAt, expiresAt, metadata, methods, test }: Payment) => ({
          ...{ id, orderId, label, amount, currency, createdAt, expiresAt, metadata, methods, test },
        });
        assert.deepEqual(lasting(payment), lasting(seen), name);
        assert.ok(payment.amountPaid >= seen.amountPaid, `${name} had more`);
        for (const earlier of seen.evidence)
          assert.ok(
            payment.evidence.some((one) => one.upstreamId === earlier.upstreamId && one.amount === earlier.amount),
            `${name} lost money of ${earlier.upstreamId}`,
          );
        const tried = ({ id, method, startedAt, lastCharacters: tail }: Payment['attempts'][number]) => ({ id, method, startedAt, tail });
        const earlier = new Set(seen.attempts.map(({ id }) => id));
        const [discount, ...others] = seen.attempts.filter((attempt) => wasDiscount(attempt, seen));
        assert.deepEqual(
          payment.attempts.filter(({ id }) => earlier.has(id)).map(tried),
          seen.attempts.filter((attempt) => attempt !== discount).map(tried),
          name,
        );
        assert.equal(others.length, 0);
        assert.equal(payment.discountCode?.lastCharacters, (discount ?? seen.discountCode)?.lastCharacters, name);
        // What was only reserved may have been requested to be redeemed before.
        if (discount) assert.equal(payment.discountCode?.status === 'redeemed', String(discount.status) !== 'held', name);
        else assert.equal(payment.discountCode?.status, seen.discountCode?.status, name);
        // A call in flight beside enough money may bring more of it.
        const inFlight = seen.attempts.some(({ status }) => status === 'processing');
        if (over.has(seen.status) && !inFlight)
          assert.deepEqual([payment.status, payment.amountPaid], [seen.status, seen.amountPaid], name);
      };
      await Promise.all(filled.recording.payments.map(look));
    });

    it('answers repeated requests with the same payment', async () => {
      for (const name of ['open', 'code-paid', 'expired', 'card-lost-paid', 'wallet-doubtful']) {
        const { key, body, id } = filled.noted(name);
        const again = await filled.books.create(body, key);
        assert.equal(again.payment.id, id, name);
        assert.equal((await filled.customerOf(again.clientSecret).view()).id, id);
        assert.equal(await filled.books.tryToCreate({ ...body, label: 'somebody else' }, key), 422);
      }
      const paid = filled.recording.replays[0] ?? assert.fail();
      const calls = filled.upstreams.paycodes.ledger().calls.length;
      assert.equal((await filled.customer(paid.name).post(paid.path, paid.body, paid.key)).view.status, 'succeeded');
      assert.equal(filled.upstreams.paycodes.ledger().calls.length, calls, 'it was done again');
    });

    it('lets the customers continue where they were', async () => {
      const { customer } = filled;
      const shown = (await customer('shown-code').view()).nextAction;
      assert.ok(shown.kind === 'send_sms');
      assert.equal(shown.text, `PAY.CODE ${shownCodes()['shown-code']}`);
      assert.equal(await sms(shown.text), 'Thank you');

      const confirmed = await customer('card-code-awaited').post('card/code', { code: smsCode });
      assert.equal(confirmed.view.status, 'succeeded');

      const awaited = (await customer('sms-code-awaited').view()).nextAction;
      assert.ok(awaited.kind === 'send_sms');
      const code = (await sms(awaited.text)).replace('Your code: ', '');
      assert.equal((await customer('sms-code-awaited').post('pay-code', { code })).view.status, 'succeeded');

      assert.equal((await customer('code-wrong').post('pay-code', { code: 'GOOD0014' })).view.status, 'succeeded');

      const reserved = await customer('discount-reserved').view();
      assert.deepEqual([reserved.due, reserved.discountCode?.removable], [450_000, true]);
      const uses = () => filled.upstreams.paycodes.ledger().uses.filter((use) => use.code === 'UZSP0001').length;
      assert.equal(uses(), 0);
      const { status, amountPaid } = await byCard('discount-reserved');
      assert.deepEqual([status, amountPaid, uses()], ['succeeded', 450_000, 1]);

      // Requisites that were shown, in time and a while after it; a number that was refused is corrected.
      for (const [name, amount] of [
        ['discount-used-unpaid', 5_400],
        ['wallet-refused', 6_000],
        ['wallet-expired', 6_000],
      ] as const) {
        const { view } = await submitNumber(name, await transfer(filled, amount));
        assert.deepEqual([view.status, view.amountPaid, view.paidLate], ['succeeded', amount * 100, name === 'wallet-expired'], name);
      }
    });

    it('knows what was spent, shown and guessed before', async () => {
      const { paykassma, paycodes } = filled.upstreams;
      const body = { amount: 600_000, currency: 'MMK', orderId: 'again', label: 'again' };
      const { clientSecret } = await filled.books.create(body, 'again');
      const again = filled.customerOf(clientSecret);
      await again.post('wallet', { walletType: 'wavepay' });
      const spent = filled.noted('wallet-paid').seen.attempts[0]?.submittedReference ?? assert.fail();
      const calls = () => paykassma.ledger().calls.filter(({ key1 }) => key1 === spent).length;
      assert.deepEqual([(await again.post('wallet/transaction', { transactionNumber: spent })).problem, calls()], ['transaction_number_used', 1]);

      const lookups = () => paycodes.ledger().calls.length;
      const third = await filled.customer('kiosk-guessed').post('pay-code', { code: 'ZZZZ0003' });
      const before = lookups();
      const shown = await filled.customer('open').post('pay-code', { code: shownCodes()['shown-code-canceled'] });
      const guessed = await filled.customer('kiosk-guessed').post('pay-code', { code: 'ZZZZ0004' });
      assert.deepEqual([third.problem, shown.problem, guessed.problem], ['code_invalid', 'code_invalid', 'too_many_attempts']);
      assert.equal(lookups(), before);
    });

    it('pays with the saved card, and not with the one that was removed', async () => {
      const wanted = { amount: 500_000, currency: 'UZS', phone: '998901304527' };
      const pay = async (label: string) => {
        const made = await filled.books.create({ ...wanted, orderId: `after-${label}`, label }, `after-${label}`);
        return { made, who: filled.customerOf(made.clientSecret) };
      };
      const saved = (view: PaymentView['nextAction']) => {
        const actions = view.kind === 'choose' ? view.options : [view];
        return actions.flatMap((action) => (action.kind === 'enter_card' ? action.saved : []));
      };
      const { made, who } = await pay('customer-with-card');
      const [card, ...others] = saved((await who.view()).nextAction);
      assert.ok(card);
      assert.deepEqual([card.number, others], ['860006******6311', []]);
      assert.equal((await who.post('card/saved', { cardId: card.id })).view.nextAction.kind, 'enter_card_code');
      assert.equal((await who.post('card/code', { code: smsCode })).view.status, 'succeeded');
      const receipts = filled.upstreams.payme.ledger().receipts.filter(({ account }) => account.order_id === made.payment.orderId);
      assert.deepEqual(receipts.map(({ debits }) => debits.length), [1]);
      assert.deepEqual(saved((await (await pay('customer-without-card')).who.view()).nextAction), []);
      // Payme works again.
      await filled.upstreams.control('payme', 'settings', { refuse: { 'cards.remove': null } });
    });

    it('accepts what the services report later, also long after', async () => {
      // Operators find transfers that were unconfirmed, accepted, or wait for a check of their picture.
      for (const number of ['9100000011', '9100000012', '9100000013', '9100000014', '1000000001', '1000000002', '77776666555544443333'])
        await match(number);
      // Postbacks about what was credited while the answer was lost: the service tries them again.
      const { postbacks, transactions } = filled.upstreams.paykassma.ledger();
      const postback = (name: string): string => {
        const mine = filled.noted(name).seen.attempts.map(({ id }) => id);
        assert.ok(transactions.some((one) => mine.includes(one.custom_transaction_id) && one.status === 'activated'), name);
        return postbacks.find((one) => mine.includes(one.custom_transaction_id))?.body ?? assert.fail(`${name}: no postback`);
      };
      for (const name of ['wallet-lost-activated', 'wallet-in-flight']) {
        const answer = await fetch(`${filled.server.address}/postbacks/paykassma/books`, { method: 'POST', body: postback(name) });
        assert.equal(answer.status, 200);
      }
      const canceled = shownCodes()['shown-code-canceled'] ?? '';
      assert.equal(await sms(`PAY.CODE ${canceled}`), 'Thank you');
      for (const name of ['wallet-watched', 'wallet-accepted', 'wallet-pending', 'wallet-pictured', 'wallet-lost-activated'])
        await filled.customer(name).until(({ status }) => status === 'succeeded', limitMs);
    });

    it('reconciles every call whose answer was lost', async () => {
      const { payme } = filled.upstreams;
      const operator = payme.ledger().receipts.find(({ account }) => account.order_id === 'order-card-lost-operator');
      await untilSo(async () => {
        const { status } = await filled.read('card-lost-paid');
        return status === 'succeeded';
      });
      assert.equal((await filled.read('card-lost-operator')).status, 'processing');
      await filled.upstreams.control('payme', `receipts/${operator?.id}/state`, { state: 4 });
      let waiting = Object.keys(outcomes);
      const differs = async () => {
        const ends = await Promise.all(waiting.map(async (name) => [name, (await filled.read(name)).status] as const));
        const others = ends.filter(([name, status]) => outcomes[name] !== status);
        waiting = others.map(([name]) => name);
        return others;
      };
      await untilSo(async () => (await differs()).length === 0, { seconds: 5, mostSeconds: 1_800 }).catch(async (cause: unknown) => {
        assert.deepEqual(await differs(), [], 'these did not end as the books say');
        throw cause;
      });
      // The discount whose use got no answer is found used, and the rest can be paid.
      await untilSo(async () => (await filled.customer('discount-lost').view()).discountCode?.removable === false);
      assert.deepEqual((await byCard('discount-lost')).amountPaid, 450_000);
      assert.equal((await filled.read('wallet-lost-unsent')).status, 'processing', 'the clock alone says nothing of money');
      const { problem } = await filled.customer('card-lost-reversed').view();
      assert.equal(problem?.code, 'payment_reversed');
    });

    it('answers a repeated request whose process died with its result, and does nothing twice', async () => {
      const [, running] = filled.recording.replays;
      assert.ok(running);
      const used = () => filled.upstreams.paycodes.ledger().calls.filter(({ method }) => method === 'use_code').length;
      const calls = used();
      const { view } = await filled.customer(running.name).post(running.path, running.body, running.key);
      assert.deepEqual([view.status, used()], ['succeeded', calls]);
    });

    it('has the card that was removed removed at Payme too', async () => {
      const cardOf = (name: string) => {
        const { receipts, cards } = filled.recording.services.payme;
        const receipt = receipts.receipts.find(({ account }) => account.order_id === filled.noted(name).seen.orderId);
        return cards.cards[receipt?.card ?? -1]?.tokens[0]?.slice(0, 24) ?? assert.fail(`${name} has no card`);
      };
      const isRemoved = (token: string) => filled.upstreams.payme.ledger().cards.find(({ tokens }) => tokens.includes(token))?.removed;
      await untilSo(async () => isRemoved(cardOf('card-removed')), { seconds: 20 });
      assert.equal(isRemoved(cardOf('card-saved')), false);
    });

    it('completes refunds that were in progress', async () => {
      for (const name of ['card-refunding', 'card-refund-lost'])
        await untilSo(async () => (await filled.read(name)).status === 'refunded', { seconds: 300, mostSeconds: 3 * 3_600 });
      const back = filled.upstreams.payme.ledger().receipts.filter(({ account }) => String(account.order_id).includes('refund'));
      assert.deepEqual(back.map(({ state, debits }) => [state, debits.filter(({ refundedAt }) => refundedAt).length]), [
        [50, 1],
        [50, 1],
        [50, 1],
      ]);
    });

    it('sends to a person what no service reports within a week', async () => {
      const lost = async () => (await filled.read('wallet-lost-unsent')).status === 'needs_review';
      await untilSo(lost, { seconds: 12 * 3_600, mostSeconds: 60 * 24 * 3_600 });
    });

    it('keeps no secret longer than it is needed', async () => {
      // The token of the one card that is saved.
      await waitFor(async () => (await sealedIn(filled.databaseUrl, keys.sealing)).length === 1, limitMs);
    });

    it('agrees with the ledgers of all three services', async () => {
      const shown = shownCodes();
      // The last of them was reopened a moment ago and has expired: the next pass of the reconciler ends it.
      const isOver = ({ name, payment }: { name: string; payment: { status: string } }) =>
        payment.status !== 'open' || outcomes[name] !== 'open' || name === 'discount-lost';
      await waitFor(async () => (await all()).every(isOver), limitMs);
      for (const { name, payment } of await all()) {
        assert.notEqual(payment.status, 'processing', name);
        // Unpaid payments expire after a day.
        if (name in outcomes && !['discount-lost'].includes(name))
          assert.equal(payment.status, outcomes[name] === 'open' ? 'expired' : outcomes[name], name);
        const codes = shown[name] === undefined ? [] : [shown[name]];
        const discounts = stored.discounts.filter(({ paymentId }) => paymentId === payment.id).map(({ id }) => id);
        auditPayment(name, payment, taken(payment, filled.upstreams, codes, discounts));
      }
      auditCalls(filled.upstreams);
    });

    it('has notified the merchants, in order and once, but for the webhook that was given up', async () => {
      const given = filled.noted('kiosk-parked').id;
      const receivedWebhooks = () => [
        ...filled.recording.received,
        ...filled.webhookReceiver.received.map(({ id, webhook: { type, sequence, data } }) => ({ id, type, sequence, paymentId: data.payment.id })),
      ];
      const payments = await all();
      const missing = () =>
        payments.filter(({ payment: { id, status } }) => {
          const type = announced[status];
          return id !== given && type !== undefined && !receivedWebhooks().some((one) => one.paymentId === id && one.type === type);
        });
      await waitFor(async () => missing().length === 0, limitMs).catch(() =>
        assert.deepEqual(missing().map(({ name }) => name), [], 'these were never reported'),
      );
      for (const { name, payment } of payments) {
        const own = receivedWebhooks().filter(({ paymentId }) => paymentId === payment.id);
        const inOrder = [...new Map(own.map(({ id, sequence }) => [id, sequence])).values()];
        assert.deepEqual(inOrder, inOrder.map((_, place) => place + (payment.id === given ? 2 : 1)), name);
      }
      assert.equal(receivedWebhooks().filter(({ paymentId }) => paymentId === given).length, 0);
      assert.deepEqual(filled.webhookReceiver.problems, []);
      const metrics = await (await fetch(`${filled.server.address}/metrics`)).text();
      assert.match(metrics, /^pay_desk_backlog\{what="undelivered"\} 1$/m, 'the webhook that was given up is not there any more');
      assert.match(metrics, /^pay_desk_backlog\{what="unmatched"\} 1$/m, 'the postback of a stranger is not there any more');
    });
  });
}

/** In version 0.1.0 a discount was an attempt with a status of its own, or paid if it covered the whole amount. */
const wasDiscount = ({ id, status }: Payment['attempts'][number], { evidence }: Payment): boolean =>
  ['held', 'burned'].includes(status) || evidence.some(({ upstreamId }) => upstreamId === `discount:${id}`);

/** Statuses that only more money, a refund or a person changes. */
const over: ReadonlySet<PaymentStatus> = new Set(['succeeded', 'underpaid', 'refunded', 'expired', 'needs_review']);

/** The webhook that reports it; other statuses have none. */
const announced: Partial<Record<PaymentStatus, string>> = {
  succeeded: 'payment.succeeded',
  underpaid: 'payment.underpaid',
  needs_review: 'payment.needs_review',
  refunded: 'payment.refunded',
  canceled: 'payment.canceled',
  expired: 'payment.expired',
};

/** How each ends, as the services' ledgers require. */
const outcomes: Readonly<Record<string, PaymentStatus>> = {
  'code-lost-used': 'succeeded',
  'code-lost-unused': 'succeeded',
  'code-lost-taken': 'open',
  'code-in-flight-used': 'succeeded',
  'code-in-flight-unused': 'succeeded',
  'shown-code': 'succeeded',
  'shown-code-sent': 'succeeded',
  'shown-code-left': 'open',
  'shown-code-leaving': 'open',
  'shown-code-canceled': 'succeeded',
  'discount-lost': 'open',
  'discount-whole-lost': 'succeeded',
  'card-lost-paid': 'succeeded',
  'card-lost-unpaid': 'open',
  'card-lost-paid-late': 'succeeded',
  'card-lost-reversed': 'open',
  'card-lost-operator': 'succeeded',
  'card-stepwise': 'succeeded',
  'card-in-flight-paying': 'succeeded',
  'card-in-flight-receipt': 'open',
  'card-in-flight-code': 'open',
  'wallet-watched': 'succeeded',
  'wallet-watched-canceled': 'succeeded',
  'wallet-watched-paid': 'succeeded',
  'wallet-accepted': 'succeeded',
  'wallet-pending': 'succeeded',
  'wallet-pictured': 'succeeded',
  'wallet-contested': 'needs_review',
  'wallet-contests': 'needs_review',
  'wallet-doubtful': 'needs_review',
  'wallet-lost-activated': 'succeeded',
  'wallet-in-flight': 'succeeded',
  'wallet-postback-stored': 'succeeded',
  'busy-code-used': 'succeeded',
  'busy-code-taken': 'succeeded',
};
