/** Every relative link of our documents leads to a file that exists, and to a heading that it has. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path && existsSync(join(root, path)));

for (const path of documents)
  it(path, () => {
    const text = readFileSync(join(root, path), 'utf8').replace(/```.*?```/gs, '');
    for (const [, link = ''] of text.matchAll(/\]\((?!https?:|mailto:)([^)\s]*)\)/g)) {
      const [file = '', heading] = link.split('#');
      const target = file ? join(root, dirname(path), file) : join(root, path);
      assert.ok(existsSync(target), `${link} leads nowhere`);
      if (!heading) continue;
      assert.ok(!statSync(target).isDirectory(), `${link} names a heading of a folder`);
      assert.ok(headingsOf(readFileSync(target, 'utf8')).includes(heading), `${link}: there is no such heading`);
    }
  });

it('each threat that we know has a row, and each row names the tests that hold it', () => {
  const rows = readFileSync(join(root, 'test/THREATS.md'), 'utf8').match(/^\| T\d.*$/gm) ?? [];
  const threats = rows.flatMap((row) => row.split('|')[1]?.match(/\bT\d+\b/g) ?? []);
  assert.deepEqual(
    threats,
    Array.from({ length: 32 }, (_, at) => `T${at + 1}`),
  );
  for (const row of rows) assert.match(row.split('|')[3] ?? '', /\]\([^)]+\.test\.ts\)/, row.slice(0, 40));
});

/** As GitHub makes anchors of them. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
