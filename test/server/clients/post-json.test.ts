/** "Not sent" proves that nothing happened, so it may follow only from a failed connect, never from an open connection. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool } from 'undici';
import { postJson, UpstreamError } from '../../../server/clients/http.ts';

/** The fault of a call that fails with this error. */
async function classify(error: Error): Promise<string> {
  const pool = { request: () => Promise.reject(error) } as unknown as Pool;
  const post = { upstream: 'x', method: 'use_code', path: '/', headers: {}, body: {}, signal: new AbortController().signal };
  const thrown = await postJson(pool, post).catch((cause: unknown) => cause);
  assert.ok(thrown instanceof UpstreamError);
  return thrown.fault;
}

const failed = (code: string, syscall?: string) => Object.assign(new Error(code), { code, ...(syscall ? { syscall } : {}) });

test('a connection that could not be made has sent nothing', async () => {
  for (const [code, syscall] of [
    ['ECONNREFUSED', 'connect'],
    ['EHOSTUNREACH', 'connect'],
    ['ENOTFOUND', 'getaddrinfo'],
    ['UND_ERR_CONNECT_TIMEOUT'],
    ['CERT_HAS_EXPIRED'],
  ] as const) {
    assert.equal(await classify(failed(code, syscall)), 'not_sent', code);
  }
  const both = new AggregateError([failed('ECONNREFUSED', 'connect'), failed('ENETUNREACH', 'connect')]);
  assert.equal(await classify(Object.assign(both, { code: 'ECONNREFUSED' })), 'not_sent', 'neither address of a host');
});

test('an open connection that fails may have sent the whole request', async () => {
  for (const [code, syscall] of [
    ['EHOSTUNREACH', 'read'],
    ['ENETUNREACH', 'write'],
    ['ETIMEDOUT', 'read'],
    ['ECONNRESET', 'read'],
    ['UND_ERR_SOCKET'],
  ] as const) {
    assert.equal(await classify(failed(code, syscall)), 'lost', code);
  }
});
