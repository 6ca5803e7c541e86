/** QR codes equal those of another encoder: the codes below were made by uqr, and read by a QR reader. */
import { expect } from '@open-wc/testing';
import { qrModules } from '#contract';
import { smsLink } from '../../widget/methods/sms/sms-view.ts';

const modulesOf = (text: string) => qrModules(new TextEncoder().encode(text));
const draw = (text: string) => (modulesOf(text) ?? []).map((row) => row.map((dark) => (dark ? '#' : '.')).join('')).join('\n');

const digest = async (text: string) =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

/** A text of this length, with as many different characters as a link has. */
const linkOf = (length: number, last: number) =>
  `sms:7255?&body=DPAY.ABC123%20${'ABCDEFGH1234'.repeat(30)}`.slice(0, length - String(last).length) + last;

describe('a QR code', () => {
  it('is drawn module by module as the standard defines it', () =>
    expect(draw(smsLink('7255', 'DPAY.ABC123'))).to.equal(
      `
#######..####..##.#######
#.....#..####..#..#.....#
#.###.#.###.#.##..#.###.#
#.###.#.####..###.#.###.#
#.###.#.##.######.#.###.#
#.....#.####...#..#.....#
#######.#.#.#.#.#.#######
........#.##..###........
#.#####...####.#..#####..
######..#.####.##....#.#.
.##..###.##..########.###
###....#...##..##..###.##
####..#..#.##.#.#####.##.
#...##.#....#........##..
#...###.#.#....##.##.####
#....#.#.#.##.##...#.#.#.
#.##..##......#.#####.#.#
........#####...#...#..#.
#######...#.##..#.#.#.###
#.....#.#####...#...##...
#.###.#.#.....#######.#..
#.###.#.#.###..#.#####.##
#.###.#.###..#.......##.#
#.....#..#..#.####.#.#..#
#######.#.#..#...#.#..###
`.trim(),
    ));

  for (const [length, size, last, expected] of [
    [14, 21, 1, 'c678e85ca1d3f08cf44c5f51c82af3c2e4c5a3d013789c6c40f2541eb0cf4f5f'],
    [26, 25, 0, 'a6023026aea9ebbc04838be419258c3fed4a5ab6f5d2c8a8bdd824d62c8f13ba'],
    [42, 29, 0, '37e0d4eb1f8ed17e8d84fae846f403bd9dfcc122bb7d1311d254675ae7165dcd'],
    [62, 33, 5, '2d6d0f0e79e46e9786049c0fc6d9d16a1687c513c17a75adb87b95753db51044'],
    [84, 37, 0, '911073f43d5c9d4ecf7cb7e3e428db3d0b83ea905d50aa6821f089a058e4bdee'],
    [106, 41, 0, '97472560f43a97c72b7ce80a03cd74c7226bf92a89875f724660274efde35171'],
    [122, 45, 0, 'b3ba7543f122dfed3f7b3182061651f42d86e702a71e716d6b57232f00875245'],
    [152, 49, 0, '9e061ad8fa8992ba287f6fa1f47a23e3b567c99f9a36c249482fd99d6d947b47'],
    [180, 53, 0, 'd72d8e8d94a7933609fe6b964a62664ff815266e3dd533b0ae85e0585ea0779c'],
    [181, 57, 0, '6b6177438e9d8259a7967f0a5d8426ab1be29fe651278e9c3dfb53013da867e1'],
    [213, 57, 0, '2fbe7f3412579cc1c7554c396e8053de73d010b455b92d142ab8cd81a826230c'],
    [251, 61, 0, '20a637b5eb09151fc585b8cbd06e29f74eefe30806085e3621f8406fc516c419'],
    [287, 65, 3, '79143fc5df1177346e980b284b60cb52152cd1a493d88c98be8d8d84dbf800ce'],
    [331, 69, 0, 'b6704da5fdf1c4143614b5aff28fd8961d453cb12b5999f85317c5f7104a8a07'],
  ] as const)
    it(`is the same for ${length} bytes, in ${size} × ${size} modules`, async () => {
      const drawn = draw(linkOf(length, last));
      expect(drawn.split('\n')).to.have.length(size);
      expect(await digest(drawn)).to.equal(expected);
    });

  it('is left out where the text is too long for a small picture', () => expect(modulesOf('x'.repeat(332))).to.equal(null));
});

describe('the link of an SMS', () => {
  it('holds the text exactly, whatever is in it, and where phones of both kinds look for it', () => {
    const link = smsLink('+48777', 'A&B? #1 100% zażółć');
    expect(link).to.match(/^sms:\+48777\?&body=[\w.!~*'()%-]+$/);
    expect(decodeURIComponent(link.split('body=')[1] ?? '')).to.equal('A&B? #1 100% zażółć');
  });
});
