/** Which tests run where. A folder of tests is a line here; a test file that belongs to no lane fails the run. */

export interface Lane {
  name: string;
  /** `node`: Node's own runner. `browser`: @web/test-runner, in Chromium. */
  runner: 'node' | 'browser';
  /** Under `test/`. The innermost folder that is named decides. */
  folders: readonly string[];
  /** Reads the built widget, demo or server. */
  built?: boolean;
  /** Shows pages. */
  chromium?: boolean;
}

/** Longest first: two lanes run side by side, and the short ones fill what is left. */
export const lanes: readonly Lane[] = [
  { name: 'widget, in Chromium', runner: 'browser', folders: ['widget'], chromium: true },
  { name: 'server', runner: 'node', folders: ['server'], built: true },
  { name: 'whole, in Chromium', runner: 'node', folders: ['e2e'], built: true, chromium: true },
  { name: 'demo', runner: 'node', folders: ['demo'], built: true, chromium: true },
  { name: 'chaos', runner: 'node', folders: ['deep'], built: true },
  { name: 'what is said on the wire', runner: 'node', folders: ['golden'], built: true },
  { name: 'package, size, walls', runner: 'node', folders: ['house'], built: true, chromium: true },
];

/** What `npm run test:fast` runs: no browser, no database, no process. */
export const fast: readonly string[] = [
  'server/clients',
  'server/contract',
  'server/links',
  'server/plugins',
  'server/config.test.ts',
  'demo/simulators',
  'house/count-files.test.ts',
  'house/custom-elements.test.ts',
  'house/used-words.test.ts',
];

/** `file`: from `test/`, with slashes. */
export function laneOf(file: string): Lane | undefined {
  const inside = (folder: string) => file.startsWith(`${folder}/`);
  const depth = ({ folders }: Lane) => Math.max(...folders.map((folder) => (inside(folder) ? folder.length : 0)));
  return lanes.filter(({ folders }) => folders.some(inside)).sort((one, other) => depth(other) - depth(one))[0];
}
