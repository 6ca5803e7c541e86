/** Lets a merchant's server in by its API key. */
import fp from 'fastify-plugin';
import type { MerchantConfig } from '../merchant-config.ts';
import { hashBearer } from '../payments/model/ids.ts';
import type { Merchant } from '../payments/model/ports.ts';
import { ProblemError } from '../payments/model/problem-error.ts';
import { bearerToken } from './bearer-token.ts';
import '../payments/http/request-context.ts';

export interface MerchantOnlyOptions {
  merchants: readonly MerchantConfig[];
}

export const merchantOnly = fp<MerchantOnlyOptions>(
  async (scope, { merchants }) => {
    // Looked up by hash: comparing takes as long for a near miss as for a wild guess.
    const byKey = new Map(merchants.flatMap((merchant) => merchant.apiKeys.map((key) => [key, merchant] as const)));
    scope.addHook('onRoute', (route) => {
      route.schema = { tags: ['merchant'], security: [{ apiKey: [] }], ...route.schema };
    });
    scope.addHook('onRequest', async (request) => {
      const key = bearerToken(request.headers.authorization);
      const merchant = key === undefined ? undefined : byKey.get(`sha256:${hashBearer(key)}`);
      if (!key || !merchant || !ofSameSpace(key, merchant)) throw new ProblemError('unauthorized');
      request.merchant = merchant;
    });
  },
  { name: 'merchant-only' },
);

/** A test key never moves real money and a live key never moves play money, whatever the file says. */
const ofSameSpace = (key: string, { test }: Merchant): boolean => !key.startsWith(test ? 'sk_live_' : 'sk_test_');
