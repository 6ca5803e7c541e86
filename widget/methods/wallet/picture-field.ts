/** The field for a screenshot of the transfer. The picture is chosen, dropped or pasted, and shown before it is sent. */
import { html, nothing } from 'lit';
import { fill } from '../../messages/format.ts';
import type { TransferMessages } from '../../messages/messages.ts';
import { errorNote } from '../../parts/rows.ts';
import type { Draft } from '../method-form.ts';

export interface PictureField {
  texts: TransferMessages;
  picture: File | null;
  /** The picture's address; '' without a picture. */
  preview: string;
  error: string;
  disabled: boolean;
  onPicture(file: File | undefined): void;
}

/** What the customer chose: whether it can be sent, as small as it can be, and its address while it is shown. */
export class PictureChoice {
  /** The last chosen file is no picture that can be sent. */
  isWrong = false;
  /** Resolves once the chosen picture is as small as it can be. */
  ready: Promise<void> | null = null;
  #chosen: File | null = null;
  #shown: File | null = null;
  #url = '';
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Puts the picture into the draft: at once, so that it can be sent, and again when it has become smaller. */
  async choose(file: File | undefined, draft: Draft): Promise<void> {
    if (!file) return;
    const { paymentId } = draft;
    this.#chosen = file;
    const isOne = await isPicture(file);
    const take = (picture: File | null) => {
      if (this.#chosen !== file || draft.paymentId !== paymentId) return;
      this.isWrong = !picture || picture.size > maxBytes;
      if (!this.isWrong) draft.picture = picture;
      this.#onChange();
    };
    if (!isOne) return take(null);
    if (file.size <= maxBytes) take(file);
    this.ready = import('./shrink-picture.ts')
      .then(({ shrinkPicture }) => shrinkPicture(file))
      .catch(() => file)
      .then(take);
  }

  /** The browser keeps a picture in memory for as long as it has an address. @returns '' without a picture. */
  previewOf(picture: File | null): string {
    if (picture === this.#shown) return this.#url;
    this.release();
    this.#shown = picture;
    if (picture) this.#url = URL.createObjectURL(picture);
    return this.#url;
  }

  release(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#shown = null;
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

/** The BFF takes no larger one. */
const maxBytes = 5 * 1024 * 1024;

/** PNG, JPEG or WebP, judged by the first bytes and not by the name. The BFF checks again. */
async function isPicture(file: Blob): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const text = String.fromCharCode(...start);
  return text.startsWith('\x89PNG\r\n\x1a\n') || text.startsWith('\xff\xd8\xff') || /^RIFF.{4}WEBP/s.test(text);
}
