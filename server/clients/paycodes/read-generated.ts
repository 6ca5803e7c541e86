/** Reads the code that `generate_code` made. A code that cannot be the asked rule's is believed no more than a broken answer. */
import type { GenerateCodeAnswer } from './answers.ts';
import { isMadeOf } from './is-made-of.ts';
import { pathOf } from './path-of.ts';
import { raise } from './raise.ts';
import { readNotGenerated } from './read-not-generated.ts';
import { GeneratedCode } from './schema.ts';
import type { Answer } from './transport.ts';

/** @throws {UpstreamError} `http`, `bad_shape` */
export function readGenerated(answer: Answer, ruleSlug: string): GenerateCodeAnswer {
  const refused = readNotGenerated('generate_code', answer);
  if (refused || !answer.ok) return refused ?? raise('bad_shape', 'generate_code', 'result');
  const read = GeneratedCode.safeParse(answer.result);
  if (!read.success) return raise('bad_shape', 'generate_code', pathOf(read.error));
  const { code, pattern, rule } = read.data;
  if (rule.slug !== ruleSlug) return raise('bad_shape', 'generate_code', 'another rule');
  if (pattern && !isMadeOf(code, pattern.pattern)) return raise('bad_shape', 'generate_code', 'foreign signs');
  return { kind: 'generated', code, pattern, rule };
}
