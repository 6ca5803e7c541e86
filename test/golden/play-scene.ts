/** Plays a scene with a demo of its own and records its HTTP messages. */

import { drawnCodes, FrozenDemo } from './frozen-demo.ts';
import type { Message, Place } from './http-recorder.ts';
import { inPageEnvironment, seededRandom } from './page-environment.ts';
import type { Scene } from './scene.ts';

/** The result of a scene. */
export interface Played {
  messages: readonly Message[];
  /** Where each server listened: `http://127.0.0.1:port`. */
  origins: Record<Place, string>;
  /** Pay codes that PayCodes has drawn meanwhile, oldest first. */
  drawnCodes: string[];
}

/** @param databaseUrl Address of an empty database. */
export async function playScene(scene: Scene, databaseUrl: string): Promise<Played> {
  const frozen = await FrozenDemo.open(databaseUrl);
  const { origins, recorder } = frozen;
  try {
    const environment = { origin: origins.shop, random: seededRandom(scene.id), before: () => frozen.secondPasses() };
    await inPageEnvironment(environment, async () => {
      await scene.play(frozen);
      await readAllPayments(frozen);
    });
    await frozen.settle();
    return { messages: recorder.messages, origins, drawnCodes: drawnCodes(frozen) };
  } finally {
    await frozen.close();
  }
}

/** Reads every payment once more, as the customer's page and as the shop's server. */
async function readAllPayments({ recorder, origins }: FrozenDemo): Promise<void> {
  const made = recorder.messages.filter(({ to, method, url }) => to === 'bff' && method === 'POST' && url === '/v1/payments');
  const seen = new Set<string>();
  for (const { answer, headers } of made) {
    if (!answer || answer.status > 299) continue;
    const { payment, clientSecret } = JSON.parse(answer.body.toString()) as { payment: { id: string }; clientSecret: string };
    if (seen.has(payment.id)) continue;
    seen.add(payment.id);
    const apiKey = headers[headers.findIndex((name) => name.toLowerCase() === 'authorization') + 1] ?? '';
    await read(`${origins.bff}/checkout?since=0&wait=20`, clientSecret);
    await read(`${origins.bff}/v1/payments/${payment.id}`, apiKey.replace(/^Bearer /, ''));
  }
}

async function read(url: string, bearer: string): Promise<void> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${bearer}` } });
  await response.arrayBuffer();
}
