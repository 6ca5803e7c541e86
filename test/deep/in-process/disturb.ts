/** What else happens while customers pay: a clock that is wrong, a jump of all clocks, a restart, a webhook host that is down, forged postbacks. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RunContext } from '../context.ts';
import { createRandom, type Random } from '../random.ts';
import type { WebhookHost } from '../webhook-receiver.ts';
import type { Plan } from './simulation.ts';

/** Each happens once, at a moment of the seed. */
export async function disturb({ seed, others }: Plan, context: RunContext, webhooks: Pick<WebhookHost, 'down'>): Promise<void> {
  const { story, over, time, counts, bff } = context;
  await Promise.all(
    others.map(async (kind) => {
      const dice = createRandom(seed).fork(`disturbance ${kind}`);
      await pause(dice.between(50, 3_000));
      if (over()) return;
      if (kind === 'clock') {
        const ms = dice.between(-20_000, 20_000);
        story.add(null, `the clock of the core is ${Math.round(ms / 1000)} s ahead`);
        await bff.skew(0, ms);
      } else if (kind === 'jump') {
        const ms = dice.between(5_000, 30_000);
        story.add(null, `all clocks jump ${Math.round(ms / 1000)} s`);
        time.jump(ms);
      } else if (kind === 'restart') {
        counts.stops += 1;
        await bff.stop(0);
        await bff.start(0);
      } else if (kind === 'forgeries') {
        for (let nth = 0; nth < 3; nth += 1) {
          await forge(context, dice);
          await pause(dice.between(50, 1_500));
        }
      } else {
        story.add(null, 'the webhook host is down');
        webhooks.down(true);
        await pause(dice.between(200, 2_000));
        webhooks.down(false);
      }
    }),
  );
}

/** Somebody who knows an attempt's id, and not the key, says that it was paid. Nothing may come of it. */
async function forge({ upstreams, bff, story }: RunContext, dice: Random): Promise<void> {
  const attempts = upstreams.calls.flatMap(({ about }) => about.attempt ?? []);
  const [core] = bff.live();
  if (attempts.length === 0 || !core) return;
  const attempt = dice.pick(attempts);
  const body = {
    signature: 'f'.repeat(40),
    wallet_type: 'wavepay',
    amount: 6_000,
    currency_code: 'MMK',
    direction: 'ingoing',
    additional_data: [{ transaction_id: '1000000000', plugin_custom_order_id: attempt }],
  };
  const url = `${core.address}/postbacks/paykassma/shop`;
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null);
  story.add(attempt, `a forged postback about ${attempt}: ${answer?.status ?? 'nobody answers'}`);
}
