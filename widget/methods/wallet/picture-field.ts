/** A picture of the finished transfer: chosen, dropped or pasted, and shown before it is sent. */
import { html, nothing } from 'lit';
import { fill } from '../../messages/fill.ts';
import type { TransferMessages } from '../../messages/transfer/transfer-messages.ts';
import { errorNote } from '../../parts/rows.ts';

export interface PictureField {
  texts: TransferMessages;
  picture: File | null;
  error: string;
  disabled: boolean;
  onPicture(file: File | undefined): void;
}

/** One address for one picture, as long as it is the one. */
const previews = new WeakMap<File, string>();

export function pictureField({ texts, picture, error, disabled, onPicture }: PictureField) {
  return html`<div part="field" class="field picture">
    <p class="label">${texts.picture}</p>
    <button
      part="secondary"
      class="secondary picture-button"
      id="transfer-picture"
      type="button"
      aria-describedby="transfer-picture-note"
      data-invalid=${error ? 'true' : 'false'}
      ?disabled=${disabled}
      @click=${pick}
    >
      ${picture ? texts.pictureChange : texts.pictureAdd}
    </button>
    <input
      type="file"
      hidden
      accept="image/png,image/jpeg,image/webp"
      @change=${(event: Event) => onPicture((event.target as HTMLInputElement).files?.[0])}
    />
    ${picture ? html`<img class="preview" src=${previewOf(picture)} alt=${fill(texts.pictureShown, { name: picture.name })} />` : nothing}
    ${error ? errorNote(error, 'transfer-picture-note') : html`<p id="transfer-picture-note" class="note">${texts.pictureHint}</p>`}
  </div>`;
}

/** The browser's own choice of a file, behind a button that looks and speaks like our others. */
const pick = ({ currentTarget }: Event) => (currentTarget as Element).parentElement?.querySelector('input')?.click();

function previewOf(picture: File): string {
  const known = previews.get(picture) ?? URL.createObjectURL(picture);
  previews.set(picture, known);
  return known;
}

/** PNG, JPEG or WebP of at most 5 MB, by its first bytes: a name proves nothing. The BFF looks again. */
const most = 5 * 1024 * 1024;

export async function isPicture(file: Blob): Promise<boolean> {
  if (file.size > most) return false;
  const start = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const signs = String.fromCharCode(...start);
  return signs.startsWith('\x89PNG\r\n\x1a\n') || signs.startsWith('\xff\xd8\xff') || /^RIFF.{4}WEBP/s.test(signs);
}
