/** Signatures agree with those that PHP made from the description alone (`make-vectors.php`), and with the README's examples. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseLinkParameters } from '../../../server/links/read-link.ts';
import { signLink } from '../../../server/links/signed-link.ts';
import { payLinkQuery } from '../../support/pay-link.ts';

interface Vectors {
  key: string;
  vectors: { name: string; parameters: Record<string, string>; signature: string; queries: string[] }[];
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const { key, vectors } = JSON.parse(read('vectors.json')) as Vectors;

describe('a recorded link', () => {
  for (const { name, parameters, signature, queries } of vectors) {
    it(`${name}: read from each spelling and signed the same`, () => {
      for (const query of queries) {
        const link = parseLinkParameters(query);
        assert.deepEqual(Object.fromEntries(link), { ...parameters, signature });
        assert.equal(signLink(link, key), signature);
      }
      assert.equal(new URLSearchParams(payLinkQuery(key, parameters)).get('signature'), signature);
    });
  }

  it('is what the README’s example for Node creates', async () => {
    const lines = /```js\n([\s\S]+?)```/.exec(read('../../../server/links/README.md'))?.[1] ?? assert.fail('no lines');
    const { payLink } = (await import(`data:text/javascript,${encodeURIComponent(lines)}`)) as {
      payLink(origin: string, key: string, parameters: Record<string, string>): string;
    };
    for (const { parameters, signature } of vectors) {
      const link = new URL(payLink('https://pay.example', key, parameters));
      assert.equal(link.origin + link.pathname, 'https://pay.example/plugin/');
      assert.deepEqual(Object.fromEntries(link.searchParams), { ...parameters, signature });
    }
  });
});
