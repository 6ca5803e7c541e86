/**
 * Receives Paykassma's postbacks and delivers them to the BFF late, twice and in any order, each until the answer confirms it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from 'undici';
import type { RunContext } from './context.ts';
import type { Random } from './random.ts';
import { requestBff } from './request-bff.ts';

export interface Postback {
  body: string;
  /** The attempt of the postback. */
  attempt: string;
  /** When a process confirmed it, simulated milliseconds; null: not yet. */
  takenAt: number | null;
}

/** Without a server: the simulation in one process has none. */
export interface Courier {
  postbacks: readonly Postback[];
  /** Begins to deliver. */
  open(context: RunContext, agent: Agent): void;
  /** Delivers all unconfirmed postbacks at once. */
  flush(): Promise<void>;
  /** Takes over a postback from Paykassma. */
  take(body: string): void;
}

export interface PostbackCourier extends Omit<Courier, 'take'> {
  url: string;
  close(): void;
}

export async function createPostbackCourier(random: Random, faults: boolean): Promise<PostbackCourier> {
  const { take, ...courier } = createCourier(random, faults);
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
    take(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    ...courier,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export function createCourier(random: Random, faults: boolean): Courier {
  const postbacks: Postback[] = [];
  let way: { context: RunContext; agent: Agent } | undefined;

  async function deliver(postback: Postback): Promise<void> {
    if (!way) return;
    const { context, agent } = way;
    const answer = await requestBff(context, agent, {
      method: 'POST',
      path: '/postbacks/paykassma/shop',
      body: postback.body,
      about: postback.attempt,
    });
    const taken = answer?.status === 200 && String(answer.body.status).toLowerCase() === 'ok';
    context.counts.postbacks += 1;
    context.story.add(postback.attempt, `postback about ${postback.attempt}: ${answer?.status ?? 'nobody answers'}`);
    if (taken) postback.takenAt ??= context.time.now();
  }

  async function carry(postback: Postback): Promise<void> {
    const own = random.fork(postback.attempt);
    const copies = faults && own.chance(0.3) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      await pause(faults ? own.between(0, own.chance(0.2) ? 4_000 : 700) : 0);
      await deliver(postback);
      for (let again = 0; postback.takenAt === null && again < 5; again += 1) {
        await pause(250);
        await deliver(postback);
      }
    }
  }

  return {
    postbacks,
    open(context, agent) {
      way = { context, agent };
    },
    async flush() {
      for (const postback of postbacks) if (postback.takenAt === null) await deliver(postback);
    },
    take(body) {
      const attempt = /"plugin_custom_order_id":"([^"]+)"/.exec(body)?.[1] ?? '?';
      const postback: Postback = { body, attempt, takenAt: null };
      postbacks.push(postback);
      void carry(postback);
    },
  };
}
