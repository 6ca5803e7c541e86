/** What else happens while customers pay: a clock that is wrong, a jump of all clocks, a restart, a webhook host that is down. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RunContext } from '../context.ts';
import { createRandom } from '../random.ts';
import type { WebhookHost } from '../webhook-receiver.ts';
import type { Plan } from './simulation.ts';

/** Each happens once, at a moment of the seed. */
export async function disturb(
  { seed, others }: Plan,
  { story, over, time, counts, bff }: RunContext,
  webhooks: Pick<WebhookHost, 'down'>,
): Promise<void> {
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
      } else {
        story.add(null, 'the webhook host is down');
        webhooks.down(true);
        await pause(dice.between(200, 2_000));
        webhooks.down(false);
      }
    }),
  );
}
