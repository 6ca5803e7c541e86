/** How a command ends, so that a script can tell the ends apart without reading text. */

export const exitCodes = {
  done: 0,
  /** The server answered with a problem. */
  refused: 1,
  /** The command was called in a way that it cannot understand, or the user did not confirm it. */
  usage: 2,
  /** Nothing answered, or something that is not the operator's API. */
  unreachable: 3,
  /** The key is wrong or expired, or does not allow this. */
  notAllowed: 4,
  /** The payment moved after it was looked at. */
  changed: 5,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends the command: the message is printed on standard error, without a stack. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

export const usageError = (message: string): CommandFailure => new CommandFailure(exitCodes.usage, message);
