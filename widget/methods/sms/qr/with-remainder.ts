/** A few bits and what protects them: the remainder of a division by `divisor`, of `length` bits. */
export function withRemainder(value: number, length: number, divisor: number): number {
  let rest = value;
  for (let at = 0; at < length; at += 1) rest = (rest << 1) ^ ((rest >> (length - 1)) * divisor);
  return (value << length) | rest;
}
