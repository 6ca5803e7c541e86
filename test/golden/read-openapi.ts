/** Reads the OpenAPI document from the demo's BFF. */
import { startDemo } from '../../demo/start-demo.ts';
import { type Json, mapTexts } from './json.ts';

export async function servedOpenapi(): Promise<Json> {
  const demo = await startDemo({ portBase: 0 });
  try {
    const { bff } = demo.urls;
    const document = (await (await fetch(`${bff}/openapi.json`)).json()) as Json;
    return mapTexts(document, (text) => text.replaceAll(bff, 'http://bff'));
  } finally {
    await demo.close();
  }
}
