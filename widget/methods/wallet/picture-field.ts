/** The field for a screenshot of the transfer. The picture is chosen, dropped or pasted, and shown before it is sent. */
import { html, nothing, svg } from 'lit';
import { fill } from '../../messages/format.ts';
import type { TransferMessages } from '../../messages/messages.ts';
import { icon } from '../../parts/page.ts';
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

  /**
   * A data URL, which every policy of a page that shows the widget allows; a `blob:` address is blocked by most. @returns '' without
   * a picture, and until it is read.
   */
  previewOf(picture: File | null): string {
    if (picture === this.#shown) return this.#url;
    this.#shown = picture;
    this.#url = '';
    if (picture) void this.#read(picture);
    return this.#url;
  }

  async #read(picture: File): Promise<void> {
    const reader = new FileReader();
    const read = new Promise((resolve) => reader.addEventListener('loadend', resolve));
    reader.readAsDataURL(picture);
    await read;
    if (this.#shown !== picture || typeof reader.result !== 'string') return;
    this.#url = reader.result;
    this.#onChange();
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
      ${
        picture
          ? html`${preview ? html`<img class="preview" src=${preview} alt=${fill(texts.pictureShown, { name: picture.name })} />` : html`<span class="preview"></span>`}
            <bdi class="picture-name">${picture.name}</bdi><span>${texts.pictureChange}</span>`
          : html`${icon(camera)}<span>${texts.pictureAdd}</span>`
      }
    </button>
    <input
      type="file"
      hidden
      accept="image/png,image/jpeg,image/webp"
      @change=${(event: Event) => onPicture((event.target as HTMLInputElement).files?.[0])}
    />
    ${error ? errorNote(error, 'transfer-picture-note') : picture ? nothing : html`<p id="transfer-picture-note" class="note">${texts.pictureHint}</p>`}
  </div>`;
}

const camera = svg`<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><circle cx="9" cy="10" r="1.6"/><path d="m4 17 5-4 3 2.3 4-4.3 4.3 4"/>`;

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
