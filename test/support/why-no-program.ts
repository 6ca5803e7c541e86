/** Programs that some tests need and that a machine may lack. Such a test is skipped with the reason, which the run shows. */
import { execFileSync } from 'node:child_process';

/**
 * @param program Its name.
 * @param args What makes it print its version and end.
 * @returns Why the tests cannot run here; false where they can.
 */
export function whyNoProgram(program: string, ...args: string[]): string | false {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return false;
  } catch {
    return `${program} is not installed here`;
  }
}
