/** A phone as Payme masks it, `99890*****66`: its first five digits and its last two, should it ever come in full; '' for what is no phone. */
export function maskPhone(text: string): string {
  if (!/^[+\d*() -]{1,24}$/.test(text)) return '';
  const digits = text.replace(/\D/g, '');
  return digits.length > 7 ? `${digits.slice(0, 5)}*****${digits.slice(-2)}` : text;
}
