/** A picture such as a customer takes of a finished transfer. */
import type { Transfer } from '#contract';

export async function drawReceipt({ walletName, requisites }: Transfer): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = 360;
  canvas.height = 480;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser draws no pictures');
  const line = (words: string, top: number, font: string, colour: string) => {
    pen.font = `${font} system-ui, sans-serif`;
    pen.fillStyle = colour;
    pen.fillText(words, 180, top);
  };
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, 360, 480);
  pen.fillStyle = '#0a6a56';
  pen.fillRect(0, 0, 360, 90);
  pen.textAlign = 'center';
  line(walletName, 56, '600 26px', '#ffffff');
  line('✓', 190, '72px', '#0a6a56');
  line('Transfer successful', 250, '600 22px', '#12211d');
  for (const [index, { value }] of requisites.entries()) line(value, 300 + index * 34, '20px', '#55635e');
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('This browser draws no pictures');
  return new File([blob], 'transfer.png', { type: 'image/png' });
}
