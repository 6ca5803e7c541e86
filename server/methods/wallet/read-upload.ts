/**
 * Reads the form with which a customer submits the number of a transfer and its picture: one field and one file, and nothing else. A
 * form of thousands of parts is refused at the third one. Nothing is copied but the number.
 */
import type { Screenshot } from '../../clients/paykassma/client.ts';
import { ProblemError } from '../../payments/model/errors.ts';

const largestPicture = 5 * 1024 * 1024;
/** In bytes: the picture, and the form around it. */
export const largestUpload = largestPicture + 64 * 1024;
/** Of one part, in bytes. A browser writes about 150. */
const largestPartHead = 4 * 1024;

/**
 * The type of the picture is read from its content, whatever the form calls it.
 * @param type The `Content-Type` of the request.
 * @throws {ProblemError} `invalid_request` if it is not such a form, `screenshot_format` if it is not a PNG, JPEG or WebP picture
 * of at most 5 MB
 */
export function readUpload(type: string, body: unknown): { transactionNumber: string; screenshot: Screenshot } {
  const form = Buffer.isBuffer(body) ? readForm(type, body) : null;
  const transactionNumber = form?.get('transactionNumber')?.toString();
  if (!form || !transactionNumber || transactionNumber.length > 1000)
    throw new ProblemError('invalid_request', { field: 'transactionNumber' });
  const picture = form.get('screenshot');
  const pictureType = picture && picture.length <= largestPicture ? typeOfPicture(picture) : null;
  if (!picture || !pictureType) throw new ProblemError('screenshot_format', { field: 'screenshot' });
  return { transactionNumber, screenshot: { type: pictureType, bytes: bytesOf(picture) } };
}

const names: ReadonlySet<string> = new Set(['transactionNumber', 'screenshot']);
const boundaryOfType = /^multipart\/form-data\s*;(?:.*?;)??\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))\s*(?:;|$)/i;
const nameOfPart = /^content-disposition\s*:\s*form-data\s*;(?:.*?;)??\s*name="?([^";]*)"?\s*(?:;|$)/im;

/** The contents of the parts by name. Null if the body is no such form (RFC 7578), or has another part or one twice. */
function readForm(type: string, body: Buffer): ReadonlyMap<string, Buffer> | null {
  const [, quoted, plain] = boundaryOfType.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || body.toString('latin1', 0, boundary.length + 2) !== `--${boundary}`) return null;
  const parts = new Map<string, Buffer>();
  for (let at = boundary.length + 2; ; ) {
    if (body.toString('latin1', at, at + 2) === '--') return parts;
    const headEnd = body.subarray(at, at + largestPartHead).indexOf('\r\n\r\n');
    const [, name = ''] = headEnd < 0 ? [] : (nameOfPart.exec(body.toString('utf8', at + 2, at + headEnd)) ?? []);
    if (!names.has(name) || parts.has(name)) return null;
    const start = at + headEnd + 4;
    const end = body.indexOf(`\r\n--${boundary}`, start);
    if (end < 0) return null;
    parts.set(name, body.subarray(start, end));
    at = end + boundary.length + 4;
  }
}

/** By the signatures at the start of the file formats. Null for any other content. */
function typeOfPicture(bytes: Uint8Array): Screenshot['type'] | null {
  const hasBytes = (at: number, ...expected: number[]) => expected.every((byte, index) => bytes[at + index] === byte);
  if (hasBytes(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (hasBytes(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  return hasBytes(0, 0x52, 0x49, 0x46, 0x46) && hasBytes(8, 0x57, 0x45, 0x42, 0x50) ? 'image/webp' : null;
}

/** The same memory. What Fastify has read of a request never is a `SharedArrayBuffer`. */
const bytesOf = ({ buffer, byteOffset, length }: Buffer): Uint8Array<ArrayBuffer> =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, length);
