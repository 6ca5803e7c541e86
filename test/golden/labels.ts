/** Replaces random values by names. The same value has the same name everywhere, numbered in the order of the transcript. */
import type { Place } from './http-recorder.ts';

/** Each pattern with the name of its kind; the first that matches names the value. */
const kinds: readonly [kind: string, pattern: string][] = [
  ['secret', 'cs_[A-Za-z0-9_-]{43}'],
  ['$1', '\\b([a-z]{3,4})_[0-9a-hjkmnp-tv-z]{26}\\b'],
  ['reference', 'PD-[0-9A-Z]{4}-[0-9A-Z]{4}'],
  ['order', 'NB-[2-9A-Z]{10}'],
  ['token', '[0-9a-f]{24}_[A-Za-z0-9]{390}'],
  ['receipt', '\\b(?!de30{18}|5e730e740b852a417aa49cea)[0-9a-f]{24}\\b'],
  ['uuid', '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'],
  // A request's id; a phone number of Uzbekistan has the same length.
  ['request', '^(?!998\\d{9}$)[0-9a-f]{12}$'],
  ['signature', '\\b[0-9a-f]{40}\\b'],
  ['boundary', '-{4}formdata-[a-z]+-\\d+'],
];

/** @param drawnCodes Pay codes that PayCodes has drawn. */
export function createLabels(origins: Record<Place, string>, drawnCodes: readonly string[]): (text: string) => string {
  const counts = new Map<string, number>();
  const names = new Map<string, string>();
  const name = (kind: string, value: string): string => {
    const given = names.get(value);
    if (given) return given;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    names.set(value, `<${kind} ${count}>`);
    return `<${kind} ${count}>`;
  };
  const codes = drawnCodes.length ? new RegExp(`(?<![A-Z0-9])(${drawnCodes.join('|')})(?![A-Z0-9])`, 'g') : null;
  const tails = new Map(drawnCodes.flatMap((code) => [2, 3, 4].map((length) => [code.slice(-length), code])));
  return (text) => {
    let result = text;
    for (const [place, origin] of Object.entries(origins)) result = result.replaceAll(origin, `http://${place}`);
    for (const [kind, pattern] of kinds)
      result = result.replace(new RegExp(pattern, 'g'), (value, first) => name(kind === '$1' ? String(first) : kind, value));
    const tail = tails.get(result);
    if (tail) return `<end of ${name('code', tail)}>`;
    return codes ? result.replace(codes, (value) => name('code', value)) : result;
  };
}
