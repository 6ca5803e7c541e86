import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readScenario, writeScenario } from '../../../demo/page/scenario-address.ts';
import { firstSettings } from '../../../demo/page/settings.ts';
import { xssCorpus } from '../../support/xss-corpus.ts';

describe('the address of a scenario', () => {
  it('brings back all that was chosen, and the code', () => {
    const scenario = {
      settings: { amount: '6000', currency: 'MMK', lang: '', theme: 'dark', embed: 'element', width: 'wide' },
      code: 'MMKG0001',
    } as const;
    assert.deepEqual(readScenario(`#${writeScenario(scenario)}`), scenario);
  });

  it('is empty where nothing was chosen', () => {
    assert.equal(writeScenario({ settings: firstSettings, code: '' }), '');
    assert.deepEqual(readScenario(''), { settings: firstSettings, code: '' });
  });

  it('lets nothing in that could not have been chosen', () => {
    for (const payload of xssCorpus) {
      const names = ['amount', 'currency', 'lang', 'theme', 'embed', 'width', 'code'];
      const address = new URLSearchParams(names.map((name) => [name, payload]));
      assert.deepEqual(readScenario(`#${address}`), { settings: firstSettings, code: '' });
    }
  });
});
