/**
 * Writes `server/sdk/openapi.d.ts`, the types of the HTTP interface for merchants' servers, from the OpenAPI document that the tests
 * compare with the server (`test/golden/openapi.json`). The generator is not a dependency, because it needs TypeScript 5 beside
 * ours: `npx` fetches it, at the versions below. A test compares the hash in the first lines, so that no change of the interface is
 * forgotten.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const source = 'test/golden/openapi.json';
export const generatedTypes = 'server/sdk/openapi.d.ts';

interface OpenApiDocument {
  paths: Record<string, unknown>;
  [field: string]: unknown;
}

/** The part of the document that is for merchants' servers; the rest is for the widget. */
export function merchantDocument(): string {
  const { servers: _, ...document } = JSON.parse(readFileSync(source, 'utf8')) as OpenApiDocument;
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/v1/'));
  return JSON.stringify({ ...document, paths: Object.fromEntries(paths) });
}

/** The line by which the types name the document that they were made from. */
export const sourceLine = (document: string): string =>
  ` * Made by "npm run sdk:types" from the OpenAPI document ${createHash('sha256').update(document).digest('hex')}.`;

function generate(): void {
  const document = merchantDocument();
  if (existsSync(generatedTypes) && readFileSync(generatedTypes, 'utf8').includes(sourceLine(document))) return;
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-openapi-'));
  try {
    const [input, output] = [join(folder, 'openapi.json'), join(folder, 'openapi.d.ts')];
    writeFileSync(input, document);
    const packages = ['-p', 'openapi-typescript@7.13.0', '-p', 'typescript@5.9.3'];
    execFileSync('npx', ['-y', ...packages, 'openapi-typescript', input, '-o', output], { stdio: 'pipe' });
    const types = readFileSync(output, 'utf8').replace(/^\/\*\*.*?\*\/\n/s, '');
    writeFileSync(
      generatedTypes,
      `/**\n * The HTTP interface for merchants' servers. Do not edit it.\n${sourceLine(document)}\n */\n${types}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) generate();
