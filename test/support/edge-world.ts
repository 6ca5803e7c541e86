/** A world that has what the web platform has, and nothing of Node, as at an edge; and a program as one file for it. */
import { type Context, createContext } from 'node:vm';
import { build } from 'rolldown';

/**
 * @param conditionNames Of packages, e.g. `workerd`.
 * @returns A script, because the context has no modules; its last line returns the default export, if there is one.
 */
export async function bundleForEdge(folder: string, file: string, conditionNames: string[] = []): Promise<string> {
  const { output } = await build({
    cwd: folder,
    input: file,
    write: false,
    platform: 'neutral',
    resolve: { conditionNames: [...conditionNames, 'import'] },
  });
  return output[0].code.replace(/^export \{(?: (\w+) as default )?.*$/m, (_, name?: string) => (name ? `return ${name};` : ''));
}

/** @param print Gets what the program prints. */
export function edgeWorld(print: (text: string) => void): Context {
  return createContext({
    ...{ fetch, Request, Response, Headers, URL, URLSearchParams, AbortController, DOMException },
    ...{ crypto, TextEncoder, TextDecoder, ReadableStream, FormData, Blob, atob, btoa, setTimeout, clearTimeout },
    // Vercel's edge-runtime does not have `AbortSignal.any`.
    AbortSignal: { timeout: AbortSignal.timeout.bind(AbortSignal) },
    console: { log: (text: string) => void print(text), error: (text: string) => void print(text) },
  });
}
