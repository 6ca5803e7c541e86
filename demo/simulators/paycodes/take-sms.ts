/** What the SMS company does with an SMS that came in, and what it answers. It calls PayCodes as any client would. */
import { generateCodes } from './generate-codes.ts';
import { RpcError } from './rpc-error.ts';
import { type SmsLine, smsLines } from './sms-lines.ts';
import { useCode } from './use-code.ts';
import type { World } from './world.ts';

/** Who made a code that was asked for by SMS, and who used one that was sent. */
const creator = 'sandbox-sms';
const client = 'sms:sandbox';

/** @returns one text for each time that the network delivered the SMS */
export function takeSms({ to, text }: { to: string; text: string }, deliveries: number, world: World): string[] {
  const each = (answer: () => string) => Array.from({ length: deliveries }, answer);
  const said = linesOf(text);
  const meant = said.find(({ line }) => line.number === to);
  if (said.length > 0 && !meant) return each(() => 'Wrong number');
  if (!meant) return each(() => (smsLines.some((line) => line.number === to) ? 'Unknown keyword' : 'Wrong number'));
  const { line, rest } = meant;
  if (line.codeIn === 'text') return each(() => (used(line, rest, world) ? 'Thank you' : 'Code not valid'));
  // The network's copy bears the same message id, which is how the company knows that it was paid once: the same code again.
  const code = rest === '' ? generated(line, world) : undefined;
  return each(() => (code ? `Your code: ${code}` : 'Unknown keyword'));
}

/** The lines whose keyword a text begins with, and what follows it; phones write capitals and spaces as they like. */
function linesOf(text: string): { line: SmsLine; rest: string }[] {
  const words = text.trim().toUpperCase();
  return smsLines.flatMap((line) => {
    const rest = words.slice(line.keyword.length);
    return words.startsWith(line.keyword) && /^($|[ .])/.test(rest) ? [{ line, rest: rest.replace(/^[ .]+/, '') }] : [];
  });
}

const generated = ({ ruleSlug }: SmsLine, world: World) =>
  generateCodes(world.book, { rule_slug: ruleSlug, creator }, 1, world.now)[0];

function used({ ruleSlug }: SmsLine, code: string, world: World): boolean {
  try {
    return useCode(world, code, ruleSlug, client);
  } catch (cause) {
    if (cause instanceof RpcError) return false;
    throw cause;
  }
}
