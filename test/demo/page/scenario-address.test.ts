import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firstScenario, readScenario, writeScenario } from '../../../demo/page/scenario-address.ts';
import { xssCorpus } from '../../support/xss-corpus.ts';

describe('the address of a scenario', () => {
  it('restores everything that was chosen and done', () => {
    const scenario = {
      settings: {
        amount: '6000',
        currency: 'MMK',
        lang: '',
        theme: 'dark',
        embed: 'element',
        width: 'wide',
        device: 'keyboard',
        conditions: ['zoom', 'offline'],
      },
      code: 'MMKG0001',
      state: 'refunded',
      faults: ['lost', 'slow'],
      bff: -3_600_000,
      paycodes: 86_400_000,
      payme: 61_000,
    } as const;
    assert.deepEqual(readScenario(`#${writeScenario(scenario)}`), scenario);
  });

  it('is empty where nothing was chosen', () => {
    assert.equal(writeScenario(firstScenario), '');
    assert.deepEqual(readScenario(''), firstScenario);
  });

  it('accepts nothing that could not have been chosen', () => {
    for (const payload of xssCorpus) {
      const names = [
        'amount',
        'currency',
        'lang',
        'theme',
        'embed',
        'width',
        'device',
        'conditions',
        'code',
        'state',
        'faults',
        'bff',
        'paycodes',
        'payme',
      ];
      const address = new URLSearchParams(names.map((name) => [name, payload]));
      assert.deepEqual(readScenario(`#${address}`), firstScenario);
    }
  });
});
