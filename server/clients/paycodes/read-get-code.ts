/** Reads what `get_code` answered: the code that was asked for, a refusal, or nothing that can be believed. */
import * as z from 'zod';
import type { GetCodeAnswer } from './answers.ts';
import { isProtocolError } from './is-protocol-error.ts';
import { pathOf } from './path-of.ts';
import { raise } from './raise.ts';
import { readStatus } from './read-status.ts';
import type { CodeDetails, codeDetailsIn } from './schema.ts';
import type { Answer } from './transport.ts';

export interface Asked {
  code: string;
  ruleSlug: string;
}

/** @throws {UpstreamError} `http` for an error of the service itself, `bad_shape` */
export function readGetCode(answer: Answer, asked: Asked, Details: ReturnType<typeof codeDetailsIn>): GetCodeAnswer {
  if (!answer.ok) {
    return isProtocolError(answer.code) ? raise('http', 'get_code', String(answer.code)) : { kind: 'refused', code: answer.code };
  }
  const bare = WithoutCode.safeParse(answer.result);
  if (bare.success) {
    const status = readStatus(bare.data?.status);
    return status === undefined ? { kind: 'refused', code: null } : { kind: 'status_only', status };
  }
  const details = Details.safeParse(answer.result);
  if (!details.success) return raise('bad_shape', 'get_code', pathOf(details.error));
  return isAbout(details.data, asked) ? { kind: 'found', ...details.data } : raise('bad_shape', 'get_code', 'another code');
}

/** A result that has no code in it: nothing found, whatever else it says. */
const WithoutCode = z.nullable(z.looseObject({ code: z.null().optional(), status: z.unknown().optional() }));

/** An answer about something else is a lie or a mix-up, never a match. Letter case is the upstream's to fold. */
const isAbout = ({ code, rule }: CodeDetails, asked: Asked) =>
  code.code.toUpperCase() === asked.code.toUpperCase() &&
  rule.slug === asked.ruleSlug &&
  (code.ruleSlug ?? asked.ruleSlug) === asked.ruleSlug;
