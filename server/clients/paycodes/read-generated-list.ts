/** Reads the codes that `generate_code_list` made; the documents' own example names one of them twice. */
import type { GenerateCodeListAnswer } from './answers.ts';
import { pathOf } from './path-of.ts';
import { raise } from './raise.ts';
import { readNotGenerated } from './read-not-generated.ts';
import { GeneratedCodes } from './schema.ts';
import type { Answer } from './transport.ts';

/** @throws {UpstreamError} `http`, `bad_shape` */
export function readGeneratedList(answer: Answer, asked: number): GenerateCodeListAnswer {
  const refused = readNotGenerated('generate_code_list', answer);
  if (refused || !answer.ok) return refused ?? raise('bad_shape', 'generate_code_list', 'result');
  const read = GeneratedCodes.safeParse(answer.result);
  if (!read.success) return raise('bad_shape', 'generate_code_list', pathOf(read.error));
  const codes = [...new Set(read.data.codes)];
  return { kind: 'generated', codes, asked, duplicates: read.data.codes.length - codes.length };
}
