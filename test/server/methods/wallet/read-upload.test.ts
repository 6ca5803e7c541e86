/** The form of an uploaded picture: what browsers write is read, and whatever has more or other parts is refused at once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readUpload } from '../../../../server/methods/wallet/read-upload.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const number = '20000000000000000001';

/** What a browser sends. */
async function encoded(form: FormData): Promise<[type: string, body: Buffer]> {
  const request = new Response(form);
  return [request.headers.get('content-type') ?? '', Buffer.from(await request.arrayBuffer())];
}
const formOf = (...parts: [string, string | Blob, string?][]) => {
  const form = new FormData();
  for (const [name, value, file] of parts)
    typeof value === 'string' ? form.append(name, value) : form.append(name, value, file ?? 'a.png');
  return form;
};
const picture = (bytes: number[] = png) => new Blob([new Uint8Array(bytes)]);
const problemOf = (type: string, body: unknown): string => {
  try {
    readUpload(type, body);
  } catch (cause) {
    assert.ok(cause instanceof ProblemError);
    return `${cause.code} ${cause.extras.field}`;
  }
  return 'none';
};

describe('an upload of a picture', () => {
  it('is read in either order, whatever the file is called and contains', async () => {
    const bytes = [...png, ...Buffer.from('\r\n--\r\n\r\n--x--\r\n'), 0, 255];
    for (const name of ['a.png', '', 'a; name="transactionNumber".png', 'скриншот "1".png', 'x'.repeat(900)])
      for (const parts of [
        [
          ['transactionNumber', number],
          ['screenshot', picture(bytes), name],
        ],
        [
          ['screenshot', picture(bytes), name],
          ['transactionNumber', number],
        ],
      ] as [string, string | Blob, string?][][]) {
        const { transactionNumber, screenshot } = readUpload(...(await encoded(formOf(...parts))));
        assert.equal(transactionNumber, number);
        assert.deepEqual([screenshot.type, [...screenshot.bytes]], ['image/png', bytes]);
      }
    assert.equal(
      readUpload(...(await encoded(formOf(['transactionNumber', 'နံပါတ် ၁၂၃'], ['screenshot', picture()])))).transactionNumber,
      'နံပါတ် ၁၂၃',
    );
  });

  it('is read with a boundary in quotes, after other parameters', () => {
    const part = (name: string, content: string) =>
      `--a b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
    const body = Buffer.from(`${part('transactionNumber', number)}${part('screenshot', '\xff\xd8\xff')}--a b--\r\n`, 'latin1');
    const { transactionNumber, screenshot } = readUpload('Multipart/Form-Data; charset=utf-8; Boundary="a b"; x=y', body);
    assert.deepEqual([transactionNumber, screenshot.type], [number, 'image/jpeg']);
  });

  const none = 'invalid_request transactionNumber';
  for (const [what, parts, problem] of [
    ['without the number', [['screenshot', picture()]], none],
    [
      'with an empty number',
      [
        ['transactionNumber', ''],
        ['screenshot', picture()],
      ],
      none,
    ],
    [
      'with a number of 1,001 signs',
      [
        ['transactionNumber', '1'.repeat(1001)],
        ['screenshot', picture()],
      ],
      none,
    ],
    [
      'with two numbers',
      [
        ['transactionNumber', '1'],
        ['transactionNumber', '2'],
        ['screenshot', picture()],
      ],
      none,
    ],
    [
      'with two pictures',
      [
        ['transactionNumber', '1'],
        ['screenshot', picture()],
        ['screenshot', picture()],
      ],
      none,
    ],
    [
      'with another field',
      [
        ['transactionNumber', '1'],
        ['screenshot', picture()],
        ['amount', '1'],
      ],
      none,
    ],
    ['with 58,823 fields', Array.from({ length: 58_823 }, (_, n) => [`f${n}`, '']), none],
    ['without the picture', [['transactionNumber', '1']], 'screenshot_format screenshot'],
    [
      'with an empty picture',
      [
        ['transactionNumber', '1'],
        ['screenshot', picture([])],
      ],
      'screenshot_format screenshot',
    ],
    [
      'with a text for the picture',
      [
        ['transactionNumber', '1'],
        ['screenshot', '<svg>'],
      ],
      'screenshot_format screenshot',
    ],
  ] as [string, [string, string | Blob][], string][])
    it(`${what} is refused`, async () => assert.equal(problemOf(...(await encoded(formOf(...parts)))), problem));

  it('that is cut off, or is no form, is refused', async () => {
    const [type, body] = await encoded(formOf(['transactionNumber', number], ['screenshot', picture()]));
    for (const length of [0, 1, 40, 100, body.length - 40, body.length - 50])
      assert.equal(problemOf(type, body.subarray(0, length)), none);
    for (const other of [
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'multipart/form-data; boundary=elsewhere',
      'text/plain',
      '',
    ])
      assert.equal(problemOf(other, body), none, other);
    for (const wrong of [undefined, null, {}, 'text']) assert.equal(problemOf(type, wrong), none);
    assert.equal(problemOf('multipart/form-data; boundary=x', Buffer.from(`--x\r\n${'a: b\r\n'.repeat(100_000)}`)), none);
  });
});
