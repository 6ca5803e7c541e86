/** The lanes of a test run. Each folder of tests is listed here; a test file without a lane fails the run. */

export interface Lane {
  name: string;
  /** `node`: Node's own runner. `browser`: @web/test-runner, in Chromium. */
  runner: 'node' | 'browser';
  /** Under `test/`. The innermost folder that is listed decides. */
  folders: readonly string[];
  /** Whether it needs the built widget, demo or server. */
  built?: boolean;
  /** Whether it needs Chromium. */
  chromium?: boolean;
  /** How many files run at once; one for each core by default. */
  atOnce?: number;
  /** Whether it runs only when its files are named, because it needs what `npm test` may not. */
  onRequest?: boolean;
}

/** The longest first: two lanes run side by side, and the short ones fill the rest of the time. */
export const lanes: readonly Lane[] = [
  { name: 'widget and console, in Chromium', runner: 'browser', folders: ['widget', 'operate-console'], chromium: true },
  // Its tests wait a third of their time, for PostgreSQL and for other processes.
  { name: 'server', runner: 'node', folders: ['server'], built: true, atOnce: 4 },
  { name: 'end to end, in Chromium', runner: 'node', folders: ['e2e'], built: true, chromium: true },
  { name: 'demo', runner: 'node', folders: ['demo'], built: true, chromium: true },
  { name: 'chaos', runner: 'node', folders: ['deep'], built: true },
  { name: 'HTTP transcripts', runner: 'node', folders: ['golden'], built: true },
  { name: 'three browser engines', runner: 'node', folders: ['browsers'], built: true, onRequest: true },
  { name: 'package, size, layout', runner: 'node', folders: ['layout', 'bench'], built: true, chromium: true },
];

/** What `npm run test:fast` runs: no browser, no database, no process. */
export const fast: readonly string[] = [
  'server/clients',
  'server/contract',
  'server/links',
  'server/plugins',
  'server/config.test.ts',
  'demo/simulators',
  'layout/count-files.test.ts',
  'layout/custom-elements.test.ts',
  'layout/documents.test.ts',
  'layout/used-messages.test.ts',
  'bench/report.test.ts',
];

/** @param file Relative to `test/`, with slashes. */
export function laneOf(file: string): Lane | undefined {
  const inside = (folder: string) => file.startsWith(`${folder}/`);
  const depth = ({ folders }: Lane) => Math.max(...folders.map((folder) => (inside(folder) ? folder.length : 0)));
  return lanes.filter(({ folders }) => folders.some(inside)).sort((one, other) => depth(other) - depth(one))[0];
}
