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
  failures: Failure[];
  /** Durations by file, milliseconds. */
  times: Map<string, number>;
}

export const nothing = (): Outcome => ({ passed: 0, failed: 0, skipped: 0, failures: [], times: new Map() });

/** Is notified while a lane runs: `file` when a file has ended, `failure` when a test has failed. */
export interface Listener {
  file(): void;
  failure(failure: Failure): void;
}
