/** What one schedule has done and broken. */
import type { Breach, RunContext } from '../context.ts';
import { createStory, type Story } from '../story.ts';

export interface ScheduleRecord {
  story: Story;
  breaches: Breach[];
  breach: RunContext['breach'];
  counts: RunContext['counts'] & { crashes: number; commits: number };
}

export function createRecord(now: () => number): ScheduleRecord {
  const story = createStory(now);
  const breaches: Breach[] = [];
  return {
    story,
    breaches,
    breach(rule, about, text) {
      // One breach of a kind is enough for a payment.
      if (about !== null && breaches.some((one) => one.rule === rule && one.about === about)) return;
      breaches.push({ rule, about, text });
      story.add(about, `BREACH, ${rule}: ${text}`);
    },
    counts: {
      payments: 0,
      acts: 0,
      requests: 0,
      kills: 0,
      stops: 0,
      databaseCuts: 0,
      failovers: 0,
      socketCuts: 0,
      faults: 0,
      postbacks: 0,
      webhooks: 0,
      crashes: 0,
      commits: 0,
    },
  };
}
