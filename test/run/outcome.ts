/** The result of a lane, for every runner. */

export interface Failure {
  /** Relative to the root of the repository. */
  file: string;
  /** The names of its groups and of the test. */
  test: string;
  /** The error with its stack. */
  text: string;
}

export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  /** Why tests were skipped, mostly a program that this machine lacks, and the files of those tests, relative to the root. */
  reasons: Map<string, Set<string>>;
  failures: Failure[];
  /** Durations by file, milliseconds. */
  times: Map<string, number>;
}

export const nothing = (): Outcome => ({ passed: 0, failed: 0, skipped: 0, reasons: new Map(), failures: [], times: new Map() });

/** Is notified while a lane runs: `file` when a file has ended, `failure` when a test has failed. */
export interface Listener {
  file(): void;
  failure(failure: Failure): void;
}
