/** `possible-transaction` as multipart form-data: the fields, and a picture of the payment. */

export interface Screenshot {
  /** What the picture is, by its content; its name on the customer's device is not handed on. */
  type: 'image/png' | 'image/jpeg' | 'image/webp';
  bytes: Uint8Array<ArrayBuffer>;
}

/** Whole in memory: a body of known length goes out in one request, which is never begun anew. */
export async function screenshotForm(fields: Record<string, string>, { type, bytes }: Screenshot) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('screenshot', new File([bytes], `screenshot.${type.slice('image/'.length)}`, { type }));
  const encoded = new Response(form);
  return {
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    body: new Uint8Array(await encoded.arrayBuffer()),
  };
}
