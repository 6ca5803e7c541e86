/** The package signs links as the server does, by the vectors that PHP made, and refuses what the server would ignore. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type LinkParameters, payLink, signLink } from '../../../server/sdk/index.ts';

const { key, vectors } = JSON.parse(readFileSync(new URL('../links/vectors.json', import.meta.url), 'utf8')) as {
  key: string;
  vectors: { name: string; parameters: LinkParameters; signature: string }[];
};

describe('a link that the package signs', () => {
  for (const { name, parameters, signature } of vectors)
    it(`${name}: has the recorded signature`, async () => {
      assert.equal(await signLink(parameters, key), signature);
      const link = new URL(await payLink('https://pay.example', parameters, key));
      assert.equal(link.origin + link.pathname, 'https://pay.example/plugin/');
      assert.deepEqual(Object.fromEntries(link.searchParams), { ...parameters, signature });
    });

  it('has no parameter that the server would ignore, and none of those that it needs is missing', async () => {
    const [{ parameters }] = vectors as [(typeof vectors)[0]];
    const misspelt = { ...parameters, sucess_url: 'https://shop.example/' };
    await assert.rejects(signLink(misspelt, key), { name: 'TypeError', message: 'A link has no parameter "sucess_url".' });
    const { label: _, ...unlabelled } = parameters;
    await assert.rejects(signLink(unlabelled as LinkParameters, key), { message: 'A link needs "label".' });
  });
});
