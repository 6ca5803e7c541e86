/** The field for a screenshot of the transfer. The picture is chosen, dropped or pasted, and shown before it is sent. */
import { html, nothing } from 'lit';
import { fill } from '../../messages/format.ts';
import type { TransferMessages } from '../../messages/messages.ts';
import { errorNote } from '../../parts/rows.ts';

export interface PictureField {
  texts: TransferMessages;
  picture: File | null;
  /** The picture's address; '' without a picture. */
  preview: string;
  error: string;
  disabled: boolean;
  onPicture(file: File | undefined): void;
}

/** The address of one picture. The browser keeps a picture in memory for as long as it has an address. */
export class PicturePreview {
  #picture: File | null = null;
  #url = '';

  /** @returns '' without a picture. */
  of(picture: File | null): string {
    if (picture === this.#picture) return this.#url;
    this.release();
    this.#picture = picture;
    if (picture) this.#url = URL.createObjectURL(picture);
    return this.#url;
  }

  release(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#picture = null;
    this.#url = '';
  }
}

export function pictureField({ texts, picture, preview, error, disabled, onPicture }: PictureField) {
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
    ${picture ? html`<img class="preview" src=${preview} alt=${fill(texts.pictureShown, { name: picture.name })} />` : nothing}
    ${error ? errorNote(error, 'transfer-picture-note') : html`<p id="transfer-picture-note" class="note">${texts.pictureHint}</p>`}
  </div>`;
}

/** Opens the browser's file dialog from a button that looks and reads like our others. */
const pick = ({ currentTarget }: Event) => (currentTarget as Element).parentElement?.querySelector('input')?.click();

const maxBytes = 5 * 1024 * 1024;

/** PNG, JPEG or WebP of at most 5 MB, judged by the first bytes and not by the name. The BFF checks again. */
export async function isPicture(file: Blob): Promise<boolean> {
  if (file.size > maxBytes) return false;
  const start = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const text = String.fromCharCode(...start);
  return text.startsWith('\x89PNG\r\n\x1a\n') || text.startsWith('\xff\xd8\xff') || /^RIFF.{4}WEBP/s.test(text);
}
