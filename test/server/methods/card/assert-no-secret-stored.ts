/** Asserts that no secret of a card was stored: in no log line, no answer and no file of the database, in no spelling. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CardHttpTestBed, planted } from './card-http-test-bed.ts';
import { spellings } from './spellings.ts';

export function assertNoSecretStored({ payme, folder, lines, answers }: CardHttpTestBed): void {
  const { cards } = payme.ledger();
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
  assert.ok(lines.length > 30 && answers.length > 10 && files.length >= 2 && cards.length > 1, 'there is little to search');
  const { number, expire, wrongCode, cashbox } = planted;
  const secrets = {
    number: [number, number.replaceAll(' ', ''), '8600060921090842'],
    code: [wrongCode, '666 666'],
    token: [...new Set(cards.flatMap(({ tokens }) => tokens))],
    key: [cashbox.key],
  };
  const places = { log: lines.join('\n'), answer: answers.join('\n'), file: files.join('\n') };
  for (const [place, text] of Object.entries(places)) {
    for (const [what, all] of Object.entries(secrets))
      for (const secret of all)
        for (const spelling of spellings(secret)) assert.ok(!text.includes(spelling), `a ${what} in a ${place}: ${spelling}`);
    // The right code is six times the same digit, which other numbers may hold.
    assert.ok(!/(?<![0-9a-z])666666(?![0-9a-z])/i.test(text), `a code in a ${place}`);
  }
  for (const [place, text] of Object.entries(places)) {
    if (place === 'file') continue;
    // Alone, because ports, times and ids may end with the same digits.
    for (const written of [expire, '03/99', '0399']) {
      const alone = new RegExp(`(?<![\\w:.-])${written}(?![\\w.-])`).exec(text);
      assert.ok(
        !alone,
        `an expiry in a ${place}: ${text.slice(Math.max(0, (alone?.index ?? 0) - 60), (alone?.index ?? 0) + 20)}`,
      );
    }
  }
}
