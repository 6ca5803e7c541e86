/** The codewords of Reed-Solomon that let a reader mend a QR code: the remainder of the data, divided by the generator of that length. */
export function errorCorrection(data: readonly number[], length: number): number[] {
  let generator = [1];
  for (let at = 0, root = 1; at < length; at += 1, root = times(root, 2))
    generator = [...generator, 0].map((factor, place) => factor ^ times(generator[place - 1] ?? 0, root));
  let rest = Array<number>(length).fill(0);
  for (const byte of data) {
    const lead = byte ^ (rest[0] ?? 0);
    rest = [...rest.slice(1), 0].map((value, at) => value ^ times(generator[at + 1] ?? 0, lead));
  }
  return rest;
}

/** In the field of 256 elements that QR codes reckon in. */
function times(one: number, other: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((other >> bit) & 1) * one);
  return product;
}
