/** Reads the arguments of `npm run demo` and `pay-desk sandbox`: further origins, where their webhooks go, and other ports. */
import { parseArgs } from 'node:util';

export interface DemoArguments {
  portBase: number;
  /** Origins of pages that may show the demo's payments, besides those of the demo's shop. */
  origins: readonly string[];
  /** A server of one's own that gets every webhook too. */
  webhookTo?: string;
}

/** @param command what the user has typed before the arguments */
export const usageOf = (
  command: string,
) => `Usage: ${command} [--origin http://localhost:3000 …] [--webhook http://localhost:3000/webhooks]

--origin   origin of a page of yours that may show payments; may be repeated
--webhook  where a server of yours gets the signed webhooks
--help     prints this

PORT_BASE=5000 before the command moves all ports.`;

/**
 * @param command what the user has typed before the arguments
 * @throws Error with one sentence and the usage, if something cannot be used.
 */
export function readArguments(
  args: readonly string[],
  { PORT_BASE }: { PORT_BASE?: string | undefined },
  command = 'npm run demo --',
): DemoArguments {
  const portBase = Number(PORT_BASE || 4400);
  if (!Number.isInteger(portBase) || portBase < 1 || portBase > 65_445)
    throw new Error('PORT_BASE: expected a whole number from 1 to 65445.');
  const { origin = [], webhook } = parse(args, command);
  const webhookTo = webhook === undefined ? undefined : webAddress('--webhook', webhook).href;
  return { portBase, origins: origin.map(readOrigin), ...(webhookTo !== undefined && { webhookTo }) };
}

function parse(args: readonly string[], command: string): { origin?: string[]; webhook?: string } {
  const options = { origin: { type: 'string', multiple: true }, webhook: { type: 'string' } } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    // Node's first sentence names the argument; the others explain its own syntax.
    const [sentence = ''] = (cause as Error).message.split('. ');
    throw new Error(`${sentence.replace(/\.?$/, '.')}\n${usageOf(command)}`, { cause });
  }
}

/** The address of a page is taken as well, because that is what one copies from the browser. */
const readOrigin = (text: string): string => webAddress('--origin', text).origin;

function webAddress(option: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error(`${option}: expected an address such as http://localhost:3000, not ${text}.`);
  return url;
}
