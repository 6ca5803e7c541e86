/** What a lane came to, whatever runner ran it. */

export interface Failure {
  /** From the root of the repository. */
  file: string;
  /** The names of its groups and its own. */
  test: string;
  /** The error as it was, with its stack. */
  text: string;
}

export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  failures: Failure[];
  /** By file, in milliseconds. */
  times: Map<string, number>;
}

export const nothing = (): Outcome => ({ passed: 0, failed: 0, skipped: 0, failures: [], times: new Map() });

/** Told as things happen: a file has ended, a test has failed. */
export interface Listener {
  file(): void;
  failure(failure: Failure): void;
}
